// Everything that asks before it is done, and the sheets that explain. Escape is the safe answer.
import * as api from './api.js';
import * as keys from './keys.js';
import * as remedy from './remedy.js';
import * as state from './state.js';
import { byId, h, own, patch } from './dom.js';
import { button, copyField } from './parts.js';
import { clock, contacts, count, quoted } from './text.js';
import { polite, toast } from './say.js';
import { provider, source } from './words.js';

// Must be inside an open dialog to be seen and heard.
const FLOATING = ['toasts', 'polite', 'urgent'];
const safe = { autofocus: true };

// Answers how to close it.
export function open(title, content, buttons, closed = () => {}) {
	const opener = document.activeElement;
	const dialog = h('dialog.dialog', { 'aria-labelledby': 'dialog-title' }, h('h2.dialog-title', { id: 'dialog-title' }, title), content, h('div.dialog-buttons', buttons));
	const float = (parent) => parent.append(...FLOATING.map(byId));
	dialog.onclose = () => {
		float(document.body);
		dialog.remove();
		(opener?.isConnected ? opener : byId('main')).focus();
		closed();
	};
	document.body.append(dialog);
	float(dialog);
	dialog.showModal();
	return () => dialog.close();
}

export const cancel = (word = 'Cancel') => button('outlined', word, ({ target }) => target.closest('dialog').close(), safe);

const text = (...words) => h('p.dialog-text', words);

// The button label does it; meanwhile it says busy. A refusal closes too: its banner says why.
function ask(title, content, { label, busy, call }) {
	const go = button('destructive', label, async () => {
		if (go.ariaDisabled) return;
		go.style.setProperty('min-inline-size', go.offsetWidth + 'px');
		go.textContent = busy;
		go.ariaDisabled = 'true';
		await remedy.attempt(call());
		close();
	});
	const close = open(title, content, [cancel(), go]);
	return go;
}

export function signOut(account) {
	const { take_back: takeBack } = source(account.source);
	const n = account.n_contacts;
	let keep = false;
	const choice = (value, title, line) => h('label.choice',
		h('input.radio', { type: 'radio', name: 'keep', checked: !value, onchange: () => { keep = value; go.textContent = value ? 'Sign out' : 'Sign out and remove'; } }),
		h('span', h('b', title), line && h('span.choice-line', line)));
	const go = ask(`Sign out of ${quoted(account.name)}?`, [
		text('kith forgets the sign-in for ', own(account.identity), `. Your contacts at ${provider(account.source)} stay as they are.`),
		n > 0 && h('fieldset', h('legend.unseen', 'Its contacts on this device'), choice(false, `Remove its ${contacts(n)} from this device`),
			choice(true, n === 1 ? 'Keep it' : 'Keep them', 'They stay searchable and are no longer refreshed.')),
		takeBack && h('p.dialog-note', 'The permission itself can be taken back at ', h('a', { href: `https://${takeBack}/`, target: '_blank', rel: 'noopener noreferrer' }, takeBack), '.'),
	], { label: n > 0 ? 'Sign out and remove' : 'Sign out', busy: 'Signing out', call: () => api.signOut(account.name, keep) });
}

export const removeKept = ({ name, source: from, n_contacts: n }) => ask(n ? `Remove ${contacts(n)}?` : `Remove ${quoted(name)}?`,
	text(source(from).files ? `The contacts of ${quoted(name)} go from this device. The files stay as they are.` : `The contacts that ${quoted(name)} left on this device go. Nothing changes at ${provider(from)}.`),
	{ label: 'Remove', busy: 'Removing', call: () => api.signOut(name, false) });

