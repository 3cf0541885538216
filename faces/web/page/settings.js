/* SPDX-License-Identifier: MIT */
/* settings.js - Settings > Contacts: where contacts come from, how they are imported, what this device keeps. */
import * as api from './api.js';
import * as dialogs from './dialogs.js';
import * as remedy from './remedy.js';
import * as router from './router.js';
import * as state from './state.js';
import { h, patch } from './dom.js';
import { icon } from './icons.js';
import { regions } from './regions.js';
import { count } from './text.js';
import { toast } from './toast.js';
import { inTheWay, signedIn, source } from './words.js';

const MAX_LIMIT = 2147483647;
let root = null;
let limitProblem = '';

export const title = 'Settings';

export function mount(main) {
  root = main;
  root.className = 'sheet place';
  update();
}

export function unmount() {
  root = null;
  limitProblem = '';
}

export function routed() {}

export function update() {
  const s = state.get();
  if (!root || !s) return;
  const first = !s.accounts.length && !s.signins.some((x) => x.state !== 'failed') && !s.runs.length;
  patch(root, h('div.page', { key: 'settings' },
    h('header.page-header',
      h('h1.page-title', { tabindex: '-1' }, h('span.crumb', 'Settings ', h('span', { 'aria-hidden': 'true' }, '›'), ' '), 'Contacts'),
      first && h('p.page-line', 'Choose where your contacts are. They are copied to this device and stay on it. kith reads them and never changes them there.')),
    h('ul.group', s.sources.map((src, i) => sourceRow(src, i, s))),
    otherWays(s),
    h('h2.group-title', 'Importing'),
    h('div.group', limitRow(s), regionRow(s)),
    h('h2.group-title', 'This device'),
    h('div.group',
      setting(s.device.tokens_in === 'keyring' ? 'Sign-ins are kept in the desktop’s keyring' : 'Sign-ins are kept in an encrypted file', 'Contacts are in your own data folder, readable by you alone.'),
      setting('Remove everything', 'Signs out everywhere and deletes all contacts from this device.',
        h('button.button.outlined', { 'aria-haspopup': 'dialog', onclick: dialogs.removeEverything }, 'Remove…'))),
    h('p.page-foot', 'kith ' + s.version)));
}

/* --- sources --- */

function sourceRow(src, i, s) {
  const words = source(src.id);
  const mine = s.accounts.filter((a) => a.source === src.id && a.state !== 'signed-out');
  const waits = s.signins.some((x) => x.source === src.id && x.state !== 'failed');
  const fresh = !s.accounts.length;
  const why = 'why-' + src.id;
  return h('li.source', { key: src.id, 'data-source': src.id },
    h('span.tile', { 'aria-hidden': 'true' }, words.tile),
    h('div.source-words', h('h2.source-name', src.id === 'outlook' ? 'Outlook app' : src.title),
      src.in_the_way ? locked(src, why) : h('p.source-line', mine.length ? signedIn(mine) : words.line)),
    h('div.source-buttons', sourceButtons(src, { words, mine, waits, main: fresh && i === 0, why })));
}

function sourceButtons(src, { words, mine, waits, main, why }) {
  if (src.in_the_way) return h('button.button.outlined', { 'aria-disabled': 'true', 'aria-describedby': why }, words.button);
  if (waits) return h('button.button.waits', { key: 'sign-in', 'aria-disabled': 'true' }, 'Waiting for the browser');
  const signIn = h('button', { key: 'sign-in', class: 'button ' + (main ? 'main' : 'outlined'), onclick: () => remedy.signIn(src.id) }, mine.length ? 'Add another' : words.button);
  if (!mine.length) return signIn;
  return [signIn, h('button.button.outlined', { key: 'accounts', onclick: () => router.go(router.addressOf('accounts')) }, 'Linked Accounts')];
}

/* The reason stands in the row, never in a tooltip only. */
function locked(src, id) {
  const [before, after] = inTheWay(src.id, src.in_the_way);
  return h('p.locked', { id }, icon('lock', 16), h('span', before, h('a', { href: '#/accounts' }, 'Linked Accounts'), after));
}

function otherWays(s) {
  const src = s.sources.find((x) => x.id !== 'outlook' && !x.in_the_way && !state.signInFor(x.id));
  return src && h('p.page-note', { key: 'ways' }, 'Browser on another machine, or none at all? ',
    h('button.link-button', { onclick: () => dialogs.otherWays(src.id) }, 'Other ways to sign in'));
}

/* --- importing --- */

function setting(name, line, control, more) {
  return h('div.setting', h('div.setting-words', h('p.setting-name', name), line && h('p.setting-line', line), more), control);
}

function labelled(id, name, line, control, more) {
  return h('div.setting', { key: id }, h('div.setting-words', h('label.setting-name', { for: id }, name), h('p.setting-line', { id: id + '-line' }, line), more), control);
}

function limitRow(s) {
  const field = h('input.field.limit', {
    id: 'limit', type: 'text', inputmode: 'numeric', autocomplete: 'off', value: count(s.settings['import.limit']),
    'aria-describedby': 'limit-line limit-problem', 'aria-invalid': limitProblem ? 'true' : null, onchange: (e) => saveLimit(e.target),
    onkeydown: (e) => { if (e.key === 'Enter') e.target.blur(); },
  });
  return labelled('limit', 'Limit for one account', 'Contacts beyond it stay where they are. 0 means no limit.', field, h('p.field-problem', { id: 'limit-problem', role: 'alert' }, limitProblem));
}

async function saveLimit(field) {
  const digits = field.value.replace(/[\s.,’'\u00a0\u202f]/g, '');
  const n = Number(digits);
  limitProblem = /^\d+$/.test(digits) && n <= MAX_LIMIT ? '' : 'A whole number from 0 to ' + count(MAX_LIMIT) + '.';
  if (limitProblem) return update();
  if (n === state.get().settings['import.limit']) {
    field.value = count(n);
    return update();
  }
  const saved = await remedy.attempt(() => api.changeSettings({ 'import.limit': n }));
  field.value = count(saved ? saved['import.limit'] : state.get().settings['import.limit']);
  update();
  if (saved) toast(n ? 'Limit set to ' + count(n) + '. It counts from the next import' : 'No limit any more. It counts from the next import');
}

function regionRow(s) {
  const now = s.settings['import.region'];
  const list = regions();
  const known = list.some((r) => r.id === now);
  const select = h('select.field.select', { id: 'region', 'aria-describedby': 'region-line', value: now, onchange: (e) => saveRegion(e.target.value) },
    !known && h('option', { value: now }, now || 'None'), list.map((r) => h('option', { value: r.id }, r.name)));
  return labelled('region', 'Region for phone numbers', 'Used for numbers written without a country code.', h('span.select-box', select, icon('down', 16)));
}

async function saveRegion(region) {
  const saved = await remedy.attempt(() => api.changeSettings({ 'import.region': region }));
  update();
  if (saved) toast('Region set to ' + regions().find((r) => r.id === region).name);
}
