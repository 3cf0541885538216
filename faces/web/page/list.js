// A list of any length, of which only what can be seen exists. Rows have one height, headings another; the
// content comes from {n, headings: [{text, index}], row(i), need(from, to), typed} (rows.js).
import { h, handled, patch, silent } from './dom.js';
import { drawRow } from './row.js';

const MAX_PX = 12000000; // browsers end near 16 million: above, it is scaled
const BEYOND = 16; // rows outside each edge, for a quick finger
const GREY_AFTER_MS = 150;
const PICTURES_AFTER_MS = 120; // of a place that was jumped to

// {open(id, byKey), leave(), call(row), address(id), move(first)}, before anything is shown.
export const on = {};

const drawn = new Map(); // the li of each index
const rows = h('ul', { 'aria-label': 'Contacts' });
const heads = h('div', silent);
const stuck = h('div.list-stuck', silent);
const canvas = h('div.list-canvas', heads, rows);
const scroller = h('div.list-scroll', { onscroll: scrolled, onkeydown: keys, onclick: clicked }, stuck, canvas);
const probe = h('div.list-probe', silent, h('i'), h('i.probe-head'));
export const element = h('div.list', probe, scroller);

let source = { n: 0, headings: [], row() {}, need() {} };
let opened = 0;
let active = 0; // the tab stop
let wanted = -1; // is to have the focus
let rowPx = 0, headPx = 0, viewPx = 0, shownPx = 0;
let scale = 1;
let top = 0, maxTop = 0; // how far it is and can be scrolled, unscaled
let seen = 0;
let wish = null; // where to, once the heights are known
let frame = 0, greyTimer = 0, picturesTimer = 0;

scroller.addEventListener('focusin', (e) => { active = e.target.closest('li')?.kithIndex ?? active; });
const watcher = new ResizeObserver(measure);
watcher.observe(element);
watcher.observe(probe);

function measure() {
	const [row, head] = [...probe.children].map((el) => el.offsetHeight);
	const place = wish || (row !== rowPx && anchor());
	[rowPx, headPx, viewPx] = [row, head, scroller.clientHeight];
	layout();
	if (row && place) scrollToIndex(place);
	draw();
}

// at: {index, by}: the row at the top and how much of it is cut.
export function show(next, at = null) {
	source = next;
	for (const [i, li] of drawn) forget(i, li);
	active = at ? Math.min(active, source.n) : 0;
	layout();
	scrollToIndex(at || { index: 0, by: -Infinity });
	draw();
}

function layout() {
	const wholePx = source.n * rowPx + source.headings.length * headPx;
	shownPx = Math.min(wholePx, MAX_PX);
	maxTop = Math.max(0, wholePx - viewPx);
	scale = shownPx > viewPx ? maxTop / (shownPx - viewPx) : 1;
	canvas.style.setProperty('--height', shownPx + 'px');
}

export const headingsBefore = (index) => firstFrom(0, source.headings.length, (k) => source.headings[k].index > index);
const rowTop = (index) => index * rowPx + headingsBefore(index) * headPx;
const headTop = (k) => source.headings[k].index * rowPx + k * headPx;
const indexAt = (px) => Math.max(0, firstFrom(0, source.n, (i) => rowTop(i) > px) - 1);

export function indexOf(id) {
	for (const [i, li] of drawn) if (li.kithRow?.id === id) return i;
	return -1;
}

export function anchor() {
	if (!source.n || !rowPx) return null;
	const index = indexAt(top + 1);
	return { index, by: top - rowTop(index) };
}

function scrollTo(px) {
	top = Math.min(Math.max(0, px), maxTop);
	scroller.scrollTop = top / scale;
	seen = scroller.scrollTop;
}

function scrollToIndex({ index, by }) {
	wish = rowPx && viewPx ? null : { index, by };
	if (!wish) scrollTo(rowTop(Math.min(index, Math.max(0, source.n - 1))) + by);
}

export function scrollToHeading(k) {
	waitPictures();
	scrollTo(headTop(k));
	draw();
}

function reveal(index) {
	const at = rowTop(index);
	const room = source.headings.length ? headPx : 0;
	if (at - room < top) scrollTo(at - room);
	else if (at + rowPx > top + viewPx) scrollTo(at + rowPx - viewPx);
}

// Also where it is scaled a wheel moves rows, not pages; a long way goes to the same share of the list.
function scrolled() {
	waitPictures();
	const now = scroller.scrollTop;
	const by = now - seen;
	const isEnd = now <= 0 || now >= shownPx - viewPx - 1;
	seen = now;
	top = scale === 1 || isEnd || Math.abs(by) > viewPx * 1.5 ? now * scale : Math.min(Math.max(0, top + by), maxTop);
	frame ||= requestAnimationFrame(() => { frame = 0; draw(); });
}

// Rows that come into view while this waits get theirs afterwards: who only passes asks for none.
function waitPictures() {
	picturesTimer ||= setTimeout(() => { picturesTimer = 0; draw(); }, PICTURES_AFTER_MS);
}