// The brake. mended: what asked for the decision has it.
export function decide({ name, source: from, n_contacts: n, error }, mended = () => {}) {
	const would = error?.count || 0;
	const last = state.get().runs.flatMap((r) => r.imports).findLast((i) => i.account === name)?.result;
	const line = (label, number, tone = '') => h('div.number-row', h('dt', label), h('dd' + tone, h('b', count(number))));
	const who = h('div');
	const see = h('button.link-button', { onclick: async () => {
		const held = await remedy.attempt(api.getHeld(name));
		if (held) patch(who, h('ul.held', { tabindex: 0, 'aria-label': 'Would be removed' }, held.rows.map((r) => h('li', own(r.shown), ' ', h('span.soft.small', own(r.second))))), held.n > held.rows.length && h('p.small.soft', `and ${count(held.n - held.rows.length)} more`));
	} }, 'See who would be removed');
	const close = open(`Remove ${contacts(would)}?`, [
		text(`After this refresh ${quoted(name)} would have ${contacts(n - would)} instead of ${count(n)}. That can be right, or a fault at ${provider(from)}. Until you decide, all ${count(n)} stay here.`),
		h('dl.numbers', last && [line('New', last.added), line('Changed', last.changed)], line('Would be removed', would, '.bad')), see, who,
	], [
		button('outlined.bad', 'Remove ' + count(would), async () => { if (await remedy.refresh([name], true)) mended(); close(); }),
		button('main', 'Keep all', () => { mended(); close(); }, safe),
	]);
}

export function removeEverything() {
	const { accounts, n_contacts: n } = state.get();
	const signIns = accounts.filter((a) => a.state !== 'signed-out' && !source(a.source).files).length;
	const places = [...new Set(accounts.map((a) => provider(a.source)))].join(' or ');
	ask('Remove everything from this device?', text((n > 1 ? 'All ' : '') + contacts(n) + ', ' + count(signIns) + (signIns === 1 ? ' sign-in' : ' sign-ins') + ' and the settings go.'
		+ (places && ` Nothing changes at ${places}.`)), { label: 'Remove everything', busy: 'Removing', call: () => api.post('remove-everything') });
}

