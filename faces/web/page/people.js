// My Contacts: the list, the search and the open contact, as address, field and state say; the list outlives the page.
import * as api from './api.js';
import * as contact from './contact.js';
import * as list from './list.js';
import * as rail from './rail.js';
import * as remedy from './remedy.js';
import * as router from './router.js';
import * as state from './state.js';
import { narrow } from './contact.js';
import { easing, h, handled, own, patch, silent, still } from './dom.js';
import { nothingYet } from './empty.js';
import { icon } from './icons.js';
import { button, iconButton, menuButton } from './parts.js';
import { foundRows, storedRows } from './rows.js';
import { contacts, count, quoted } from './text.js';
import { polite, toast } from './say.js';
import { found as foundWords } from './words.js';

const FOUND_LIMIT = 200;
const OPENED_AT_PX = 160; // below the top of the list
const SHOW_FIRST_MS = 150;
const SAY_FOUND_MS = 500;
const GREY_PX = [154, 199, 128, 224, 167, 141, 211, 160, 186, 147, 192];

let root = null;
let parts = {};
let stored = null;
let found = null;
let filter = null; // the list shown or on its way, as the address has it; null: none yet
let search = new AbortController();
let loading = 0;
let pinned = 0; // the contact at the top of the list, when that was last sure
let place = null;
let openedByKey = false;
let byItself = 0; // opened by a search, not by the person
let timers = [];

Object.assign(list.on, {
	open, leave: () => parts.field.focus(), call: contact.callRow, address: router.addressOf,
	move: (first) => found || rail.setHeading(list.headingsBefore(first) - 1),
});
rail.on.jump = list.scrollToHeading;

export const title = 'My Contacts';

export function mount(main) {
	root = main;
	build(parts.field ? parts.field.value : '');
	routed(router.get(), null);
}

export function unmount() {
	if (!found) place = list.anchor();
	timers.forEach(clearTimeout);
	root = null;
}

function build(typed) {
	const field = h('input.search-field', {
		id: 'search', type: 'search', value: typed, placeholder: 'Name, company, e-mail or number', 'aria-label': 'Search: name, company, e-mail or number', 'aria-controls': 'list', autocomplete: 'off', autocapitalize: 'off',
		spellcheck: 'false', maxlength: 200, enterkeyhint: 'search', oninput: () => runSearch(), onkeydown: searchKeys,
	});
	parts = {
		field, title: h('h1.page-title', { tabindex: -1 }, 'My Contacts'), n: h('span.list-count'), refresh: iconButton('refresh', 'Refresh all accounts', refreshAll), more: menuButton('More', moreItems),
		clear: iconButton('close', 'Clear the search', clearSearch, { class: 'icon-button search-clear', hidden: !typed }), filter: h('div.list-filter'), body: h('div.list-body', { id: 'list' }), beside: h('section.beside', { 'aria-label': 'Contact' }),
	};
	parts.left = h('div.list-pane', h('header.list-header', h('div.list-title', parts.title, parts.n, parts.refresh, parts.more),
		h('div.search', icon('search'), field, h('kbd.search-key', silent, '/'), parts.clear), parts.filter), parts.body);
}

export function update() {
	if (!root) return;
	const s = state.get();
	const route = router.get();
	if (!s.n_contacts && !isComing(s)) {
		root.className = 'sheet';
		return patch(root, nothingYet());
	}
	root.className = 'sheet people' + (route.contact ? ' has-contact' : '');
	if (parts.left.parentNode !== root) root.replaceChildren(parts.left, parts.beside);
	const all = filter && stored ? stored.n : s.n_contacts;
	parts.refresh.classList.toggle('turning', state.isRefreshing());
	parts.refresh.hidden = parts.more.hidden = !s.accounts.length;
	parts.n.textContent = found ? foundWords(found.n, found.more) : all ? count(all) : '';
	patch(parts.filter, filter && [h('span', shown() ? ['Contacts of ', h('b', own(quoted(shown())))] : 'New or changed'), button('quiet.small', shown() ? 'Show all accounts' : 'Show all contacts', () => router.toContacts())]);
	drawBody(s, all);
	if (!route.contact && !found?.n) contact.nothing(parts.beside, !s.n_contacts);
}

const shown = () => router.accountOf(filter);
const isComing = (s) => state.isRefreshing() || s.signins.some((x) => x.state === 'finishing') || s.accounts.some((a) => a.importing);

function drawBody(s, all) {
	if (found && !found.n) {
		return patch(parts.body, h('div.empty.small', { key: 'nobody' }, h('h2.empty-title', 'Nobody by ', own(quoted(found.typed))),
			h('p.empty-text', `Searched names, companies, e-mail addresses and numbers of ${contacts(all)}.`), button('outlined', 'Clear the search', clearSearch)));
	}
	if (!s.n_contacts) {
		const grey = h('div', silent, GREY_PX.map((px, i) => h('div.coming-row', { vars: { '--fade': 1 - i / 12, '--wide': px + 'px' } }, h('i.grey-face'), h('i.grey-line'), h('i.grey-line.second'))));
		return patch(parts.body, h('div.coming', { key: 'coming' }, h('div.coming-words', contact.comingWords()), grey));
	}
	if (list.element.parentNode === parts.body) return;
	parts.body.replaceChildren(list.element, rail.element);
	if (found || stored) list.show(found || stored, found ? null : place);
}

export function routed(route, before) {
	if (!root) return;
	if (route.list !== filter) load(route.list);
	list.setCurrent(route.contact);
	update();
	const within = before?.page === 'contacts';
	if (route.contact) {
		showContact(within && (narrow.matches || openedByKey));
		if (narrow.matches && within && !before.contact) slide(parts.beside, 1);
	} else if (within && before.contact) {
		if (narrow.matches) slide(parts.left, -1);
		if (!found) returnTo(before.contact); // else the search goes on
	}
	openedByKey = false;
}

