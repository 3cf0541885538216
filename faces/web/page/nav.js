// The three pages, where one always finds them: column, rail or bottom bar by width.
import * as dialogs from './dialogs.js';
import * as router from './router.js';
import * as state from './state.js';
import { byId, h, patch } from './dom.js';
import { icon } from './icons.js';
import { count } from './text.js';

// names: in the column, in the rail, in the bar.
const PAGES = [
  { page: 'contacts', sign: 'contacts', names: ['My Contacts', 'Contacts', 'My Contacts'], aloud: 'My Contacts', heading: 'Contacts' },
  { page: 'accounts', sign: 'link', names: ['Linked Accounts', 'Accounts', 'Linked Accounts'], aloud: 'Linked Accounts' },
  { page: 'settings', sign: 'sliders', names: ['Contacts', 'Settings', 'Settings'], aloud: 'Settings, Contacts', heading: 'Settings' },
];
const PLACES = ['in-column', 'in-rail', 'in-bar'];

export function update() {
  const needy = state.get()?.accounts.filter(state.needsPerson).length || 0;
  patch(byId('nav'), h('div.nav-brand', h('img', { src: '/kith.svg', alt: '' }), h('span.nav-kith', 'kith')),
    h('ul.nav-pages', PAGES.map((p) => link(p, p.page === 'accounts' ? needy : 0))),
    h('div.nav-foot', h('button.nav-row.nav-quiet', { onclick: dialogs.shortcuts }, icon('keyboard'), h('span', 'Shortcuts'), h('kbd', { 'aria-hidden': 'true' }, '?')),
      h('p.nav-row.nav-quiet', icon('lock'), h('span', 'Kept on this device only'))));
}

function link({ page, sign, names, aloud, heading }, needy) {
  const mark = (cls) => needy > 0 && h('span.nav-needy.' + cls, { 'aria-hidden': 'true' }, '!');
  const name = aloud + (needy ? ', ' + count(needy) + (needy === 1 ? ' needs attention' : ' need attention') : '');
  const props = { href: page === 'contacts' ? '#/' : '#/' + page, 'aria-current': router.get().page === page ? 'page' : null, 'aria-label': name };
  return h('li', heading && h('p.nav-heading', { 'aria-hidden': 'true' }, heading),
    h('a.nav-row.nav-link', props, h('span.nav-icon', icon(sign), mark('on-icon')), names.map((n, i) => h('span.nav-word.' + PLACES[i], n)), mark('at-end')));
}
