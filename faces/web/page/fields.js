/* SPDX-License-Identifier: MIT */
/*
 * fields.js - everything that is known about a contact, in groups with a hair line between.
 *
 * A group is a description list; a line is {label, value, tools}. The first tool stays
 * at every width, the others where there is room; holding a line copies it.
 */
import * as api from './api.js';
import * as router from './router.js';
import { addressLines } from './address.js';
import { copy } from './clipboard.js';
import { h, patch } from './dom.js';
import { icon } from './icons.js';
import { find, marked } from './marks.js';
import { birthday, languageOf, when } from './text.js';
import { PHONES, TEXTS, placed, provider, source } from './words.js';

const NOT_CALLED = new Set(['work-fax', 'home-fax', 'other-fax', 'telex', 'pager']);
const HOLD_MS = 500;

export const phoneLabel = (p) => p.label || PHONES[p.kind] || PHONES.other;
export const emailLabel = (e) => e.label || placed(e.place, 'e-mail');
export const mailto = (address) => 'mailto:' + encodeURIComponent(address).replace('%40', '@');

/* "" when there is nothing to dial. */
function tel(p) {
  if (NOT_CALLED.has(p.kind)) return '';
  if (p.e164) return 'tel:' + p.e164 + (p.extension ? ';ext=' + p.extension : '');
  const digits = p.raw.replace(/[^\d+*#]/g, '');
  return digits ? 'tel:' + digits : '';
}

/* The numbers that can be called, in the source's order: {href, shown, label}. */
export const numbers = (page) => page.contact.phones.map((p) => ({ href: tel(p), shown: p.raw, label: phoneLabel(p) })).filter((n) => n.href);

/* All groups and the badge. typed: words to mark. */
export function all(page, typed) {
  const { contact } = page;
  const mark = (text) => (typed ? marked(text, find(text, typed)) : text);
  const phones = contact.phones.map((p) => phoneLine(p, mark));
  const emails = contact.emails.map((e) => emailLine(e, mark));
  const chats = items(contact, 'chat').map((c) => textLine(c.label || 'Chat', c.value, mark, true));
  const small = phones.length <= 1 && emails.length <= 1;
  const groups = [
    ...(small ? [[...phones, ...emails]] : [phones, emails]), chats, contact.addresses.map((a) => addressLine(a, mark)),
    items(contact, 'web').map((w) => webLine(w, mark)), about(contact, mark),
  ].filter((g) => g.length);
  const more = rest(contact, mark);
  return [
    groups.map((lines, i) => h('dl.fields', { key: 'group-' + i }, lines.map(drawLine))),
    more.length > 0 && h('details.more-fields', { key: 'more-fields' }, h('summary', icon('right'), 'More fields'), h('dl.fields', more.map(drawLine))),
    contact.partial && h('dl.fields', { key: 'partial' }, drawLine({ label: 'Imported', value: h('span.in-part', icon('alert', 16), 'Only in part: something in it could not be read'), tools: [] })),
    badge(page),
  ];
}

const items = (contact, kind) => contact.items.filter((i) => i.kind === kind && i.value);

/* --- lines --- */

function drawLine(line) {
  return h('div.line', line.copy ? hold(line.copy) : {},
    h('dt', h('bdi', line.label)),
    h('dd', h('div.value', line.value), line.tools.length > 0 && h('div.tools', line.tools)));
}

function tool(sign, label, props) {
  const inside = icon(sign);
  return h(props.href ? 'a' : 'button', { class: 'icon-button tool', 'aria-label': label, title: label, type: props.href ? null : 'button', ...props }, inside);
}

const copyTool = (what, text, said) => tool('copy', 'Copy ' + what + ', ' + text, { onclick: () => copy(text, said) });

/* Holding a line copies it, where there is a finger and no room for the button. */
function hold(line) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  return {
    onpointerdown: (e) => { if (e.pointerType === 'touch') timer = setTimeout(() => copy(line.text, line.said), HOLD_MS); },
    onpointerup: stop, onpointercancel: stop, onpointermove: (e) => { if (Math.abs(e.movementX) + Math.abs(e.movementY) > 4) stop(); },
    oncontextmenu: (e) => { if (e.pointerType === 'touch') e.preventDefault(); },
  };
}

function phoneLine(p, mark) {
  const label = phoneLabel(p);
  const href = tel(p);
  const shown = h('bdi', { dir: 'ltr' }, mark(p.raw));
  const said = p.raw + ' copied';
  return {
    label, copy: { text: p.raw, said },
    value: [href ? h('a.number', { href }, shown) : h('span.number', shown), p.kind === 'primary' && h('span.chip.small', 'preferred')],
    tools: [href && tool('phone', 'Call ' + label + ', ' + p.raw, { href }), copyTool(label, p.raw, said)].filter(Boolean),
  };
}

function emailLine(e, mark) {
  const label = emailLabel(e);
  const href = mailto(e.address);
  const said = e.address + ' copied';
  return {
    label, copy: { text: e.address, said },
    value: h('a.address', { href, dir: 'ltr' }, h('bdi', breakable(mark(e.address)))),
    tools: [tool('mail', 'Write to ' + label + ', ' + e.address, { href }), copyTool(label, e.address, said)],
  };
}

/* A long address may break after a dot, an at sign or a hyphen, nowhere else. */
function breakable(nodes) {
  return [nodes].flat().flatMap((node) => (typeof node === 'string' ? node.split(/(?<=[.@-])/).flatMap((s, i) => (i ? [h('wbr'), s] : [s])) : [node]));
}

function textLine(label, text, mark, canCopy = false) {
  return { label, value: h('bdi', { lang: languageOf(text) }, mark(text)), copy: canCopy && { text, said: 'Copied' }, tools: canCopy ? [copyTool(label, text, 'Copied')] : [] };
}

function addressLine(a, mark) {
  const label = a.label || placed(a.place, 'address');
  const lines = addressLines(a);
  const text = lines.join('\n');
  return {
    label, copy: { text, said: 'Copied' },
    value: h('address', lines.map((l) => h('span.address-line', h('bdi', { lang: languageOf(l) }, mark(l))))),
    tools: [tool('copy', 'Copy ' + label, { onclick: () => copy(text, 'Copied') })],
  };
}

/* Only addresses of the web become links; anything else a source calls one is shown as text. */
function webLine(w, mark) {
  const label = w.label || placed(w.place, 'web page');
  const href = /^https?:\/\//i.test(w.value) ? w.value : /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(w.value) ? 'https://' + w.value : '';
  const value = h('bdi', { dir: 'ltr' }, breakable(mark(w.value)));
  return { label, value: href ? h('a.address', { href, target: '_blank', rel: 'noopener noreferrer' }, value) : value, copy: { text: w.value, said: 'Copied' }, tools: [copyTool(label, w.value, 'Copied')] };
}

function about(contact, mark) {
  const { text } = contact;
  const lines = [];
  const add = (label, value) => value && lines.push(textLine(label, value, mark));
  for (const d of contact.dates) if (d.kind === 'birthday') lines.push({ label: 'Birthday', value: birthday(d), tools: [] });
  person(lines, 'Manager', text.manager, mark);
  person(lines, 'Assistant', text.assistant, mark);
  person(lines, 'Spouse', text.spouse, mark);
  add('Company', text.company);
  add('Department', text.department);
  if (text.notes) lines.push({ label: 'Notes', value: notes(text.notes, mark), copy: { text: text.notes, said: 'Copied' }, tools: [] });
  const chips = items(contact, 'category');
  if (chips.length) lines.push({ label: 'Categories', value: h('ul.chips', chips.map((c) => h('li.chip', h('bdi', c.value)))), tools: [] });
  return lines;
}

function rest(contact, mark) {
  const lines = [];
  for (const [key, label] of Object.entries(TEXTS)) if (contact.text[key]) lines.push(textLine(label, contact.text[key], mark));
  for (const d of contact.dates) if (d.kind !== 'birthday') lines.push({ label: d.label || (d.kind === 'anniversary' ? 'Anniversary' : 'Date'), value: birthday(d), tools: [] });
  for (const i of items(contact, 'child')) lines.push(textLine('Child', i.value, mark));
  for (const i of items(contact, 'relation')) lines.push(textLine(i.label || 'Related', i.value, mark));
  for (const i of items(contact, 'extra')) lines.push(textLine(i.label || 'Also', i.value, mark));
  return lines;
}

/* --- people: a link when somebody of exactly this name is here --- */

function person(lines, label, name, mark) {
  if (!name) return;
  const value = h('span', { key: 'person-' + label + name }, h('bdi', { lang: languageOf(name) }, mark(name)));
  lines.push({ label, value, tools: [] });
  linkTo(name).then((id) => { if (id) patchPerson(label + name, name, id, mark); }, () => {});
}

const links = new Map(); /* name: Promise of an id, 0 when nobody or more than one has it */

function linkTo(name) {
  if (!links.has(name)) {
    if (links.size > 200) links.clear();
    links.set(name, api.find(name, '', 5).then((found) => {
      const same = found.rows.filter((r) => r.shown === name);
      return same.length === 1 ? same[0].id : 0;
    }));
  }
  return links.get(name);
}

export const forgetLinks = () => links.clear();

function patchPerson(key, name, id, mark) {
  for (const el of document.querySelectorAll('.contact .value span')) {
    if (el.kithKey === 'person-' + key) patch(el, h('a', { href: router.addressOf('contacts', id) }, h('bdi', { lang: languageOf(name) }, mark(name))));
  }
}

/* --- notes: ten lines, then "Show all" --- */

function notes(text, mark) {
  return [
    h('p.notes', h('bdi', mark(text))),
    h('button.link-button.notes-all', { hidden: true, onclick: (e) => { e.currentTarget.previousSibling.classList.add('whole'); e.currentTarget.hidden = true; } }, 'Show all'),
  ];
}

/* After drawing: which notes are longer than what is shown of them. */
export function settle(place) {
  for (const p of place.querySelectorAll('.notes')) p.nextSibling.hidden = p.classList.contains('whole') || p.scrollHeight <= p.clientHeight + 1;
}

/* --- where it came from --- */

function badge({ contact, imported_s: imported }) {
  const src = source(contact.source);
  const isFile = contact.source === 'outlook';
  return h('footer.badge', { key: 'badge' }, h('span.tile.tile-small', { 'aria-hidden': 'true' }, src.tile),
    h('div',
      h('p', provider(contact.source) + (isFile ? ', ' : ', account '), h('b', h('bdi', contact.account)), contact.folder && [', folder ', h('bdi', contact.folder.split('/').join(' / '))]),
      imported > 0 && h('p', (isFile ? 'As it was in the file ' : 'As it was there ') + when(imported))));
}
