/* SPDX-License-Identifier: MIT */
/* accounts.js - Linked Accounts: each with its state, its count, and what can be done about it. */
import * as api from './api.js';
import * as dialogs from './dialogs.js';
import * as menu from './menu.js';
import * as remedy from './remedy.js';
import * as router from './router.js';
import * as state from './state.js';
import { progressBar } from './banners.js';
import { h, patch } from './dom.js';
import { empty, signInButtons } from './empty.js';
import { icon } from './icons.js';
import { contacts, count } from './text.js';
import { toast } from './toast.js';
import { fromAccounts, source, status } from './words.js';

let root = null;

export const title = 'Linked Accounts';

export function mount(main) {
  root = main;
  root.className = 'sheet place';
  update();
}

export function unmount() {
  root = null;
}

export function routed() {}

export function update() {
  const s = state.get();
  if (!root || !s) return;
  if (!s.accounts.length) {
    patch(root, empty('No linked accounts', 'Sign in, or add Outlook files, to bring contacts here.', signInButtons()));
    return;
  }
  const busy = state.isRefreshing();
  patch(root, h('div.page', { key: 'accounts' },
    h('header.page-header',
      h('h1.page-title', { tabindex: '-1' }, h('span.crumb.wide-only', 'Contacts ', h('span', { 'aria-hidden': 'true' }, '›'), ' '), 'Linked Accounts'),
      h('button.button.main', { 'aria-disabled': busy ? 'true' : null, onclick: () => { if (!state.isRefreshing()) remedy.refresh(); } },
        h('span', { class: 'turn' + (busy ? ' turning' : '') }, icon('refresh')), busy ? 'Refreshing' : 'Refresh all'),
      h('p.page-line', fromAccounts(s.n_contacts, s.accounts.length))),
    h('ul.group', s.accounts.map(row)),
    h('button.button.outlined.page-after', { onclick: () => router.go(router.addressOf('settings')) }, icon('plus'), 'Add an account')));
}

function row(account) {
  const imp = state.importOf(account.name);
  const signin = state.get().signins.find((x) => x.again === account.name && x.state !== 'failed');
  const st = status(account, imp, signin);
  const done = imp || (account.importing ? account : null);
  return h('li.account', { key: account.id, 'data-account': account.name },
    h('span.tile', { 'aria-hidden': 'true' }, source(account.source).tile),
    h('div.account-words',
      h('h2.account-name', h('b', h('bdi', account.name)), ' ', h('bdi.account-identity', account.identity), h('span.unseen', ', ' + source(account.source).title)),
      h('p', { class: 'account-status ' + st.tone }, h('span', { class: st.tone === 'busy' ? 'turning' : '' }, icon(st.icon, 16)),
        h('span', account.n_contacts > 0 && !imp && !account.importing && h('span.narrow-only', contacts(account.n_contacts) + '. '), st.text)),
      done && done.total > 0 && done.phase !== 'next' && progressBar({ bar: Math.min(1, done.done / done.total), progress: count(done.done) + ' of ' + count(done.total) }, 'Import of ' + account.name)),
    h('p', { class: 'account-count' + (account.n_contacts ? '' : ' none') }, account.n_contacts > 0 && [h('b', count(account.n_contacts)), h('span', account.n_contacts === 1 ? 'contact' : 'contacts')]),
    h('div.account-buttons', buttons(account, imp, signin)),
    problem(account));
}

/* What is pressed most often for this state comes first; its name holds the account for those who hear it. */
function buttons(account, imp, signin) {
  const press = (label, on, cls = 'outlined') => h('button', { key: label, class: 'button ' + cls, 'aria-label': label + ', ' + account.name, onclick: on }, label);
  const { name } = account;
  const list = [];
  const run = imp && state.runOf(name);
  if (run) list.push(press('Cancel', () => api.cancelRun(run.id).catch(() => {})));
  else if (signin) list.push(press('Cancel', () => api.cancelSignIn(signin.id).catch(() => {})));
  else if (account.importing) list.length = 0; /* another program imports it, and only that one can stop it */
  else if (account.state === 'signed-out') list.push(press('Sign in again', () => remedy.signIn(account.source, name)));
  else if (account.state === 'new' && !account.error) list.push(press('Import', () => remedy.startImport(name), 'main'));
  else if (account.error && account.error.id === 'removals-held') list.push(press('Decide', () => dialogs.brake(account.error, name)));
  else if (account.error && mendsItself(account.error)) list.push(press('Try again', () => remedy.refresh([name])));
  else if (!account.error) list.push(press('Refresh', () => remedy.refresh([name])));
  if (account.state === 'signed-out') list.push(press('Remove', () => dialogs.removeKept(account)));
  else list.push(press('Sign out', () => (state.runOf(name) ? remedy.attempt(() => api.signOut(name, true), { account: name }) : dialogs.signOut(account))));
  list.push(h('button.icon-button', {
    key: 'more', 'aria-label': 'More, ' + name, title: 'More', 'aria-haspopup': 'menu', 'aria-expanded': 'false',
    onclick: (e) => showMore(e.currentTarget, account),
  }, icon('more')));
  return list;
}

const mendsItself = (error) => error.id === 'permission-missing' || error.remedy === 'try-again' || error.remedy === 'start-again';

function showMore(button, account) {
  const { name } = account;
  menu.show(button, 'More, ' + name, [
    { label: 'Rename', on: () => dialogs.rename(account) },
    account.state !== 'signed-out' && { label: 'Import everything again', on: () => remedy.startImport(name) },
    { label: 'Show its contacts', on: () => router.go(router.addressOf('contacts', 0, name)) },
    account.n_contacts > 0 && { label: 'Export', href: api.exportAddress('vcard4', name), download: name + '.vcf', on: () => toast('Saved ' + name + '.vcf') },
  ].filter(Boolean));
}

/* The failure itself, under the account it happened to, with its remedy. */
function problem(account) {
  const f = account.error;
  if (!f || !state.needsPerson(account) || f.id === 'removals-held') return null;
  const ctx = { account: account.name, source: account.source, kind: 'refresh' };
  return h('div.account-problem', h('p', f.sentence), f.button && h('button.button.main', { onclick: () => remedy.act(f, ctx) }, f.button));
}