function draw() {
	if (!rowPx || !viewPx) return;
	const first = indexAt(top);
	const from = Math.max(0, first - BEYOND);
	const to = Math.min(source.n, first + Math.ceil(viewPx / rowPx) + BEYOND);
	const held = focusedIndex(); // the row with the focus stays
	source.need(from, to);
	for (const [i, li] of drawn) if ((i < from || i >= to) && i !== held) forget(i, li);
	let waits = false;
	let fresh = false;
	for (let i = from; i < to; i++) {
		fresh = !drawn.has(i) || fresh;
		waits = !drawRowAt(i) || waits;
	}
	if (held >= 0) drawRowAt(held);
	if (fresh) order();
	drawHeads(first, to);
	tabStop(first);
	waitGrey(waits);
	on.move(first);
}

const y = (px) => px - top + seen + 'px';

function drawRowAt(i) {
	const row = source.row(i);
	const li = drawn.get(i) || h('li.row', { 'aria-posinset': i + 1, 'aria-setsize': source.n });
	const current = row?.id === opened;
	const pictured = li.kithPictured || !picturesTimer;
	if (!li.parentNode) rows.append(li);
	drawn.set(i, li);
	li.style.setProperty('--y', y(rowTop(i)));
	if (!row || li.kithRow !== row || li.kithCurrent !== current || li.kithPictured !== pictured) {
		Object.assign(li, { kithIndex: i, kithRow: row, kithCurrent: current, kithPictured: pictured });
		li.classList.toggle('current', current);
		patch(li, row ? drawRow(row, current, on.address(row.id), source.typed, pictured) : [h('i.grey-face'), h('i.grey-line'), h('i.grey-line.second')]);
	}
	return Boolean(row);
}

function forget(i, li) {
	drawn.delete(i);
	li.remove();
}

// In the list's order; moving the focused one would take its focus.
function order() {
	const sorted = [...drawn].sort(([a], [b]) => a - b).map(([, li]) => li);
	const at = sorted.indexOf(drawn.get(focusedIndex()));
	if (at > 0) sorted[at].before(...sorted.slice(0, at));
	rows.append(...sorted.slice(at + 1));
}

// The one at the top stays until the next pushes it away.
function drawHeads(first, to) {
	const { headings } = source;
	const here = headingsBefore(first) - 1;
	const shown = [];
	for (let k = Math.max(0, here - BEYOND); k < headings.length && headings[k].index < to; k++) shown.push(h('div.list-head', { key: k, vars: { '--y': y(headTop(k)) } }, headings[k].text));
	patch(heads, shown);
	const k = here > 0 && top < headTop(here) ? here - 1 : here;
	stuck.hidden = k < 0 || top <= headTop(k);
	if (stuck.hidden) return;
	stuck.textContent = headings[k].text;
	stuck.style.setProperty('--push', Math.min(0, (k + 1 < headings.length ? headTop(k + 1) : Infinity) - top - headPx) + 'px');
}

function waitGrey(waits) {
	if (waits) greyTimer ||= setTimeout(() => element.classList.add('grey'), GREY_AFTER_MS);
	else {
		clearTimeout(greyTimer);
		greyTimer = 0;
		element.classList.remove('grey');
	}
}

const focusedIndex = () => (rows.contains(document.activeElement) ? document.activeElement.closest('li').kithIndex : -1);
const linkAt = (i) => drawn.get(i)?.querySelector('.row-link');

function tabStop(first) {
	const at = linkAt(active) ? active : first;
	for (const i of drawn.keys()) if (linkAt(i)) linkAt(i).tabIndex = i === at ? 0 : -1;
}

export function focusIndex(index) {
	if (!source.n) return;
	active = Math.min(Math.max(0, index), source.n - 1);
	wanted = active;
	reveal(active);
	refresh();
}

// Perhaps the row that is to have the focus came in.
export function refresh() {
	draw();
	const link = linkAt(wanted);
	if (!link) return;
	wanted = -1;
	link.focus({ preventScroll: true });
}

export function setCurrent(id) {
	opened = id;
	draw();
}

function keys(event) {
	const at = focusedIndex();
	const page = Math.max(1, Math.floor(viewPx / rowPx) - 1);
	const control = event.ctrlKey || event.metaKey;
	const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: source.n - 1 }[event.key];
	if (at < 0) return;
	if (event.key === 'Enter' && control) on.call(source.row(at));
	else if (event.key === 'Escape' || (event.key === 'ArrowUp' && at === 0)) on.leave();
	else if (to !== undefined && !event.altKey && !control) focusIndex(to);
	else return;
	handled(event);
}

function clicked(event) {
	const link = event.target.closest('.row-link');
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
	event.preventDefault();
	const li = link.closest('li');
	active = li.kithIndex;
	on.open(li.kithRow.id, /* byKey= */ event.detail === 0);
}

// The first number of [low, high) from which on is() holds.
function firstFrom(low, high, is) {
	while (low < high) {
		const mid = (low + high) >> 1;
		if (is(mid)) high = mid;
		else low = mid + 1;
	}
	return low;
}
