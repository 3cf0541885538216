// What the server says is going on. The page never guesses: it asks, and draws what the event stream says.
import * as api from './api.js';

const RETRY_MS = 1000;
const STOPPED_AFTER_MS = 2500; // a restart is not worth a word
const HIDDEN_CLOSE_MS = 30000; // browsers allow six connections

let state = null;
let link = 'connecting'; // connecting, live, stopped, failing, locked (no cookie)
let why = null; // the state cannot be told
let stream = null;
let brokenSince = 0;
let timer = 0;
let refused = []; // presses that the server refused: failures of this page alone
let nextKey = 1;
const watchers = new Set();
let onData = () => {};

export const get = () => state;
export const connection = () => link;
export const failing = () => why;

export function watch(fn) {
	watchers.add(fn);
	return () => watchers.delete(fn);
}

export const watchData = (fn) => { onData = fn; };

export function start() {
	api.watchBroken((failure) => refuse(failure, {}));
	connect();
	document.addEventListener('visibilitychange', () => {
		clearTimeout(timer);
		if (document.hidden) timer = setTimeout(disconnect, HIDDEN_CLOSE_MS);
		else if (!stream) connect();
	});
}

function connect() {
	const since = Date.now();
	stream = new EventSource(api.EVENTS);
	const on = (name, fn) => stream.addEventListener(name, (event) => fn(JSON.parse(event.data)));
	on('state', (next) => {
		brokenSince = 0;
		refused = refusals();
		why = null;
		link = 'live';
		change(next);
	});
	on('data', (data) => state && change(data));
	on('run', (run) => put('runs', run));
	on('signin', (signin) => put('signins', signin));
	stream.onerror = () => {
		disconnect();
		timer = setTimeout(retry, Date.now() - since < RETRY_MS ? RETRY_MS : 0);
	};
}

function disconnect() {
	stream.close();
	stream = null;
}

// An event stream does not say why it failed.
export async function retry() {
	clearTimeout(timer);
	brokenSince = brokenSince || Date.now();
	try {
		await api.get('state');
		return stream || connect();
	} catch (e) {
		if (e.status === 401) link = 'locked';
		else if (e.status) [link, why] = ['failing', e.failure];
		else if (!state || Date.now() - brokenSince >= STOPPED_AFTER_MS) link = 'stopped';
		tell();
	}
	timer = setTimeout(retry, RETRY_MS);
}

function change(next) {
	const moved = state && state.data_version !== next.data_version;
	state = { ...state, ...next };
	tell();
	if (moved) onData();
}

// A thing keeps its place, a new one comes last, a sign-in that is done goes.
function put(list, thing) {
	if (!state) return;
	const others = state[list].some((t) => t.id === thing.id) ? state[list] : [...state[list], thing];
	state = { ...state, [list]: others.map((t) => (t.id === thing.id ? thing : t)).filter((t) => t.state !== 'done') };
	tell();
}

export function tell() {
	for (const fn of [...watchers]) fn(state);
}

// Not what the banner of all says already.
export const refusals = () => refused.filter((f) => f.failure.sentence !== why?.sentence);

// The same failure of the same thing is one banner.
export function refuse(failure, ctx) {
	const same = (f) => f.failure.id === failure.id && f.ctx.account === ctx.account;
	if (refused.some((f) => same(f) && f.failure.sentence === failure.sentence)) return;
	refused = refused.filter((f) => !same(f));
	refused.push({ key: 'local-' + nextKey++, failure, ctx });
	tell();
}

export function closeRefusal(refusal) {
	refused = refused.filter((f) => f !== refusal);
	tell();
}

const ended = (imp) => imp.phase === 'done' || imp.phase === 'failed';

export const accountNamed = (name) => state?.accounts.find((a) => a.name === name);
export const runOf = (name) => state.runs.find((r) => !r.ended_s && r.imports.some((i) => i.account === name && !ended(i)));
export const importOf = (name) => runOf(name)?.imports.find((i) => i.account === name);
export const signInFor = (source) => state.signins.find((s) => s.source === source && s.state !== 'failed');
export const signInAgain = (name) => state.signins.find((s) => s.again === name && s.state !== 'failed');
export const isRefreshing = () => state.runs.some((r) => !r.ended_s);

// What goes by itself or by trying again.
const PASSING = ['offline', 'throttled', 'service', 'cancelled', 'import-running'];
export const needsPerson = (a) => a.state === 'failed' && Boolean(a.error) && !PASSING.includes(a.error.id) && !a.importing;
