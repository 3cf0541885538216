/* SPDX-License-Identifier: MIT */
/*
 * main.js - begins here: the page for the address, kept in line with the state.
 *
 * A page is a module {title, mount(main), unmount(), update(), routed(route, before)}.
 */
import * as accounts from './accounts.js';
import * as banners from './banners.js';
import * as fields from './fields.js';
import * as keys from './keys.js';
import * as menu from './menu.js';
import * as nav from './nav.js';
import * as people from './people.js';
import * as router from './router.js';
import * as settings from './settings.js';
import * as state from './state.js';
import { byId, patch } from './dom.js';
import { gone } from './empty.js';

const PAGES = { contacts: people, accounts, settings };
let mounted = null;

function update() {
  nav.update();
  if (!state.get() || state.connection() === 'locked') return lost();
  if (!mounted) mount(router.get().page);
  mounted.update();
}

/* There is nothing to show: kith does not answer, or not to this page. */
function lost() {
  if (state.connection() === 'connecting') return;
  if (mounted) mounted.unmount();
  mounted = null;
  byId('main').className = 'sheet place';
  patch(byId('main'), gone(state.connection() === 'locked'));
}

function mount(page) {
  if (mounted) mounted.unmount();
  mounted = PAGES[page];
  patch(byId('main'));
  mounted.mount(byId('main'));
  document.title = mounted.title + ' · kith';
}

function routed(route, before) {
  menu.close();
  nav.update();
  if (!state.get()) return;
  if (!mounted || PAGES[route.page] !== mounted) {
    mount(route.page);
    mounted.update();
    const title = byId('main').querySelector('h1');
    (title || byId('main')).focus();
    return;
  }
  mounted.routed(route, before);
}

function skip(event) {
  event.preventDefault();
  if (router.get().page !== 'contacts') router.go('#/');
  setTimeout(() => (byId('main').querySelector('.row-link[tabindex="0"]') || byId('main').querySelector('h1') || byId('main')).focus(), 0);
}

state.watch(update);
state.watchData(() => { fields.forgetLinks(); people.dataChanged(); });
router.watch(routed);
byId('skip').onclick = skip;
nav.update();
banners.start();
keys.start();
state.start();
