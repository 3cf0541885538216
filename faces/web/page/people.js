/* SPDX-License-Identifier: MIT */
/*
 * people.js - My Contacts: the list, the search over it and the open contact beside it.
 *
 * The list stays mounted while contacts open and close, so it keeps its place. Which
 * contact is open and which account is shown is in the address (router.js); what is
 * typed is in the search field; everything else follows from the two and the state.
 */
import * as api from './api.js';
import * as contact from './contact.js';
import * as live from './live.js';
import * as menu from './menu.js';
import * as remedy from './remedy.js';
import * as router from './router.js';
import * as state from './state.js';
import { h, patch } from './dom.js';
import { nothingYet } from './empty.js';
import { icon } from './icons.js';
import { List } from './list.js';
import { Rail } from './rail.js';
import { FoundRows, StoredRows } from './rows.js';
import { contacts, count, quoted } from './text.js';
import { toast } from './toast.js';
import { found as foundWords } from './words.js';

const FOUND_LIMIT = 200;
const OPENED_AT_PX = 160; /* a contact that the address names stands this far below the top of the list */
const SHOW_FIRST_MS = 150;
const SAY_FOUND_MS = 500;
const narrow = matchMedia('(max-width: 38.74em)');

let root = null; /* null while another page is shown */
let parts = {};
let list = null;
let rail = null;
let stored = null; /* StoredRows of the account that is shown */
let found = null; /* FoundRows while something is typed */
let filter = '';
let search = null; /* AbortController of the search under way */
let showTimer = 0;
let sayTimer = 0;
let loading = 0;
let listTop = null; /* where the list was when the page was left */

export const title = 'My Contacts';

export function mount(main) {
  root = main;
  list = list || new List({ open, leave: () => parts.field.focus(), call: contact.callRow, address: (id) => router.addressOf('contacts', id) });
  rail = rail || new Rail((k) => list.scrollToHeading(k));
  list.onMove = (first) => { if (!found) rail.setHeading(list.headingsBefore(first) - 1); };
  build();
  routed(router.get(), null);
}

export function unmount() {
  listTop = list.anchor();
  clearTimeout(showTimer);
  clearTimeout(sayTimer);
  root = null;
}

function build() {
  const field = h('input.search-field', {
    id: 'search', type: 'search', placeholder: 'Name, company, e-mail or number', 'aria-label': 'Search: name, company, e-mail or number',
    autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', maxlength: '200', enterkeyhint: 'search', 'aria-controls': 'list', oninput: typed,
    onkeydown: searchKeys,
  });
  if (parts.field) field.value = parts.field.value;
  parts = {
    field,
    heading: h('h1.page-title', { tabindex: '-1' }, 'My Contacts'),
    n: h('span.list-count'),
    refresh: h('button.icon-button', { 'aria-label': 'Refresh all accounts', title: 'Refresh all accounts', onclick: refreshAll }, icon('refresh')),
    more: h('button.icon-button', { 'aria-label': 'More', title: 'More', 'aria-haspopup': 'menu', 'aria-expanded': 'false', onclick: showMore }, icon('more')),
    clear: h('button.icon-button.search-clear', { 'aria-label': 'Clear the search', title: 'Clear the search', hidden: true, onclick: clearSearch }, icon('close')),
    filter: h('div.list-filter', { hidden: true }),
    body: h('div.list-body', { id: 'list' }),
    beside: h('section.beside', { 'aria-label': 'Contact' }),
  };
  parts.left = h('div.list-pane',
    h('header.list-header', h('div.list-title', parts.heading, parts.n, parts.refresh, parts.more),
      h('div.search', icon('search'), field, h('kbd.search-key', { 'aria-hidden': 'true' }, '/'), parts.clear), parts.filter),
    parts.body);
}

/* --- what is shown --- */

export function update() {
  if (!root || !state.get()) return;
  const s = state.get();
  const route = router.get();
  parts.refresh.classList.toggle('turning', state.isRefreshing());
  if (!s.n_contacts && !coming(s)) {
    root.className = 'sheet';
    patch(root, nothingYet());
    return;
  }
  root.className = 'sheet people' + (route.contact ? ' has-contact' : '');
  if (parts.left.parentNode !== root) {
    patch(root);
    root.append(parts.left, parts.beside);
    if (stored) list.show(found || stored, listTop);
  }
  drawCount(s);
  drawFilter();
  drawBody(s);
  if (!route.contact && !(found && found.n)) contact.nothing(parts.beside, s.n_contacts === 0);
}

