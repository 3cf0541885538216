// Begins here. A page is {title, draw()}; My Contacts is {title, mount(main), unmount(), update(), routed(route, before)}.
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

const main = byId('main');
const drawn = (page) => ({ title: page.title, mount() { main.className = 'sheet place'; }, unmount() {}, update() { patch(main, page.draw()); }, routed() {} });
const PAGES = { contacts: people, accounts: drawn(accounts), settings: drawn(settings) };
let mounted = null;

function update() {
  nav.update();
  if (!state.get() || state.connection() === 'locked') return lost();
  if (!mounted) mount(router.get().page);
  return mounted.update();
}

function lost() {
  if (state.connection() === 'connecting') return;
  mounted?.unmount();
  mounted = null;
  main.className = 'sheet place';
  patch(main, gone(state.connection() === 'locked'));
}

function mount(page) {
  mounted?.unmount();
  mounted = PAGES[page];
  patch(main);
  mounted.mount(main);
  mounted.update();
  document.title = mounted.title + ' · kith';
}

function routed(route, before) {
  menu.close();
  nav.update();
  if (!mounted) return;
  if (PAGES[route.page] === mounted) {
    mounted.routed(route, before);
    return;
  }
  mount(route.page);
  (main.querySelector('h1') || main).focus();
}

function skip(event) {
  event.preventDefault();
  if (router.get().page !== 'contacts') router.toContacts();
  setTimeout(() => (main.querySelector('.row-link[tabindex="0"]') || main.querySelector('h1') || main).focus(), 50);
}

state.watch(update);
state.watchData(() => { fields.forgetLinks(); people.dataChanged(); });
router.watch(routed);
byId('skip').onclick = skip;
nav.update();
banners.start();
keys.start();
state.start();