const opened = () => router.get().contact;
const showContact = (focus = false) => contact.show(parts.beside, opened(), { typed: found?.typed, focus });

function open(id, byKey) {
	if (opened() === id) return byKey && contact.focusName(parts.beside);
	openedByKey = byKey;
	router.toContact(id);
}

function returnTo(id) {
	const index = list.indexOf(id);
	if (index < 0) parts.title.focus();
	else list.focusIndex(index);
}

function slide(pane, direction) {
	const x = (document.dir === 'rtl' ? -24 : 24) * direction;
	pane.animate([{ opacity: 0, transform: still() ? 'none' : `translateX(${x}px)` }, { opacity: 1, transform: 'none' }], { duration: still() ? 80 : 240, easing });
}

// Where everything is. keep: stay at the contact at the top.
async function load(wanted, keep = false) {
	const mine = ++loading;
	filter = wanted;
	const anchor = keep ? list.anchor() : null;
	if (anchor && stored?.isOwn(anchor.index)) pinned = stored.row(anchor.index)?.id;
	const top = anchor && stored ? pinned : stored ? 0 : opened();
	try {
		const index = await api.getIndex(filter);
		const at = top ? await api.getPosition(top, filter).catch(() => null) : null;
		if (mine !== loading) return;
		replaceStored(index, keep);
		const to = anchor ? { index: at ? at.index : anchor.index, by: anchor.by } : at && { index: at.index, by: -OPENED_AT_PX };
		if (found) place = to;
		else showStored(to);
		update();
	} catch (e) {
		if (!e.failure) throw e;
		if (mine === loading) filter = null; // asked again later
		if (e.status === 404 && mine === loading) router.replace(router.addressOf(opened(), ''));
	}
}

function replaceStored(index, keep) {
	const next = storedRows(filter, index, () => next === stored && !found && list.refresh(), () => next === stored && load(filter, true));
	next.need(0, 1);
	if (stored && keep) next.inherit(stored);
	stored?.drop();
	stored = next;
}

function showStored(to) {
	place = to;
	rail.show(stored.headings);
	list.show(stored, to);
}

export function dataChanged() {
	load(filter ?? router.get().list, true);
	if (!root) return;
	if (found) runSearch(true);
	if (opened()) showContact();
}

async function runSearch(again = false) {
	const text = parts.field.value.trim();
	search.abort();
	search = new AbortController();
	timers.forEach(clearTimeout);
	parts.clear.hidden = !parts.field.value;
	if (!text) return endSearch();
	const { signal } = search;
	try {
		const answer = await api.find(text, shown(), FOUND_LIMIT, signal);
		if (!signal.aborted && root) showFound(foundRows(text, answer), again);
	} catch (e) {
		if (!e.failure && !signal.aborted) throw e;
	}
}

function showFound(rows, again) {
	if (!found) place = list.anchor();
	found = rows;
	rail.element.hidden = true;
	list.show(found);
	update();
	if (again) return;
	const first = found.n ? found.rows[0].id : 0;
	list.setCurrent(first);
	timers = [setTimeout(() => polite(foundWords(found.n, found.more)), SAY_FOUND_MS)];
	if (first && !narrow.matches) timers.push(setTimeout(() => router.replace(router.addressOf(byItself = first)), SHOW_FIRST_MS));
	else if (byItself && opened() === byItself) router.replace(router.addressOf(0)); // nobody found: nobody to call by mistake
}

function endSearch() {
	if (!found) return;
	found = null;
	list.setCurrent(opened());
	if (stored) showStored(place);
	update();
}

function clearSearch() {
	parts.field.value = '';
	runSearch();
	parts.field.focus();
}

function searchKeys(event) {
	const first = found?.rows[0];
	if (event.key === 'ArrowDown') list.focusIndex(found ? 0 : list.anchor()?.index || 0);
	else if (event.key === 'Escape') escape();
	else if (event.key === 'Enter' && first) {
		timers.forEach(clearTimeout);
		if (event.ctrlKey || event.metaKey) contact.callRow(first);
		else if (opened() === first.id) contact.focusName(parts.beside);
		else open(first.id, true);
	} else return;
	handled(event);
}

export function escape() {
	if (!root) return false;
	if (parts.field.value) clearSearch();
	else if (opened()) router.backToList();
	else return false;
	return true;
}

export function focusSearch() {
	if (narrow.matches && opened()) router.toContacts(filter);
	parts.field.focus();
	parts.field.select();
}

export const contactKey = (key) => Boolean(root && opened()) && contact.key(parts.beside, key);

const refreshAll = () => state.isRefreshing() || remedy.refresh();

function moreItems() {
	const show = (label, name) => ({ label, checked: shown() === name, onclick: () => router.toAccount(name) });
	const save = (label, format, file) => ({ label, icon: 'file', href: api.exportAddress(format, shown()), download: file, onclick: () => toast('Saved ' + file) });
	return [{ label: 'Show all accounts', checked: !filter, onclick: () => router.toContacts() }, ...state.get().accounts.map((a) => show('Show ' + quoted(a.name), a.name)), null,
		save('Export as vCard', 'vcard4', 'contacts.vcf'), save('Export as JSON', 'json', 'contacts.json')];
}

// Begun before the state is here: the first rows come sooner.
if (router.get().page === 'contacts') load(router.get().list);

narrow.onchange = () => { if (root && opened()) showContact(); };
