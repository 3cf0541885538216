/* SPDX-License-Identifier: MIT */
/*
 * contact.js - the page of one contact: who it is, what can be done, every field, where it came from.
 *
 * fields.js makes the groups of fields; here are the head, the buttons and the keys.
 */
import * as api from './api.js';
import * as fields from './fields.js';
import * as menu from './menu.js';
import * as router from './router.js';
import { copy } from './clipboard.js';
import { h, patch } from './dom.js';
import { icon } from './icons.js';
import { avatar } from './row.js';
import { languageOf } from './text.js';
import { toast } from './toast.js';

const LONG_NAME = 40;
const narrow = matchMedia('(max-width: 38.74em)');

let shown = null; /* the ContactPage on the screen */
let wanted = 0; /* id that was asked for last */
let asking = null;

/*
 * Show contact id in place. how: {typed: mark these words in the fields, focus: on its
 * name, again: it is there already and may have changed}.
 */
export async function show(place, id, how = {}) {
  wanted = id;
  if (asking) asking.abort();
  asking = new AbortController();
  let page;
  try {
    page = await api.getContact(id, asking.signal);
  } catch (e) {
    if (e.name === 'AbortError' || wanted !== id) return;
    if (!e.failure) throw e;
    shown = null;
    if (e.failure.id !== 'stopped') patch(place, goneContact(e.failure));
    return;
  }
  if (wanted !== id) return;
  const other = !shown || shown.contact.id !== id;
  shown = page;
  draw(place, page, how.typed || '');
  if (other) place.scrollTop = 0;
  if (how.focus) focusName(place);
}

/* Nothing is open. */
export function nothing(place, onTheWay) {
  wanted = 0;
  shown = null;
  patch(place, h('div.beside-empty', { key: 'nothing' }, onTheWay
    ? [h('h2.empty-title', 'Your contacts are on their way'), h('p.empty-text', 'They all appear here at once when the import is complete. You can go on working meanwhile.')]
    : h('p.beside-hint', 'Choose a contact, or type to search')));
}

function goneContact(failure) {
  const back = () => router.go(router.addressOf('contacts'));
  return h('div.beside-empty', { key: 'gone' }, h('h2.empty-title', failure.title), h('p.empty-text', failure.sentence),
    h('button.button.outlined', { onclick: back }, failure.button || 'Back to My Contacts'));
}

export function focusName(place) {
  const name = place.querySelector('.contact-name');
  if (name) name.focus();
}

/* --- drawing --- */

function draw(place, page, typed) {
  const { row } = page;
  const back = () => router.backToList();
  patch(place, h('article.contact', { key: 'contact-' + page.contact.id },
    h('div.contact-bar',
      h('button.back', { onclick: back, 'aria-label': 'Back to My Contacts' }, icon('back'), 'My Contacts'),
      moreButton(page)),
    h('header.contact-head', avatar(row, 'page'), h('div.contact-who', head(page))),
    h('div.contact-actions', actions(page)),
    fields.all(page, typed)));
  fields.settle(place);
}

function head({ contact, row }) {
  const { text } = contact;
  const job = [text['job-title'], text.company].filter(Boolean).filter((t) => t !== row.shown);
  const readings = [...new Set([[text['phonetic-family'], text['phonetic-given']].filter(Boolean).join(' '), row.reading])].filter((r) => r && r !== row.shown);
  return [
    h(narrow.matches ? 'h1' : 'h2', { class: 'contact-name' + (row.shown.length > LONG_NAME ? ' long' : ''), tabindex: '-1' }, h('bdi', { lang: languageOf(row.shown) }, row.shown)),
    readings.length > 0 && h('p.contact-reading', readings.map((r, i) => [i > 0 && ' · ', h('bdi', { lang: languageOf(r) }, r)])),
    row.nameless && h('p.contact-job', 'No name'),
    job.length > 0 && h('p.contact-job', job.map((t, i) => [i > 0 && (/[\u3040-\u9fff]$/.test(job[0]) ? '、' : ', '), h('bdi', { lang: languageOf(t) }, t)])),
  ];
}