/* A first import is under way: its contacts will appear all at once. */
function coming(s) {
  return s.runs.some((r) => !r.ended_s) || s.signins.some((x) => x.state === 'finishing') || s.accounts.some((a) => a.importing);
}

function drawCount(s) {
  const n = filter && stored ? stored.n : s.n_contacts;
  parts.n.textContent = found ? foundWords(found.n, found.more, FOUND_LIMIT) : n ? count(n) : '';
  parts.refresh.hidden = parts.more.hidden = s.n_contacts === 0 && s.accounts.length === 0;
}

function drawFilter() {
  parts.filter.hidden = !filter;
  patch(parts.filter, filter && [h('span', 'Contacts of ', h('b', h('bdi', quoted(filter)))),
    h('button.button.quiet.small', { onclick: () => router.go(router.addressOf('contacts', 0, '')) }, 'Show all accounts')]);
}

function drawBody(s) {
  if (found && found.n === 0) {
    rail.element.hidden = true;
    patch(parts.body, h('div.empty.small', { key: 'nobody' }, h('h2.empty-title', 'Nobody by ', h('bdi', quoted(found.typed))),
      h('p.empty-text', 'Searched names, companies, e-mail addresses and numbers of ' + contacts(filter && stored ? stored.n : s.n_contacts) + '.'),
      h('button.button.outlined', { onclick: clearSearch }, 'Clear the search')));
    return;
  }
  if (s.n_contacts === 0) {
    patch(parts.body, h('div.coming', { key: 'coming', 'aria-hidden': 'true' }, Array.from({ length: 11 }, (_, i) => h('div.coming-row', { vars: { '--fade': String(1 - i / 12), '--wide': [154, 199, 128, 224, 167, 141, 211, 160, 186, 147, 192][i] + 'px' } },
      h('span.grey-face'), h('span.grey-line'), h('span.grey-line.second')))));
    return;
  }
  if (list.element.parentNode === parts.body) return;
  patch(parts.body);
  parts.body.append(list.element, rail.element);
}

/* --- the address --- */

export function routed(route, before) {
  if (!root) return;
  if (route.account !== filter || !stored) {
    filter = route.account;
    load();
  }
  list.setCurrent(route.contact);
  update();
  if (route.contact) {
    contact.show(parts.beside, route.contact, { typed: found ? found.typed : '', focus: before && (narrow.matches || openedByKey) });
    if (narrow.matches && before && before.page === 'contacts' && !before.contact) slide(1);
  } else if (before && before.contact && before.page === 'contacts') {
    if (narrow.matches) slide(-1);
    returnTo(before.contact);
  }
  openedByKey = false;
}

let openedByKey = false;

function open(id, { key } = {}) {
  openedByKey = Boolean(key);
  router.go(router.addressOf('contacts', id));
}

/* Back in the list the focus is on the contact that was open. */
function returnTo(id) {
  for (const [i, li] of list.drawn) {
    if (li.kithRow && li.kithRow.id === id) {
      list.active = i;
      list.draw();
      const link = list.linkAt(i);
      if (link) return link.focus({ preventScroll: true });
    }
  }
  parts.heading.focus();
}

/* At 360 a page moves in from the end and leaves to it. */
function slide(direction) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const pane = direction > 0 ? parts.beside : parts.left;
  const x = (document.dir === 'rtl' ? -1 : 1) * direction * 24;
  const from = still ? { opacity: 0 } : { opacity: 0, transform: 'translateX(' + x + 'px)' };
  pane.animate([from, { opacity: 1, transform: 'none' }], { duration: still ? 80 : 240, easing: 'cubic-bezier(.2, 0, 0, 1)' });
}

/* --- the list --- */

/* Fetch where everything is; the rows follow as they come into view. keep: stay at the contact at the top. */
async function load(keep = false) {
  const mine = ++loading;
  const anchor = keep && list.anchor();
  const top = anchor && stored ? stored.row(anchor.index) : !stored && router.get().contact ? { id: router.get().contact } : null;
  let index;
  let at = null;
  try {
    index = await api.getIndex(filter);
    if (top) at = await api.getPosition(top.id, filter).catch(() => null);
  } catch (e) {
    if (!e.failure) throw e;
    if (e.status === 404 && mine === loading) router.replace(router.addressOf('contacts', router.get().contact, ''));
    return;
  }
  if (mine !== loading) return;
  const next = new StoredRows(filter, index, (rows) => { if (rows === stored && !found) list.refresh(); }, () => { if (mine === loading) load(true); });
  if (stored && keep) next.inherit(stored);
  if (stored) stored.drop();
  stored = next;
  if (!found) showStored(anchor ? { index: at ? at.index : anchor.index, by: anchor.by } : at && { index: at.index, by: -OPENED_AT_PX });
  update();
}

