// Pages with nothing to show yet.
import * as files from './files.js';
import * as remedy from './remedy.js';
import * as state from './state.js';
import { h } from './dom.js';
import { cards } from './icons.js';
import { button, disabled } from './parts.js';
import { awaited } from './words.js';

export const empty = (title, text, buttons) => h('div.empty', { key: title }, cards(), h('h1.empty-title', { tabindex: -1 }, title), h('p.empty-text', text), buttons && h('div.empty-buttons', buttons));

// What bars the source is worded beside the button.
export function signInButton({ id, button: word, files: fromFiles, in_the_way: barred }, look, label = word) {
	const waits = state.signInFor(id);
	const go = fromFiles ? files.show : () => remedy.signIn(id);
	return button(look, waits ? awaited(waits) : label, () => waits || barred || go(), { key: 'sign-in-' + id, ...disabled(waits || barred), 'aria-describedby': barred ? 'barred-' + id : null });
}

export const signInButtons = () => state.get().sources.filter((s) => !s.in_the_way).map((s, i) => signInButton(s, i ? 'outlined' : 'main'));

export const nothingYet = () => empty('No contacts yet', 'Sign in once and your contacts are on this device, ready to search and to call, also without a connection.', signInButtons());

export function gone(locked, f) {
	if (f) return empty(f.title, f.sentence, f.button && button('main', f.button, () => remedy.act(f, { kind: 'state' })));
	if (!locked) return empty('kith has stopped', 'Start it again; this page goes on by itself.');
	return empty(location.pathname === '/start' ? 'This link was used already' : 'This page needs a new start link', 'Start kith again for a new one.');
}