/* What cannot be done is left out; the first that can is the main one. */
function actions(page) {
  const list = [
    fields.numbers(page).length && ['Call', 'phone', call],
    page.contact.emails.length && ['Write', 'mail', write],
    copyable(page).length && ['Copy', 'copy', copyOne],
  ].filter(Boolean);
  const buttons = list.map(([label, sign, fn], i) => h('button', {
    key: label, class: 'button action ' + (i === 0 ? 'main' : 'outlined'), 'data-action': label, onclick: (e) => fn(e.currentTarget),
    'aria-haspopup': many(label, page) ? 'menu' : null, 'aria-expanded': many(label, page) ? 'false' : null,
  }, icon(sign), label));
  return [buttons, moreButton(page)];
}

function many(label, page) {
  return { Call: fields.numbers(page), Write: page.contact.emails, Copy: copyable(page) }[label].length > 1;
}

function moreButton(page) {
  return h('button.icon-button.contact-more', {
    key: 'more', 'aria-label': 'More', title: 'More', 'aria-haspopup': 'menu', 'aria-expanded': 'false', onclick: (e) => showMore(e.currentTarget, page),
  }, icon('more'));
}

function showMore(button, page) {
  const { id } = page.contact;
  const file = page.row.shown.replace(/[\\/:*?"<>|]/g, ' ') + '.vcf';
  menu.show(button, 'More', [
    { label: 'Copy as vCard', icon: 'copy', on: async () => copy(await api.getVcard(id), 'Copied') },
    { label: 'Save as vCard', icon: 'file', href: api.vcardAddress(id), download: file, on: () => toast('Saved ' + file) },
    { label: 'Show in Linked Accounts', icon: 'link', on: () => router.go(router.addressOf('accounts')) },
  ]);
}

/* --- doing --- */

/* Through a link, as a press on the number itself would. */
export function follow(href) {
  const a = h('a.unseen', { href });
  document.body.appendChild(a);
  a.click();
  a.remove();
}

export function callRow(row) {
  const number = row.phone_e164 || row.phone.replace(/[^\d+*#]/g, '');
  if (number) follow('tel:' + number);
}

function call(button) {
  const list = fields.numbers(shown);
  if (list.length === 1) return follow(list[0].href);
  menu.show(button, 'Call', list.map((n) => ({ label: n.shown, detail: n.label, href: n.href })));
}

function write(button) {
  const { emails } = shown.contact;
  if (emails.length === 1) return follow(fields.mailto(emails[0].address));
  menu.show(button, 'Write', emails.map((e) => ({ label: e.address, detail: fields.emailLabel(e), href: fields.mailto(e.address) })));
}

const copyable = (page) => [
  ...page.contact.phones.map((p) => ({ text: p.raw, label: fields.phoneLabel(p) })),
  ...page.contact.emails.map((e) => ({ text: e.address, label: fields.emailLabel(e) })),
];

function copyOne(button) {
  const list = copyable(shown);
  if (list.length === 1) return copy(list[0].text, list[0].text + ' copied');
  menu.show(button, 'Copy', list.map((c) => ({ label: c.text, detail: c.label, on: () => copy(c.text, c.text + ' copied') })));
}

/* The keys c, w and y on a contact. Answers whether there was something to do. */
export function key(place, which) {
  if (!shown || !place.isConnected) return false;
  const number = fields.numbers(shown)[0] && shown.contact.phones[0];
  if (which === 'y') {
    if (number) copy(number.raw, number.raw + ' copied');
    return Boolean(number);
  }
  const button = place.querySelector('[data-action="' + { c: 'Call', w: 'Write' }[which] + '"]');
  if (button) button.click();
  return Boolean(button);
}
