// The shortcuts that work on every page; what belongs to one part never arrives here.
import * as banners from './banners.js';
import * as dialogs from './dialogs.js';
import * as people from './people.js';
import * as remedy from './remedy.js';
import * as router from './router.js';
import * as state from './state.js';

const SINGLE = 'kith.single-keys';
const AFTER_G_MS = 1500;
const PAGES = { c: '', a: 'accounts', s: 'settings' };
const kept = storage();
let g = -AFTER_G_MS;

export function start() {
	addEventListener('keydown', (event) => {
		if (!event.defaultPrevented && !document.querySelector('dialog[open]') && handle(event)) event.preventDefault();
	});
}

function handle({ key, target, timeStamp, ctrlKey, metaKey, altKey }) {
	if (altKey) return false;
	if (ctrlKey || metaKey) return key.toLowerCase() === 'k' && search();
	if (key === 'Escape') return people.escape();
	if (target.closest('input:not([type=radio], [type=checkbox]), textarea, select') || !singleKeys()) return false;
	const afterG = timeStamp - g < AFTER_G_MS;
	g = key === 'g' ? timeStamp : -AFTER_G_MS;
	if (afterG && key in PAGES) {
		router.toPage(PAGES[key]);
		return true;
	}
	switch (key) {
		case '/': return search();
		case '?': dialogs.shortcuts(); return true;
		case 'R': return refreshAll();
		case 'x': return banners.closeFocused();
		case 'c': case 'w': case 'y': return people.contactKey(key);
	}
}

function search() {
	if (router.get().page !== 'contacts') router.toContacts();
	people.focusSearch();
	return true;
}

function refreshAll() {
	if (state.get()?.accounts.length && !state.isRefreshing()) remedy.refresh();
	return true;
}

export const singleKeys = () => kept[SINGLE] !== 'off';
export const setSingleKeys = (on) => { kept[SINGLE] = on ? 'on' : 'off'; };

// Remembered where storage is not switched off.
function storage() {
	try {
		return localStorage;
	} catch {
		return {};
	}
}
