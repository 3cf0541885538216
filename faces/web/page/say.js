// What is said: aloud to a screen reader, and in a toast.
import { byId, h, patch } from './dom.js';

const JOIN_MS = 120;
const TOAST_MS = 5000;
const waiting = { polite: [], urgent: [] };
let timer = 0;

// The same words again would be silent, so the region is emptied first.
function say(region, words) {
	if (waiting[region].push(words) > 1) return;
	byId(region).textContent = '';
	setTimeout(() => { byId(region).textContent = waiting[region].splice(0).join(' '); }, JOIN_MS);
}

export const polite = (words) => say('polite', words);
export const urgent = (words) => say('urgent', words);

// Never for failures.
export function toast(text) {
	patch(byId('toasts'), h('div.toast', text));
	polite(text);
	clearTimeout(timer);
	timer = setTimeout(() => patch(byId('toasts')), TOAST_MS);
}

// A browser may refuse, and says then why it does.
export const copy = (text, said = 'Copied') => navigator.clipboard.writeText(text).then(() => toast(said), () => urgent('It was not copied'));
