// "Add Outlook contacts": dropped or chosen files are looked into one by one, then imported together.
import * as api from './api.js';
import * as dialogs from './dialogs.js';
import * as remedy from './remedy.js';
import * as state from './state.js';
import { h, patch } from './dom.js';
import { icon } from './icons.js';
import { button, disabled, iconButton } from './parts.js';
import { polite } from './say.js';
import { contacts, count } from './text.js';

const READ = /\.(pst|ost|csv|vcf|vcard)$/i;
const SHOWN = 50;

// The open dialog: {place, go, close, upload, entries, over, left, mended}. An entry has `found` or `why` when it was looked into.
let open = null;

const unread = (e) => !e.why && e.found === undefined;

export function show(mended, byDrag = false) {
	if (open) return;
	open = { byDrag, place: h('div'), go: h('span'), upload: null, entries: [], over: 0, left: 0, ends: new AbortController(), mended };
	open.close = dialogs.open('Add Outlook contacts', open.place, [dialogs.cancel(), open.go], ended);
	draw();
	open.place.querySelector('button').focus();
}

// By Cancel and Escape; after an import the server has taken the files.
function ended() {
	const { upload, ends } = open;
	open = null;
	ends.abort();
	upload?.then(({ id }) => api.post(`uploads/${id}/cancel`)).catch(() => {});
}

function draw() {
	const { entries, over, left } = open;
	const n = entries.reduce((sum, e) => sum + (e.found || 0), 0);
	const reading = entries.some(unread);
	const pick = (label, props) => {
		const input = h('input', { type: 'file', hidden: true, multiple: true, onchange: () => add([...input.files]), ...props });
		return [button('outlined', label, () => input.click(), { key: label }), input];
	};
	patch(open.place,
		h('div.drop' + (over ? '.over' : ''), icon('files'), h('b', over ? `Let go to add ${over === 1 ? '1 file' : count(over) + ' files'}` : 'Drop files or a folder here'), h('p.small', '.pst, .ost, .csv from Outlook, .vcf'),
			!over && h('div.drop-buttons', pick('Choose files', { accept: '.pst,.ost,.csv,.vcf,.vcard' }), pick('Choose a folder', { webkitdirectory: true }))),
		h('ul', { 'aria-label': 'Files' }, entries.slice(0, SHOWN).map(row)),
		entries.length > SHOWN && h('p.small.soft', `and ${count(entries.length - SHOWN)} more files`), left > 0 && h('p.small.soft', `${count(left)} other ${left === 1 ? 'file' : 'files'} left out`));
	patch(open.go, button('main', n ? 'Import ' + contacts(n) : 'Import', () => { if (n && !reading) send(); }, disabled(!n || reading)));
}

function row(entry) {
	const { file, found, why } = entry;
	return h('li.drop-file', { key: entry.key }, h('span' + (why ? '.bad' : ''), icon(why ? 'stop' : 'file')), h('div', h('p', h('bdi', file.name)), h('p.small' + (why ? '.bad' : '.soft'), why || (found === undefined ? 'Reading' : contacts(found) + ' found'))),
		iconButton('close', 'Leave out ' + file.name, () => leaveOut(entry)));
}

let keys = 0;

// Of a folder only what can hold contacts; what was chosen itself gets an answer.
function add(list) {
	const wanted = list.filter((f) => READ.test(f.name) || !(f.webkitRelativePath || f.kithInside));
	const idle = !open.entries.some(unread);
	open.left += list.length - wanted.length;
	open.entries.push(...wanted.map((file) => ({ key: ++keys, file })));
	draw();
	if (idle) look(open);
}

async function look(mine) {
	const next = () => mine.entries.find(unread);
	for (let entry = next(); entry && open === mine; entry = next()) {
		try {
			mine.upload ||= api.post('uploads');
			Object.assign(entry, await api.sendFile((await mine.upload).id, entry.file, mine.ends.signal));
		} catch (e) {
			if (open !== mine) return;
			entry.why = e.failure?.sentence || 'It cannot be read any more.';
		}
		if (open !== mine) return;
		polite(entry.file.name + ': ' + (entry.why || contacts(entry.found) + ' found'));
		draw();
	}
}

function leaveOut(entry) {
	open.entries = open.entries.filter((e) => e !== entry);
	if (entry.id) open.upload.then(({ id }) => api.post(`uploads/${id}/drop`, { file: entry.id })).catch(() => {});
	draw();
	open.place.querySelector('.drop-file button, button').focus();
}

async function send() {
	const { upload, mended, close } = open;
	const { id } = await upload;
	if (await remedy.attempt(api.post(`uploads/${id}/import`), { kind: 'files', source: 'outlook' })) mended?.();
	close();
}

// --- The whole window takes them ---

const bars = () => !state.get() || state.get().sources.find((s) => s.id === 'outlook')?.in_the_way !== '' || (!open && document.querySelector('dialog[open]'));

function over(event, n) {
	const { items, types } = event.dataTransfer;
	if (!types.includes('Files')) return;
	event.preventDefault(); // else the browser would go to the file
	if (bars()) {
		event.dataTransfer.dropEffect = 'none';
		return;
	}
	if (!open) show(null, true);
	if (open.over === n(items)) return;
	open.over = n(items);
	draw();
}

async function dropped(event) {
	over(event, () => 0);
	if (!open || bars()) return;
	const mine = open;
	const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry() || item.getAsFile()).filter(Boolean);
	const found = await Promise.all(entries.map((entry) => filesOf(entry)));
	if (open === mine) add(found.flat());
}

// Folders are gone through, however deep.
async function filesOf(entry, inside = false) {
	if (entry instanceof File) return [entry];
	if (entry.isFile) {
		const file = await new Promise((done, failed) => { entry.file(done, failed); });
		return [Object.assign(file, { kithInside: inside })];
	}
	const reader = entry.createReader();
	const all = [];
	for (let some; !some || some.length;) {
		some = await new Promise((done, failed) => { reader.readEntries(done, failed); });
		for (const one of some) all.push(...await filesOf(one, true));
	}
	return all;
}

// Dragged away again: a dialog that this opened goes, too.
function away(event) {
	if (event.relatedTarget || !open?.over) return;
	open.over = 0;
	if (open.byDrag && !open.entries.length) open.close();
	else draw();
}

export function start() {
	addEventListener('dragover', (event) => over(event, (items) => items.length));
	addEventListener('dragleave', away);
	addEventListener('drop', dropped);
}
