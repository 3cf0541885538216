// What runs, what ended, what failed, from the state alone: models() says what there is, draw() how it
// looks, announce() what is said aloud.
import * as api from './api.js';
import * as remedy from './remedy.js';
import * as router from './router.js';
import * as state from './state.js';
import * as words from './words.js';
import { byId, easing, h, own, patch, still } from './dom.js';
import { icon } from './icons.js';
import { button, copyField, disabled, iconButton, progressBar } from './parts.js';
import { polite, urgent } from './say.js';
import { clock, count, quoted } from './text.js';

const SHOWN = 3;
const DONE_CLOSES_S = 30;
const ORDER = { failed: 0, neutral: 0, partly: 0, running: 1, done: 2 };
const ICONS = { failed: 'stop', partly: 'alert', done: 'done', neutral: 'close', running: 'refresh' };
const LOOKS = { cancelled: 'neutral', 'signin-cancelled': 'neutral', offline: 'neutral', throttled: 'neutral', 'removals-held': 'partly' };
// After any other the banner is still true.
const CLOSING = ['start-again', 'try-again', 'sign-in-again', 'other-account', 'show-contacts'];

const approvals = new Set();
const cancelling = new Set(); // told to stop
const seen = new Map();
let showAll = false;
let waits = false; // a button, for its time

export function start() {
	state.watch(update);
	setInterval(() => { closeDone(); if (waits) update(); }, 1000);
	new ResizeObserver(keepPlace).observe(byId('banners'));
}

function models() {
	const s = state.get();
	const list = state.refusals().map((f) => failed(f.key, f.failure, f.ctx, () => state.closeRefusal(f)));
	if (s && state.connection() === 'stopped') list.push({ key: 'stopped', look: 'failed', ...api.STOPPED, buttons: [] });
	if (s && state.failing()) list.push(failed('failing', state.failing(), { kind: 'state' }));
	if (s) list.push(...s.signins.flatMap(ofSignIn), ...s.runs.map(ofRun));
	return list.sort((a, b) => ORDER[a.look] - ORDER[b.look]);
}

function ofSignIn(signin) {
	const { id, url, approval } = signin;
	const key = 'signin-' + id;
	const ctx = { kind: 'signin', source: signin.source, account: signin.again, again: signin.again, url, device: signin.device };
	const stop = (look) => cancel(id, () => api.cancelSignIn(id), look);
	if (signin.state === 'failed') return [failed(key, signin.error, ctx, () => closed(api.post(`signin/${id}/close`)))];
	if (signin.state === 'finishing') return [counting(key, signin.source, [stop('outlined')])];
	const waiting = {
		key, look: 'running', icon: 'browser', ...words.waiting(signin),
		buttons: [
			url && { label: signin.device ? 'Open the page' : 'Open the page again', icon: 'external', look: 'outlined', onclick: () => remedy.openTab(url) },
			approval && { label: 'Approval needed?', look: 'quiet', onclick: () => { approvals.add(id); update(); } }, stop('quiet'),
		],
	};
	if (!approval || !approvals.has(id)) return [waiting];
	return [waiting, failed(key + '-approval', approval, ctx, () => { approvals.delete(id); update(); })];
}

const counting = (key, from, buttons) => ({ key, look: 'running', title: words.importing(from), sentence: 'Counting your contacts', bar: -1, buttons });

// A run goes on in the banner of its sign-in.
function ofRun(run) {
	const key = run.signin ? 'signin-' + run.signin : 'run-' + run.id;
	const close = () => closed(api.post(`runs/${run.id}/close`));
	const [imp] = run.imports;
	if (!run.ended_s) return running(run, key);
	if (run.imports.length > 1) return ofSeveral(run, key, close);
	if (imp.phase === 'failed') return failed(key, imp.error, { kind: run.kind, account: imp.account, source: imp.source }, close);
	return ended(run, key, close);
}

