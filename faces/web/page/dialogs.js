/* SPDX-License-Identifier: MIT */
/*
 * dialogs.js - everything that asks before it is done, and the sheets that explain.
 *
 * A dialog is modal, Escape is its safe answer, the safe choice has the focus, and
 * the focus goes back to where it came from.
 */
import * as api from './api.js';
import * as remedy from './remedy.js';
import * as state from './state.js';
import { copy } from './clipboard.js';
import { byId, h, patch } from './dom.js';
import { icon } from './icons.js';
import * as prefs from './prefs.js';
import { contacts, count, quoted } from './text.js';
import { toast } from './toast.js';
import { provider, source } from './words.js';

/* What has to be inside a dialog to be seen and heard while it is open. */
const FLOATING = ['toasts', 'polite', 'urgent'];
let nextId = 1;

/*
 * content: elements below the title. buttons: [element], the main one last. Answers
 * {dialog, close}; closed is called once, however it was closed.
 */
function open(title, content, buttons, closed = () => {}) {
  const opener = document.activeElement;
  const id = 'dialog-' + nextId++;
  const dialog = h('dialog.dialog', { 'aria-labelledby': id },
    h('h2.dialog-title', { id }, title), content, h('div.dialog-buttons', buttons));
  const float = (parent) => { for (const f of FLOATING) parent.appendChild(byId(f)); };
  dialog.addEventListener('close', () => {
    float(document.body);
    dialog.remove();
    if (opener && opener.isConnected) opener.focus();
    else byId('main').focus();
    closed();
  });
  document.body.appendChild(dialog);
  float(dialog);
  dialog.showModal();
  const safe = dialog.querySelector('[data-safe]');
  if (safe) safe.focus();
  return { dialog, close: () => dialog.close() };
}

const button = (label, cls, click, more = {}) => h('button', { class: 'button ' + cls, onclick: click, ...more }, label);
const cancelButton = (close) => button('Cancel', 'outlined', close, { 'data-safe': true });

/* The word changes while it works, the width stays. A refusal closes the dialog: its banner says why. */
async function busy(el, word, call) {
  el.style.setProperty('min-inline-size', el.offsetWidth + 'px');
  el.textContent = word;
  el.setAttribute('aria-disabled', 'true');
  return remedy.attempt(call);
}

/* --- asking --- */

export function signOut(account) {
  const src = source(account.source);
  let keep = false;
  const choice = (id, value, title, sentence) => h('label.choice',
    h('input.radio', { type: 'radio', name: 'keep', id, checked: keep === value, onchange: () => { keep = value; go.textContent = value ? 'Sign out' : 'Sign out and remove'; } }),
    h('span', h('b', title), sentence && h('span.choice-line', sentence)));
  const go = button('Sign out and remove', 'destructive', async () => {
    if (go.getAttribute('aria-disabled')) return;
    await busy(go, 'Signing out', () => api.signOut(account.name, keep));
    view.close();
  });
  const view = open('Sign out of ' + quoted(account.name) + '?', [
    h('p.dialog-text', 'kith forgets the sign-in for ', h('bdi', account.identity), '. Your contacts at ' + provider(account.source) + ' stay as they are.'),
    account.n_contacts > 0 && h('fieldset.choices', h('legend.unseen', 'Its contacts on this device'),
      choice('keep-no', false, 'Remove its ' + contacts(account.n_contacts) + ' from this device'),
      choice('keep-yes', true, account.n_contacts === 1 ? 'Keep it' : 'Keep them', 'They stay searchable and are no longer refreshed.')),
    src.takeBack && h('p.dialog-note', 'The permission itself can be taken back at ',
      h('a', { href: src.takeBackLink, target: '_blank', rel: 'noopener noreferrer' }, src.takeBack), '.'),
  ], [cancelButton(() => view.close()), go]);
  if (account.n_contacts === 0) go.textContent = 'Sign out';
}

/* Contacts that a sign-out kept. */
export function removeKept(account) {
  const go = button('Remove', 'destructive', async () => {
    if (go.getAttribute('aria-disabled')) return;
    await busy(go, 'Removing', () => api.signOut(account.name, false));
    view.close();
  });
  const view = open('Remove ' + contacts(account.n_contacts) + '?', [
    h('p.dialog-text', 'The contacts that ' + quoted(account.name) + ' left on this device go. Nothing changes at ' + provider(account.source) + '.'),
  ], [cancelButton(() => view.close()), go]);
}

