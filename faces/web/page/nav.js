/* SPDX-License-Identifier: MIT */
/* nav.js - the three pages, where one always finds them: column, rail or bottom bar by width. */
import * as dialogs from './dialogs.js';
import * as router from './router.js';
import * as state from './state.js';
import { byId, h, patch } from './dom.js';
import { icon } from './icons.js';
import { count } from './text.js';

/* Each page under its name in the column, in the rail and in the bar. */
const PAGES = [
  { page: 'contacts', sign: 'contacts', column: 'My Contacts', rail: 'Contacts', bar: 'My Contacts', heading: 'Contacts' },
  { page: 'accounts', sign: 'link', column: 'Linked Accounts', rail: 'Accounts', bar: 'Linked Accounts' },
  { page: 'settings', sign: 'sliders', column: 'Contacts', rail: 'Settings', bar: 'Settings', heading: 'Settings' },
];

export function update() {
  const s = state.get();
  const needy = s ? s.accounts.filter(state.needsPerson).length : 0;
  patch(byId('nav'),
    h('div.nav-brand', h('img', { src: '/kith.svg', alt: '', width: '26', height: '26' }), h('span.nav-kith', 'kith')),
    h('ul.nav-pages', PAGES.map((p) => link(p, p.page === 'accounts' ? needy : 0))),
    h('div.nav-foot',
      h('button.nav-row.nav-quiet', { onclick: dialogs.shortcuts }, icon('keyboard'), h('span', 'Shortcuts'), h('kbd', { 'aria-hidden': 'true' }, '?')),
      h('p.nav-row.nav-quiet', icon('lock'), h('span', 'Kept on this device only'))));
}

function link(p, needy) {
  const here = router.get().page === p.page;
  const full = { contacts: 'My Contacts', accounts: 'Linked Accounts', settings: 'Settings, Contacts' }[p.page];
  const name = needy ? full + ', ' + count(needy) + (needy === 1 ? ' needs attention' : ' need attention') : full;
  return h('li',
    p.heading && h('p.nav-heading', { 'aria-hidden': 'true' }, p.heading),
    h('a.nav-row.nav-link', { href: p.page === 'contacts' ? '#/' : '#/' + p.page, 'aria-current': here ? 'page' : null, 'aria-label': name },
      h('span.nav-icon', icon(p.sign), needy > 0 && h('span.nav-needy.on-icon', { 'aria-hidden': 'true' }, '!')),
      h('span.nav-word.in-column', p.column), h('span.nav-word.in-rail', p.rail), h('span.nav-word.in-bar', p.bar),
      needy > 0 && h('span.nav-needy.at-end', { 'aria-hidden': 'true' }, '!')));
}