// A field with its problem below; send(value) answers what is wrong.
function fieldOf(props, send) {
	const problem = h('p.field-problem', { id: props.id + '-problem', role: 'alert' });
	const field = h('input.field', { type: 'text', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': problem.id, onkeydown: (e) => { if (e.key === 'Enter') submit(); }, ...props });
	const submit = async () => {
		const value = field.value.trim();
		const wrong = value && await send(value);
		if (!wrong) return;
		patch(problem, wrong);
		field.setAttribute('aria-invalid', 'true');
		field.focus();
	};
	return { field, problem, submit };
}

export function rename({ name }) {
	const { field, problem, submit } = fieldOf({ id: 'rename', value: name, maxlength: 63, ...safe }, async (next) => {
		try {
			if (next !== name) await api.rename(name, next);
		} catch (e) {
			return e.failure.sentence;
		}
		close();
		if (next !== name) toast(quoted(name) + ' is now ' + quoted(next));
	});
	const close = open('Rename ' + quoted(name), [h('label.field-label', { for: 'rename' }, 'Short name'), field, problem], [cancel(), button('main', 'Rename', submit)]);
	field.select();
}

// Goes with its sign-in: closing it gives up, an answer closes it. draw: what of it changes.
function openFor(signin, answered, title, content, buttons, draw = () => {}) {
	let seen = false;
	const end = open(title, content, [cancel(), buttons], () => {
		unwatch();
		if (!answered) api.cancelSignIn(signin.id).catch(() => {});
	});
	const look = (s) => {
		const now = s.signins.find((x) => x.id === signin.id);
		seen = seen || Boolean(now);
		if (!seen) return;
		if (now?.state === 'waiting') { draw(now); return; }
		answered = true;
		end();
	};
	const unwatch = state.watch(look);
	look(state.get()); // it may have been told before we listened
}

export async function otherWays(from) {
	const waiting = state.signInFor(from);
	const signin = waiting && !waiting.device ? waiting : await remedy.attempt(api.signIn(from), { kind: 'signin', source: from });
	if (!signin) return;
	const { field, problem, submit } = fieldOf({ id: 'paste', placeholder: 'http://localhost…', maxlength: 16000, oninput: () => { go.ariaDisabled = String(!field.value.trim()); } }, async (address) => {
		try {
			await api.post(`signin/${signin.id}/paste`, { text: address });
		} catch (e) {
			return e.status === 400 ? 'This is not the address of this sign-in. Copy the whole line of the browser’s address field.' : e.failure.title;
		}
	});
	const go = button('main', 'Import', submit, { 'aria-disabled': 'true' });
	openFor(signin, signin === waiting, 'Browser on another machine', h('ol.steps',
		h('li', 'Open this address there and sign in.', copyField(signin.url, 'Address to open there', 'Copy', 'Link copied')),
		h('li', h('label', { for: 'paste' }, 'The browser ends at a page that cannot be shown. Copy the address of that page and paste it here.'), field, problem)), go);
}

export async function onDevice(from, again = '') {
	const signin = await remedy.attempt(api.signIn(from, again, true), { kind: 'signin', source: from, again, device: true });
	if (!signin) return;
	const body = h('div');
	const left = h('p.dialog-note', { role: 'timer' }); // which is not read aloud as it ticks
	let timer = 0;
	const tick = (end) => {
		const s = Math.max(0, Math.ceil(end - Date.now() / 1000));
		left.textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')} left`;
		if (s === 60) polite('1 minute left');
		if (!left.isConnected) clearInterval(timer);
	};
	const draw = ({ code, url, expires_at_s: end }) => {
		patch(body, code ? [
			h('ol.steps', h('li', 'Open ', h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, h('b', url.replace('https://', ''))), ' on any phone or computer.'), h('li', 'Type this code there:')),
			h('div.device-code', copyField(code, 'Code to type there', 'Copy')),
			text(`Waiting for your answer, until ${clock(end)}. The import then starts by itself.`)] : text('Asking for a code'));
		if (!code || timer || !left.isConnected) return;
		timer = setInterval(tick, 1000, end);
		tick(end);
	};
	draw(signin);
	openFor(signin, false, 'Sign in on another device', [body, left], null, draw);
}

const sheet = (title, content) => open(title, content, cancel('Close'));

export const explain = (title, sentence, line) => sheet(title, [text(sentence), copyField(line, sentence, 'Copy')]);

export async function guide(failure, from) {
	const steps = await remedy.attempt(api.get('guide/' + from));
	if (!steps) return;
	const last = h('li', 'Put it into kith’s settings, in a terminal:', copyField(failure.command, 'Command', 'Copy'));
	sheet('A client id in three minutes', [text(`kith shows this id when it asks ${provider(from)} for a sign-in. Anybody can register one, without cost.`), h('ol.steps', steps.map((step) => h('li', step)), last)]);
}

const KEYS = [
	['Anywhere', ['Search', '/ or Ctrl K'], ['My Contacts', 'g then c'], ['Linked Accounts', 'g then a'], ['Settings', 'g then s'], ['Refresh all accounts', 'Shift R'], ['Close a banner', 'x']],
	['List and search', ['Move', '↑ ↓'], ['Open', 'Enter'], ['Call the selected contact', 'Ctrl Enter'], ['Clear the search, back to the list', 'Esc']],
	['On a contact', ['Call', 'c'], ['Write', 'w'], ['Copy the number', 'y']],
];

export function shortcuts() {
	const ctrl = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';
	const key = (k) => (/^(or|then)$/.test(k) ? ` ${k} ` : h('kbd', k === 'Ctrl' ? ctrl : k));
	sheet('Keyboard shortcuts', [
		KEYS.map(([title, ...rows]) => [h('h3.keys-title', title), h('dl', rows.map(([what, all]) => h('div.keys-row', h('dt', what), h('dd', all.split(' ').map(key)))))]),
		h('label.switch-row', 'Shortcuts of a single key', h('input.switch', { type: 'checkbox', role: 'switch', checked: keys.singleKeys(), onchange: (e) => keys.setSingleKeys(e.target.checked) })),
	]);
}
