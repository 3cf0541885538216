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

export async function copy(text, said = 'Copied') {
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		copyTheOldWay(text);
	}
	toast(said);
}

// Where pages may not use the clipboard, a selection still goes through.
function copyTheOldWay(text) {
	const area = h('textarea.unseen', { value: text });
	const focused = document.activeElement;
	(document.querySelector('dialog[open]') || document.body).append(area);
	area.select();
	document.execCommand('copy');
	area.remove();
	focused?.focus();
}