export function removeEverything() {
  const s = state.get();
  const signIns = state.linked().length;
  const places = [...new Set(s.accounts.map((a) => provider(a.source)))].join(' or ');
  const go = button('Remove everything', 'destructive', async () => {
    if (go.getAttribute('aria-disabled')) return;
    await busy(go, 'Removing', () => api.removeEverything());
    view.close();
  });
  const view = open('Remove everything from this device?', [
    h('p.dialog-text', (s.n_contacts === 1 ? '1 contact' : 'All ' + contacts(s.n_contacts)) + ', ' + count(signIns) + (signIns === 1 ? ' sign-in' : ' sign-ins') + ' and the settings go.'
      + (places ? ' Nothing changes at ' + places + '.' : '')),
  ], [cancelButton(() => view.close()), go]);
}

/* The brake: a refresh would remove more than is likely. */
export function brake(failure, name) {
  const account = state.accountNamed(name);
  if (!account) return;
  const n = failure.count;
  const go = button('Remove ' + count(n), 'destructive-outlined', async () => {
    if (go.getAttribute('aria-disabled')) return;
    await busy(go, 'Removing', () => api.refresh([name], true));
    view.close();
  });
  const view = open('Remove ' + contacts(n) + '?', [
    h('p.dialog-text', 'After this refresh ' + quoted(name) + ' would have ' + contacts(account.n_contacts - n) + ' instead of ' + count(account.n_contacts)
      + '. That can be right, or a fault at ' + provider(account.source) + '. Until you decide, all ' + count(account.n_contacts) + ' stay here.'),
    h('dl.dialog-sums', h('div', h('dt', 'Would be removed'), h('dd.bad', count(n)))),
  ], [go, button('Keep all', 'main', () => view.close(), { 'data-safe': true })]);
}

export function rename(account) {
  const problem = h('p.field-problem', { id: 'rename-problem', role: 'alert' });
  const field = h('input.field', { id: 'rename-name', type: 'text', value: account.name, maxlength: '63', autocomplete: 'off', 'aria-describedby': 'rename-problem', 'data-safe': true });
  const save = async () => {
    const next = field.value.trim();
    if (next === account.name || !next) return view.close();
    try {
      await api.rename(account.name, next);
    } catch (e) {
      if (!e.failure) throw e;
      patch(problem, e.failure.sentence);
      field.setAttribute('aria-invalid', 'true');
      return field.focus();
    }
    view.close();
    toast(quoted(account.name) + ' is now ' + quoted(next));
  };
  field.onkeydown = (e) => { if (e.key === 'Enter') save(); };
  const view = open('Rename ' + quoted(account.name), [h('label.field-label', { for: 'rename-name' }, 'Short name'), field, problem],
    [button('Cancel', 'outlined', () => view.close()), button('Rename', 'main', save)]);
  field.select();
}

/* --- signing in with a browser on another machine --- */

export async function otherWays(sourceId) {
  const waiting = state.signInFor(sourceId);
  const begun = waiting || await remedy.attempt(() => api.signIn(sourceId), { source: sourceId, kind: 'signin' });
  if (!begun) return;
  const problem = h('p.field-problem', { id: 'paste-problem', role: 'alert' });
  const field = h('input.field', {
    id: 'paste', type: 'text', placeholder: 'http://localhost…', autocomplete: 'off', spellcheck: 'false', maxlength: '16000',
    'aria-describedby': 'paste-problem', oninput: () => go.setAttribute('aria-disabled', String(!field.value.trim())),
    onkeydown: (e) => { if (e.key === 'Enter') send(); },
  });
  const send = async () => {
    if (!field.value.trim()) return;
    try {
      await api.pasteSignIn(begun.id, field.value.trim());
      view.close();
    } catch (e) {
      if (!e.failure) throw e;
      patch(problem, e.status === 400 ? 'This is not the address of this sign-in. Copy the whole line of the browser’s address field.' : e.failure.title);
      field.setAttribute('aria-invalid', 'true');
      field.focus();
    }
  };
  const go = button('Import', 'main', send, { 'aria-disabled': 'true' });
  let unwatch = () => {};
  let answered = false;
  const view = open('Browser on another machine', h('ol.steps',
    h('li', h('p', 'Open this address there and sign in.'), copyField(begun.url, 'Address to open there', 'Copy', 'Link copied')),
    h('li', h('label', { for: 'paste' }, 'The browser ends at a page that cannot be shown. Copy the address of that page and paste it here.'), field, problem)),
  [button('Cancel', 'outlined', () => { if (!waiting) api.cancelSignIn(begun.id).catch(() => {}); view.close(); }, { 'data-safe': true }), go],
  () => { unwatch(); if (!waiting && !answered && field.value === '') api.cancelSignIn(begun.id).catch(() => {}); });
  unwatch = state.watch((s) => {
    const now = s.signins.find((x) => x.id === begun.id);
    if (now && now.state === 'waiting') return;
    answered = true;
    view.close();
  });
}