const ended = ({ id, closing }, key, close, more = {}) => ({ key, ...closing, buttons: [{ ...ACTIONS, changes: { label: 'Show what changed', onclick: () => router.toContacts('run=' + id) }, ...more }[closing.action]], close });

const ACTIONS = {
	limit: { label: 'Change the limit', onclick: () => { router.toPage('settings'); setTimeout(() => byId('limit')?.focus(), 100); } },
	contacts: { label: 'Show contacts', onclick: () => router.toContacts() },
};

function running(run, key) {
	const buttons = [cancel(run.id, () => api.cancelRun(run.id), 'outlined')];
	const [imp] = run.imports;
	if (run.imports.length > 1) return { key, look: 'running', title: words.refreshing(run.imports.length), parts: run.imports, buttons };
	const model = counting(key, imp.source, buttons);
	const bar = imp.total < 0 ? {} : { bar: imp.total ? imp.done / imp.total : 1, progress: words.progress(imp) };
	if (imp.phase === 'waiting') return { ...model, icon: 'clock', title: words.asksToWait(imp.source), sentence: words.goingOn(imp), ...bar };
	if (imp.total < 0 || imp.phase === 'counting' || imp.phase === 'next') return { ...model, ...(imp.again && words.again(imp)) };
	return { ...model, into: imp.account, sentence: '', ...bar, ...(imp.again && words.again(imp)) };
}

function ofSeveral(run, key, close) {
	const bad = run.imports.filter((i) => i.phase === 'failed');
	if (bad.length && bad.every((i) => i.error.id === 'cancelled')) {
		return failed(key, bad[0].error, { kind: 'refresh', account: bad[0].account, accounts: run.imports.map((i) => i.account) }, close);
	}
	const held = bad.find((i) => i.error.remedy === 'decide');
	return ended(run, key, close, { decide: { label: 'Decide', onclick: () => remedy.act(held.error, { account: held.account, mended: close }) }, again: { label: 'Try again', onclick: () => { remedy.refresh(bad.filter((i) => i.error.remedy !== 'decide').map((i) => i.account)); close(); } } });
}

function failed(key, f, ctx, close) {
	const later = f.id === 'throttled' && f.retry_at_s * 1000 > Date.now();
	waits = waits || later;
	const link = f.remedy === 'copy-link' ? f.link : '';
	const main = { label: f.button, onclick: () => { remedy.act(f, { ...ctx, mended: close }); if (CLOSING.includes(f.remedy)) close?.(); }, reason: later && `${f.button} from ${clock(f.retry_at_s)} on` };
	const quiet = remedy.quiet(f, ctx).map(([label, fn]) => ({ label, look: !link && 'quiet', onclick: () => { fn(); if (link) close(); } }));
	return {
		key, look: LOOKS[f.id] || 'failed', icon: { offline: 'offline', throttled: 'clock' }[f.id], title: f.title, sentence: f.sentence, failure: f, link, close,
		small: f.request_id && !f.sentence.includes(f.request_id) && 'Request ' + f.request_id, buttons: [!link && f.button && main, ...quiet],
	};
}

// The word changes at once, the banner when the server says so.
function cancel(id, call, look) {
	const busy = cancelling.has(id);
	const onclick = async () => {
		cancelling.add(id);
		update();
		if (await remedy.attempt(call())) return;
		cancelling.delete(id);
		update();
	};
	return { key: 'cancel', label: busy ? 'Cancelling' : 'Cancel', look, busy, onclick };
}

function update() {
	waits = false;
	const list = models();
	const shown = showAll ? list : list.slice(0, SHOWN);
	const held = document.activeElement?.closest('.banner')?.dataset.key;
	patch(byId('banners'), shown.map(draw), list.length > shown.length && button('quiet.banners-more', count(list.length - shown.length) + ' more', () => { showAll = true; update(); }, { key: 'more' }));
	showAll = showAll && list.length > SHOWN;
	if (held && !list.some((m) => m.key === held)) focusAfter();
	announce(list);
}