function showStored(keep) {
  rail.show(stored.headings);
  list.show(stored, keep);
}

/* The contacts changed, here or elsewhere. */
export function dataChanged() {
  if (!list) return;
  load(true);
  if (!root) return;
  if (found) runSearch(parts.field.value, true);
  const { contact: id } = router.get();
  if (id) contact.show(parts.beside, id, { typed: found ? found.typed : '', again: true });
}

/* --- searching --- */

function typed() {
  runSearch(parts.field.value, false);
}

async function runSearch(text, again) {
  if (search) search.abort();
  clearTimeout(showTimer);
  clearTimeout(sayTimer);
  parts.clear.hidden = text === '';
  if (!text.trim()) return endSearch();
  search = new AbortController();
  const mine = search;
  let answer;
  try {
    answer = await api.find(text, filter, FOUND_LIMIT, mine.signal);
  } catch (e) {
    if (e.name !== 'AbortError' && !e.failure) throw e;
    return;
  }
  if (mine !== search || !root) return;
  if (!found) listBefore = list.anchor();
  found = new FoundRows(text.trim(), answer);
  rail.element.hidden = true;
  parts.left.classList.add('searching');
  list.show(found);
  update();
  if (again) return;
  list.setCurrent(found.n ? found.rows[0].id : 0);
  sayTimer = setTimeout(() => live.polite(foundWords(found.n, found.more, FOUND_LIMIT)), SAY_FOUND_MS);
  if (found.n && !narrow.matches) showTimer = setTimeout(() => router.replace(router.addressOf('contacts', found.rows[0].id)), SHOW_FIRST_MS);
}

let listBefore = null;

function endSearch() {
  search = null;
  if (!found) return;
  found = null;
  parts.left.classList.remove('searching');
  list.setCurrent(router.get().contact);
  if (stored) showStored(listBefore);
  update();
}

function clearSearch() {
  parts.field.value = '';
  runSearch('', false);
  parts.field.focus();
}

function searchKeys(event) {
  const first = found && found.rows[0];
  if (event.key === 'ArrowDown') list.focusIndex(found ? 0 : list.anchor() ? list.anchor().index : 0);
  else if (event.key === 'Enter' && first) {
    clearTimeout(showTimer);
    if (event.ctrlKey || event.metaKey) contact.callRow(first);
    else if (router.get().contact === first.id) contact.focusName(parts.beside);
    else open(first.id, { key: true });
  } else if (event.key === 'Escape' && parts.field.value) clearSearch();
  else if (event.key === 'Escape') escape();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/* Escape clears, then goes back. */
export function escape() {
  if (!root) return false;
  if (parts.field.value) clearSearch();
  else if (router.get().contact) router.backToList();
  else return false;
  return true;
}

export function focusSearch() {
  if (narrow.matches && router.get().contact) router.go(router.addressOf('contacts'));
  if (!parts.field.isConnected) return;
  parts.field.focus();
  parts.field.select();
}

/* The contact that keys act upon: the open one. */
export const beside = () => parts.beside;

/* --- buttons of the list --- */

function refreshAll() {
  if (!state.isRefreshing()) remedy.refresh();
}

function showMore() {
  const { accounts } = state.get();
  const chosen = (name) => () => router.go(router.addressOf('contacts', 0, name));
  const saved = (file) => () => toast('Saved ' + file);
  menu.show(parts.more, 'More', [
    { label: 'Show all accounts', checked: !filter, on: chosen('') },
    ...accounts.map((a) => ({ label: 'Show ' + quoted(a.name), checked: filter === a.name, on: chosen(a.name) })),
    { separator: true },
    { label: 'Export as vCard', icon: 'file', href: api.exportAddress('vcard4', filter), download: 'contacts.vcf', on: saved('contacts.vcf') },
    { label: 'Export as JSON', icon: 'file', href: api.exportAddress('json', filter), download: 'contacts.json', on: saved('contacts.json') },
  ]);
}

/* The list and a contact change places when the window crosses the narrow width. */
narrow.addEventListener('change', () => {
  if (root && router.get().contact) contact.show(parts.beside, router.get().contact, { typed: found ? found.typed : '', again: true });
});

