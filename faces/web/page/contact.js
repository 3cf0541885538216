// The page of one contact: who it is and what can be done; fields.js has the rest.
import * as api from './api.js';
import * as fields from './fields.js';
import * as menu from './menu.js';
import * as router from './router.js';
import { h, own, patch } from './dom.js';
import { icon } from './icons.js';
import { button, menuButton, opensMenu } from './parts.js';
import { avatar, dialable, mailto } from './row.js';
import { copy, toast } from './say.js';

const LONG_NAME = 40;
export const narrow = matchMedia('(width < 38.75em)');

let shown = null;
let asking = new AbortController();

export async function show(place, id, how = {}) {
	asking.abort();
	asking = new AbortController();
	const { signal } = asking;
	try {
		const page = await api.getContact(id, how.typed || '', signal);
		for (const [name, list] of Object.entries(page.words)) page.contact[name].forEach((x, i) => Object.assign(x, list[i]));
		const other = shown?.contact.id !== id;
		shown = page;
		draw(place, page);
		if (other) place.scrollTop = 0;
	} catch (e) {
		if (signal.aborted) return;
		if (!e.failure) throw e;
		shown = null;
		if (e.status === 404) patch(place, gone(e.failure));
	}
	if (how.focus) focusName(place);
}

export function nothing(place, onTheWay) {
	asking.abort();
	shown = null;
	patch(place, h('div.beside-empty', { key: 'nothing' }, onTheWay ? comingWords() : h('p.beside-hint', 'Choose a contact, or type to search')));
}

export const comingWords = () => [h('h2.empty-title', 'Your contacts are on their way'), h('p.empty-text', 'They all appear here at once when the import is complete. You can go on working meanwhile.')];

const heading = () => (narrow.matches ? 'h1' : 'h2'); // at 360 the contact is the page

const gone = (failure) => h('div.beside-empty', { key: 'gone' }, h(heading() + '.empty-title.contact-name', { tabindex: -1 }, failure.title), h('p.empty-text', failure.sentence),
	button('outlined', failure.button || 'Back to My Contacts', () => router.toContacts(router.get().account)));

export const focusName = (place) => place.querySelector('.contact-name')?.focus();

function draw(place, page) {
	patch(place, h('article.contact', { key: 'contact-' + page.contact.id },
		h('div.contact-bar', h('button.back', { onclick: router.backToList, 'aria-label': 'Back to My Contacts' }, icon('back'), 'My Contacts'), more(page)),
		h('header.contact-head', avatar(page.row, 'page'), h('div.contact-who', head(page))),
		h('div.contact-actions', actions(page), more(page)), fields.all(page)));
	fields.settle(place);
}

function head({ contact, row }) {
	const { text } = contact;
	const join = (list, between) => list.map((t, i) => [i > 0 && between, own(t)]);
	const job = [text['job-title'], text.company].filter((t) => t && t !== row.shown);
	const kana = [text['phonetic-family'], text['phonetic-given']].filter(Boolean).join(' ');
	const readings = [...new Set([kana, row.reading])].filter((r) => r && r !== row.shown);
	return [
		h(heading() + '.contact-name' + (row.shown.length > LONG_NAME ? '.long' : ''), { tabindex: -1 }, own(row.shown)),
		readings.length > 0 && h('p.contact-reading', join(readings, ' · ')), row.nameless && h('p.soft', 'No name'),
		job.length > 0 && h('p.soft', join(job, /[\u3040-\u9fff]$/.test(job[0]) ? '、' : ', ')),
	];
}

// [{href or onclick, label, detail}]
function choices({ contact }) {
	const emails = contact.emails.map((e) => ({ label: e.address, detail: e.label }));
	const all = [...contact.phones.map((p) => ({ label: p.raw, detail: p.label })), ...emails];
	return {
		Call: fields.numbers(contact).map((n) => ({ label: n.shown, detail: n.label, href: n.href })),
		Write: emails.map((e) => ({ ...e, href: mailto(e.label) })),
		Copy: all.map((c) => ({ ...c, onclick: () => copy(c.label, c.label + ' copied') })),
	};
}
const ACTION_ICONS = { Call: 'phone', Write: 'mail', Copy: 'copy' };

// The first is the main one; several numbers are a menu.
function actions(page) {
	return Object.entries(choices(page)).filter(([, list]) => list.length).map(([name, list], i) => button((i ? 'outlined' : 'main') + '.action', [icon(ACTION_ICONS[name]), name], (e) => {
		if (list.length > 1) menu.show(e.currentTarget, name, list);
		else if (list[0].href) follow(list[0].href);
		else list[0].onclick();
	}, { key: name, 'data-action': name, ...(list.length > 1 ? opensMenu : {}) }));
}

function more({ contact, row }) {
	const file = row.shown.replace(/[\\/:*?"<>|]/g, ' ') + '.vcf';
	return menuButton('More', () => [
		{ label: 'Copy as vCard', icon: 'copy', onclick: async () => copy(await api.get(`contacts/${contact.id}/vcard`)) },
		{ label: 'Save as vCard', icon: 'file', href: api.vcardAddress(contact.id), download: file, onclick: () => toast('Saved ' + file) },
		{ label: 'Show in Linked Accounts', icon: 'link', onclick: () => router.toPage('accounts') },
	], { key: 'more', class: 'icon-button contact-more' });
}

function follow(href) {
	const a = h('a.unseen', { href });
	document.body.append(a);
	a.click();
	a.remove();
}

export function callRow(row) {
	const number = row.phone_e164 || dialable(row.phone);
	if (number) follow('tel:' + number);
}

export function key(place, which) {
	const phone = shown?.contact.phones[0];
	const target = which === 'y' ? null : place.querySelector('[data-action=' + (which === 'c' ? 'Call' : 'Write') + ']');
	if (which === 'y' && phone) copy(phone.raw, phone.raw + ' copied');
	target?.click();
	return Boolean(target || (which === 'y' && phone));
}