function draw(m) {
	const buttons = m.buttons.filter(Boolean);
	return h('article.banner.banner-' + m.look, { key: m.key, 'data-key': m.key, 'aria-label': m.title },
		h('span.banner-icon' + (m.look === 'running' && !m.icon ? '.turning' : ''), icon(m.icon || ICONS[m.look])),
		h('div.banner-words', h('p', h('b', m.title), m.into && h('span.soft', ' into ', own(quoted(m.into)))), m.sentence && h('p.soft', m.sentence),
			m.link && copyField(m.link, m.failure.id === 'permission-missing' ? 'Link for an administrator' : 'Address to open', m.failure.button, 'Link copied', 'main'), m.small && h('p.soft.small', m.small),
			m.parts && h('ul.banner-parts', m.parts.map(part)), m.bar !== undefined && progressBar(m.bar, m.progress, m.title)),
		buttons.length > 0 && h('div.banner-buttons', buttons.map(drawButton)),
		m.close && iconButton('close', 'Close: ' + m.title, m.close, { class: 'icon-button banner-close', title: 'Close' }));
}

const drawButton = (b) => button(b.look || 'plain', [b.icon && icon(b.icon), b.label], () => { if (!b.reason && !b.busy) b.onclick(); },
	{ key: b.key || b.label, ...disabled(b.reason || b.busy), 'aria-label': b.reason || null, title: b.reason || null });

const PART_ICONS = { done: 'done', failed: 'stop', next: 'clock', waiting: 'clock' };

function part(imp) {
	const sign = PART_ICONS[imp.phase] || 'refresh';
	return h('li.part.part-' + sign, { key: imp.account }, icon(sign, 16), words.inShort(imp));
}

// Another page may have been quicker.
const closed = (closing) => closing.catch(() => {});

function focusAfter() {
	(byId('banners').querySelector('button, input') || document.querySelector('main h1') || byId('main')).focus();
}

export function closeFocused() {
	const cross = document.activeElement?.closest('.banner')?.querySelector('.banner-close');
	cross?.click();
	return Boolean(cross);
}

// Never under the pointer or the focus.
function closeDone() {
	if (document.hidden) return;
	for (const m of models().filter((x) => x.look === 'done')) {
		const el = byId('banners').querySelector(`[data-key="${m.key}"]`);
		if (!el || el.matches(':hover, :focus-within')) continue;
		seen.set(m.key, (seen.get(m.key) || 0) + 1);
		if (seen.get(m.key) === DONE_CLOSES_S) m.close();
	}
}

let height = -1;

// The list is scrolled by as much as the region grows: its first row stays where the eye has it.
function keepPlace() {
	const now = byId('banners').offsetHeight;
	const by = height < 0 ? 0 : now - height;
	const list = document.querySelector('.list-scroll');
	height = now;
	if (!by) return;
	if (list?.scrollTop > 0) list.scrollTop += by;
	else if (!still()) byId('main').animate([{ transform: `translateY(${-by}px)` }, { transform: 'none' }], { duration: 160, easing });
}

const said = new Map();
let begun = false;

function announce(list) {
	for (const key of said.keys()) if (!list.some((m) => m.key === key)) said.delete(key);
	for (const m of list) {
		const [id, text] = spoken(m);
		if (said.get(m.key) === id) continue;
		said.set(m.key, id);
		if (begun || m.look !== 'done') (m.failure ? urgent : polite)(text);
	}
	begun = true;
}

function spoken(m) {
	if (m.look !== 'running' || !(m.bar >= 0)) return [m.look + m.title, m.title + '. ' + (m.sentence || '')];
	const quarter = Math.floor(m.bar * 4);
	return [m.title + quarter, quarter && !m.icon ? m.progress : m.title];
}