/* A line to copy: read-only, selectable, cut at the end, its button inside. */
export function copyField(text, label, word, said, main = false) {
  return h('div.copy-field',
    h('input.copy-text', { type: 'text', readonly: true, value: text, 'aria-label': label, dir: 'ltr', onfocus: (e) => e.target.select() }),
    h('button', { class: 'button copy-button ' + (main ? 'main' : 'outlined'), onclick: () => copy(text, said) }, icon('copy'), word));
}

/* --- explaining --- */

export function place(title, sentence, text) {
  const view = open(title, [h('p.dialog-text', sentence), copyField(text, sentence, 'Copy', 'Copied')],
    [button('Close', 'outlined', () => view.close(), { 'data-safe': true })]);
}

/* How to get a client id: what "Open the guide" opens. */
export function guide(failure, sourceId) {
  const steps = sourceId === 'google' ? GOOGLE_STEPS : MICROSOFT_STEPS;
  const key = failure.setting || (sourceId === 'google' ? 'google.client_id' : 'microsoft.client_id');
  const view = open('A client id in three minutes', [
    h('p.dialog-text', 'kith shows this id when it asks ' + provider(sourceId) + ' for a sign-in. Anybody can register one, without cost.'),
    h('ol.steps', steps.map((step) => h('li', step)),
      h('li', 'Put the id into kith’s settings, in a terminal:', copyField('kith config set ' + key + ' ID', 'Command', 'Copy', 'Copied'))),
  ], [button('Close', 'outlined', () => view.close(), { 'data-safe': true })]);
}

const MICROSOFT_STEPS = [
  'Open entra.microsoft.com and go to App registrations, New registration.',
  'Give it a name. Choose accounts in any organisational directory and personal Microsoft accounts.',
  'Redirect URI: Public client/native, http://localhost',
  'After Register, copy the Application (client) ID.',
];
const GOOGLE_STEPS = [
  'Open console.cloud.google.com, make a project and switch the People API on.',
  'Under Clients make one of the kind Desktop app.',
  'Copy its client ID and client secret.',
];

/* The whole page is for the keyboard too: this is how. */
export function shortcuts() {
  if (document.querySelector('dialog[open]')) return;
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  const ctrl = mac ? '⌘' : 'Ctrl';
  const key = (k) => h('kbd', k);
  const row = (what, ...keys) => h('div.keys-row', h('dt', what), h('dd', keys));
  const group = (title, ...rows) => [h('h3.keys-title', title), h('dl.keys', rows)];
  const view = open('Keyboard shortcuts', [
    group('Anywhere', row('Search', key('/'), ' or ', key(ctrl), key('K')), row('My Contacts', key('g'), ' then ', key('c')), row('Linked Accounts', key('g'), ' then ', key('a')),
      row('Settings', key('g'), ' then ', key('s')), row('Refresh all accounts', key('Shift'), key('R')), row('Close a banner', key('x'))),
    group('List and search', row('Move', key('↑'), key('↓')), row('Open', key('Enter')), row('Call the selected contact', key(ctrl), key('Enter')),
      row('Clear the search, back to the list', key('Esc'))),
    group('On a contact', row('Call', key('c')), row('Write', key('w')), row('Copy the number', key('y'))),
    h('label.switch-row', 'Shortcuts of a single key',
      h('input.switch', { type: 'checkbox', role: 'switch', checked: prefs.singleKeys(), onchange: (e) => prefs.setSingleKeys(e.target.checked) })),
  ], [button('Close', 'outlined', () => view.close(), { 'data-safe': true })]);
}

