// Settings: where contacts come from, how they are imported.
import * as api from './api.js';
import * as dialogs from './dialogs.js';
import * as menu from './menu.js';
import * as remedy from './remedy.js';
import * as router from './router.js';
import * as state from './state.js';
import { byId, h, own, silent } from './dom.js';
import { signInButton } from './empty.js';
import { icon } from './icons.js';
import { button, opensMenu, tile } from './parts.js';
import { count, quoted } from './text.js';
import { toast } from './say.js';
import { signedIn } from './words.js';

const MAX_LIMIT = 2147483647;
let limitProblem = '';
let regionList = null;

export const title = 'Settings';

export function draw() {
	const s = state.get();
	if (!byId('limit')) limitProblem = '';
	const waiting = s.signins.some((x) => x.state !== 'failed');
	return h('div.page', { key: 'settings' },
		h('header.page-header', h('h1.page-title', { tabindex: -1 }, h('span.crumb', 'Settings ', h('span', silent, '›'), ' '), 'Contacts'),
			!s.accounts.length && !waiting && h('p.page-line', 'Choose where your contacts are. They are copied to this device and stay on it. kith reads them and never changes them there.')),
		h('ul.group', s.sources.map((src, i) => sourceRow(src, i, s.accounts))),
		!waiting && h('p.page-note', { key: 'ways' }, 'Browser on another machine, or none at all? ', h('button.link-button', { onclick: otherWays, ...opensMenu }, 'Other ways to sign in')),
		h('h2.group-title', 'Importing'), h('div.group', limitRow(s.settings['import.limit']), regionRow(s.settings['import.region']), photosRow(s.settings['import.photos'])),
		h('h2.group-title', 'This device'), h('div.group',
			setting('tokens', 'Sign-ins are kept in ' + (s.device.tokens_in === 'keyring' ? 'the desktop’s keyring' : 'an encrypted file'), 'Contacts are in your own data folder, readable by you alone.'),
			setting('remove', 'Remove everything', 'Signs out everywhere and deletes all contacts from this device.', button('outlined', 'Remove…', dialogs.removeEverything, { 'aria-haspopup': 'dialog' }))),
		h('p.page-foot', 'kith ' + s.version));
}

function otherWays({ currentTarget }) {
	const can = state.get().sources.filter((s) => !s.files && !s.in_the_way);
	menu.show(currentTarget, 'Other ways to sign in', can.flatMap(({ id, title: name, button: label, device_code: code }) => [
		{ label, onclick: () => dialogs.otherWays(id) }, code && { label: `Type a code for ${name} on another device`, onclick: () => dialogs.onDevice(id) }]).filter(Boolean));
}

function sourceRow(src, i, accounts) {
	const mine = accounts.filter((a) => a.source === src.id && a.state !== 'signed-out');
	const barred = src.in_the_way && h('p.barred', { id: 'barred-' + src.id }, icon('lock', 16), h('span', src.barred, own(quoted(src.in_the_way)), ' in ', h('a', { href: '#/accounts' }, 'Linked Accounts'), '.'));
	const more = src.files ? 'Add more files' : 'Add another';
	return h('li.source', { key: src.id, 'data-source': src.id }, tile(src.tile),
		h('div', h('h2', h('b', src.name)), barred || h('p.setting-line', mine.length ? signedIn(mine) : src.line)),
		h('div.source-buttons', signInButton(src, accounts.length || i ? 'outlined' : 'main', mine.length ? more : src.button),
			mine.length > 0 && button('outlined', 'Linked Accounts', () => router.toPage('accounts'), { key: 'accounts' })));
}

function setting(id, name, line, control, more = null, label = h('p.setting-name', name)) {
	return h('div.setting', { key: id }, h('div', label, h('p.setting-line', { id: id + '-line' }, line), more), control);
}

const labelled = (id, name, line, control, more) => setting(id, name, line, control, more, h('label.setting-name', { for: id }, name));

function limitRow(limit) {
	const field = h('input.field.limit', {
		id: 'limit', type: 'text', inputmode: 'numeric', autocomplete: 'off', value: count(limit), 'aria-describedby': 'limit-line limit-problem', 'aria-invalid': limitProblem ? 'true' : null,
		onchange: (e) => saveLimit(e.target), onkeydown: (e) => { if (e.key === 'Enter') e.target.blur(); },
	});
	return labelled('limit', 'Limit for one account', 'Contacts beyond it stay where they are. 0 means no limit.', field, h('p.field-problem', { id: 'limit-problem', role: 'alert' }, limitProblem));
}

async function saveLimit(field) {
	const digits = field.value.replace(/[\s.,’']/g, ''); // as any language groups them
	const n = Number(digits);
	limitProblem = /^\d+$/.test(digits) && n <= MAX_LIMIT ? '' : `A whole number from 0 to ${count(MAX_LIMIT)}.`;
	if (limitProblem || n === state.get().settings['import.limit']) state.tell();
	else save({ 'import.limit': n }, (n ? 'Limit set to ' + count(n) : 'No limit any more') + '. It counts from the next import');
}

// What the server has taken it tells all pages; what it refuses is drawn as it was.
async function save(change, said) {
	if (await remedy.attempt(api.changeSettings(change))) toast(said);
	else state.tell();
}

async function loadRegions() {
	regionList = [];
	const names = new Intl.DisplayNames(undefined, { type: 'region' });
	const { compare } = new Intl.Collator();
	const ids = await remedy.attempt(api.get('regions')) || [];
	regionList = ids.map((id) => ({ id, name: names.of(id) })).sort((a, b) => compare(a.name, b.name));
	state.tell();
}

function regionRow(region) {
	if (!regionList) loadRegions();
	const list = regionList;
	const select = h('select.field.select', { id: 'region', 'aria-describedby': 'region-line', value: region, onchange: ({ target }) => save({ 'import.region': target.value }, 'Region set to ' + target.selectedOptions[0].textContent) },
		!list.some((r) => r.id === region) && h('option', { value: region }, region || 'None'), list.map((r) => h('option', { value: r.id }, r.name)));
	return labelled('region', 'Region for phone numbers', 'Used for numbers written without a country code.', h('span.select-box', select, icon('down', 16)));
}

const photosRow = (on) => labelled('photos', 'Import photos', 'Contact pictures follow once the contacts are here.', h('input.switch', {
	id: 'photos', type: 'checkbox', role: 'switch', checked: on, 'aria-describedby': 'photos-line',
	onchange: ({ target }) => save({ 'import.photos': target.checked }, target.checked ? 'Photos come with the next refresh' : 'No more photos are imported'),
}));
