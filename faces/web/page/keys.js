/* SPDX-License-Identifier: MIT */
/*
 * keys.js - the shortcuts that work on every page.
 *
 * Single letters are off inside fields and when the person switched them off; what
 * belongs to one part (list, search, menu) is handled there and never arrives here.
 */
import * as banners from './banners.js';
import * as contact from './contact.js';
import * as dialogs from './dialogs.js';
import * as people from './people.js';
import * as prefs from './prefs.js';
import * as remedy from './remedy.js';
import * as router from './router.js';
import * as state from './state.js';

const AFTER_G_MS = 1500;
const PAGES = { c: 'contacts', a: 'accounts', s: 'settings' };
let g = 0; /* when g was pressed */

export function start() {
  addEventListener('keydown', pressed);
}

function pressed(event) {
  if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
  if (handle(event)) event.preventDefault();
}

function handle(event) {
  const key = event.key;
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey && key.toLowerCase() === 'k') return search();
  if (control || event.altKey) return false;
  if (key === 'Escape') return router.get().page === 'contacts' && people.escape();
  if (inField(event.target) || !prefs.singleKeys()) return false;
  if (g && event.timeStamp - g < AFTER_G_MS && PAGES[key]) {
    g = 0;
    router.go(router.addressOf(PAGES[key], 0, ''));
    return true;
  }
  g = key === 'g' ? event.timeStamp : 0;
  switch (key) {
    case '/': return search();
    case '?': dialogs.shortcuts(); return true;
    case 'R': return refreshAll();
    case 'x': return banners.closeFocused();
    case 'c': case 'w': case 'y': return router.get().page === 'contacts' && router.get().contact > 0 && contact.key(people.beside(), key);
    default: return false;
  }
}

const inField = (el) => Boolean(el.closest && el.closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]'));

/* From any page one key leads to the search field. */
function search() {
  if (router.get().page !== 'contacts') router.go(router.addressOf('contacts', 0, ''));
  setTimeout(people.focusSearch, 0);
  return true;
}

function refreshAll() {
  if (state.get() && state.linked().length && !state.isRefreshing()) remedy.refresh();
  return true;
}
