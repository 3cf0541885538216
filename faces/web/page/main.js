// Begins here, with the navigation. A page is {title, mount(main), unmount(), update(), routed(route, before)}.
import * as accounts from './accounts.js';
import * as banners from './banners.js';
import * as dialogs from './dialogs.js';
import * as files from './files.js';
import * as keys from './keys.js';
import * as menu from './menu.js';
import * as people from './people.js';
import * as router from './router.js';
import * as settings from './settings.js';
import * as state from './state.js';
import { byId, h, patch, silent } from './dom.js';
import { gone } from './empty.js';
import { icon } from './icons.js';
import { count } from './text.js';

const main = byId('main');
const drawn = (page) => ({ title: page.title, mount() { main.className = 'sheet place'; }, unmount() {}, update() { patch(main, page.draw()); }, routed() {} });
const PAGES = { contacts: people, accounts: drawn(accounts), settings: drawn(settings) };
let mounted = null;

function update() {
	drawNav();
	if (!state.get() || state.connection() === 'locked') return lost();
	if (!mounted) mount(router.get().page);
	return mounted.update();
}

function lost() {
	if (state.connection() === 'connecting') return;
	mounted?.unmount();
	mounted = null;
	main.className = 'sheet place';
	patch(main, gone(state.connection() === 'locked', state.failing()));
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
	drawNav();
	if (!mounted) return;
	if (PAGES[route.page] === mounted) {
		mounted.routed(route, before);
		return;
	}
	mount(route.page);
	(main.querySelector('h1') || main).focus();
}

// names: in the column, in the rail, in the bar.
const LINKS = [
	{ page: 'contacts', sign: 'contacts', names: ['My Contacts', 'Contacts', 'My Contacts'], heading: 'Contacts' },
	{ page: 'accounts', sign: 'link', names: ['Linked Accounts', 'Accounts', 'Linked Accounts'] },
	{ page: 'settings', sign: 'sliders', names: ['Contacts', 'Settings', 'Settings'], aloud: 'Settings, Contacts', heading: 'Settings' },
];
const PLACES = ['in-column', 'in-rail', 'in-bar'];

function drawNav() {
	const needy = state.get()?.accounts.filter(state.needsPerson).length || 0;
	patch(byId('nav'), h('div.nav-brand', h('img', { src: '/kith.svg', alt: '' }), h('span.nav-kith', 'kith')),
		h('ul.nav-pages', LINKS.map((p) => link(p, p.page === 'accounts' ? needy : 0))),
		h('div.nav-foot', h('button.nav-row.nav-quiet', { onclick: dialogs.shortcuts }, icon('keyboard'), h('span', 'Shortcuts'), h('kbd', silent, '?')),
			h('p.nav-row.nav-quiet', icon('lock'), h('span', 'Kept on this device only'))));
}

function link({ page, sign, names, aloud = names[2], heading }, needy) {
	const mark = (cls) => needy > 0 && h('span.nav-needy.' + cls, silent, '!');
	const name = aloud + (needy ? ', ' + count(needy) + (needy === 1 ? ' needs attention' : ' need attention') : '');
	const props = { href: page === 'contacts' ? '#/' : '#/' + page, 'aria-current': router.get().page === page ? 'page' : null, 'aria-label': name };
	return h('li', heading && h('p.nav-heading', silent, heading),
		h('a.nav-row.nav-link', props, h('span.nav-icon', icon(sign), mark('on-icon')), names.map((n, i) => h('span.nav-word.' + PLACES[i], n)), mark('at-end')));
}

function skip(event) {
	event.preventDefault();
	if (router.get().page !== 'contacts') router.toContacts();
	setTimeout(() => (main.querySelector('.row-link[tabindex="0"]') || main.querySelector('h1') || main).focus(), 50);
}

state.watch(update);
state.watchData(people.dataChanged);
router.watch(routed);
byId('skip').onclick = skip;
drawNav();
banners.start();
files.start();
keys.start();
state.start();
