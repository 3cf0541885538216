// What is known about a contact. A line is {label, value, tools, copy: {text, said}}; a held finger copies it.
import * as router from './router.js';
import { copy } from './say.js';
import { h, own, patch } from './dom.js';
import { icon } from './icons.js';
import { iconButton, tile } from './parts.js';
import { dialable, mailto, marked } from './row.js';
import { provider, source } from './words.js';

const NOT_CALLED = ['work-fax', 'home-fax', 'other-fax', 'telex', 'pager'];
const HOLD_MS = 500;

function tel(p) {
	const number = p.e164 ? p.e164 + (p.extension && ';ext=' + p.extension) : dialable(p.raw);
	return number && !NOT_CALLED.includes(p.kind) ? 'tel:' + number : '';
}

export const numbers = (contact) => contact.phones.map((p) => ({ href: tel(p), shown: p.raw, label: p.label })).filter((n) => n.href);

export function all(page) {
	const { contact } = page;
	const marks = new Map(page.marks.map((m) => [m.text, m.marks]));
	const mark = (text) => marked(text, marks.get(text));
	const phones = contact.phones.map((p) => phoneLine(p, mark));
	const emails = contact.emails.map((e) => emailLine(e, mark));
	const reach = phones.length > 1 || emails.length > 1 ? [phones, emails] : [[...phones, ...emails]];
	const groups = [
		...reach, items(contact, 'chat').map((c) => copyLine(c.label, c.value, own(c.value, mark(c.value)))),
		contact.addresses.map((a) => addressLine(a, mark)), items(contact, 'web').map((w) => webLine(w, mark)), about(contact, page.people, mark),
	];
	const more = rest(page, mark);
	return [
		groups.filter((lines) => lines.length).map((lines, i) => group('group-' + i, lines)),
		more.length > 0 && h('details.more-fields', { key: 'more-fields' }, h('summary', icon('right'), 'More fields'), group('rest', more)),
		contact.partial && group('partial', [{ label: 'Imported', value: h('span.in-part', icon('alert', 16), 'Only in part: something in it could not be read') }]), badge(page),
	];
}

const items = (contact, kind) => contact.items.filter((i) => i.kind === kind && i.value);
const group = (key, lines) => h('dl.fields', { key }, lines.map(drawLine));

function drawLine({ label, value, tools, copy: copied }) {
	return h('div.line', copied ? hold(copied) : {}, h('dt', h('bdi', label)), h('dd', h('div.value', value), tools && h('div.tools', tools)));
}

// first: a tool before the one that copies; what: the line's name.
function copyLine(label, text, value, first = null, said = 'Copied', what = label + ', ' + text) {
	return { label, value, copy: { text, said }, tools: [first, iconButton('copy', 'Copy ' + what, () => copy(text, said))] };
}

const textLine = (label, text, mark) => ({ label, value: own(text, mark(text)) });

function hold({ text, said }) {
	let timer = 0;
	const stop = () => clearTimeout(timer);
	const finger = (e) => e.pointerType === 'touch';
	return {
		onpointerdown: (e) => { if (finger(e)) timer = setTimeout(() => copy(text, said), HOLD_MS); }, onpointerup: stop, onpointercancel: stop,
		onpointermove: (e) => { if (Math.abs(e.movementX) + Math.abs(e.movementY) > 4) stop(); }, oncontextmenu: (e) => { if (finger(e)) e.preventDefault(); },
	};
}

function phoneLine(p, mark) {
	const { label } = p;
	const href = tel(p);
	const number = h('bdi', { dir: 'ltr' }, mark(p.raw));
	const value = [href ? h('a.number', { href }, number) : h('span.number', number), p.kind === 'primary' && h('span.chip.small', 'preferred')];
	return copyLine(label, p.raw, value, href && iconButton('phone', `Call ${label}, ${p.raw}`, null, { href }), p.raw + ' copied');
}

function emailLine(e, mark) {
	const { label } = e;
	const href = mailto(e.address);
	return copyLine(label, e.address, h('a', { href, dir: 'ltr' }, h('bdi', breakable(mark(e.address)))), iconButton('mail', `Write to ${label}, ${e.address}`, null, { href }), e.address + ' copied');
}

// A long address may break after a dot, an at sign or a hyphen.
const breakable = (nodes) => nodes.flatMap((node) => (typeof node === 'string' ? node.split(/(?<=[.@-])/).flatMap((s, i) => (i ? [h('wbr'), s] : s)) : node));

const addressLine = ({ label, lines }, mark) => copyLine(label, lines.join('\n'), h('address', lines.map((l) => h('span.address-line', own(l, mark(l))))), null, 'Copied', label);

function webLine(w, mark) {
	const href = /^https?:\/\//i.test(w.value) ? w.value : /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(w.value) && 'https://' + w.value;
	const value = h('bdi', { dir: 'ltr' }, breakable(mark(w.value)));
	return copyLine(w.label, w.value, href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, value) : value);
}

function about(contact, people, mark) {
	const { text } = contact;
	const line = (label, value) => value && textLine(label, value, mark);
	const chips = items(contact, 'category');
	return [
		...contact.dates.filter((d) => d.kind === 'birthday').map(dateLine),
		...['Manager', 'Assistant', 'Spouse'].map((label) => text[label.toLowerCase()] && person(label, text[label.toLowerCase()], people[label.toLowerCase()], mark)),
		line('Company', text.company), line('Department', text.department),
		text.notes && { label: 'Notes', value: notes(text.notes, mark), copy: { text: text.notes } },
		chips.length && { label: 'Categories', value: h('ul.chips', chips.map((c) => h('li.chip', own(c.value)))) },
	].filter(Boolean);
}

const dateLine = (d) => ({ label: d.label, value: d.text });

const rest = ({ contact, texts }, mark) => [
	...texts.map((t) => textLine(t.label, t.text, mark)), ...contact.dates.filter((d) => d.kind !== 'birthday').map(dateLine),
	...['child', 'extra'].flatMap((kind) => items(contact, kind).map((i) => textLine(i.label, i.value, mark))),
];

const person = (label, name, id, mark) => ({ label, value: id ? h('a', { href: router.addressOf(id) }, own(name, mark(name))) : own(name, mark(name)) });

const notes = (text, mark) => [
	h('p.notes', own(text, mark(text))),
	h('button.link-button', { hidden: true, onclick: ({ currentTarget: b }) => { b.previousSibling.classList.add('whole'); b.hidden = true; } }, 'Show all'),
];

export function settle(place) {
	for (const p of place.querySelectorAll('.notes')) p.nextSibling.hidden = p.classList.contains('whole') || p.scrollHeight <= p.clientHeight + 1;
}

function badge({ contact, imported }) {
	const folder = contact.folder && [', folder ', own(contact.folder.split('/').join(' / '))];
	return h('footer.badge', { key: 'badge' }, tile(source(contact.source).tile, '.tile-small'),
		h('div', h('p', provider(contact.source) + ', account ', h('b', own(contact.account)), folder), imported && h('p', 'As it was there ' + imported)));
}
