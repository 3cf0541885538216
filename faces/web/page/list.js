// A list of any length, of which only what can be seen exists. Rows have one height, headings another; the
// content comes from {n, headings: [{text, index}], row(i), need(from, to), typed} (rows.js).
import { h, handled, patch, silent } from './dom.js';
import { drawRow } from './row.js';

const MAX_PX = 12000000; // browsers end near 16 million: above, it is scaled
const BEYOND = 16; // rows outside each edge, for a quick finger
const GREY_AFTER_MS = 150;
const FIRST_ROWS = 'first-rows'; // for whoever measures

export class List {
	// on: {open(id, byKey), leave(), call(row), address(id)}
	constructor(on) {
		Object.assign(this, { on, source: { n: 0, headings: [], row() {}, need() {} }, current: 0, wanted: -1, rowPx: 0, viewPx: 0, onMove() {} });
		this.active = 0;
		this.top = 0; // how far it is scrolled, unscaled
		this.seen = 0;
		this.drawn = new Map();
		this.rows = h('ul', { 'aria-label': 'Contacts' });
		this.heads = h('div', silent);
		this.stuck = h('div.list-stuck', silent);
		this.canvas = h('div.list-canvas', this.heads, this.rows);
		this.scroller = h('div.list-scroll', { onscroll: () => this.scrolled(), onkeydown: (e) => this.keys(e), onclick: (e) => this.clicked(e) }, this.stuck, this.canvas);
		this.scroller.addEventListener('focusin', (e) => { this.active = e.target.closest('li')?.kithIndex ?? this.active; });
		this.probe = h('div.list-probe', silent, h('i'), h('i.probe-head'));
		this.element = h('div.list', this.probe, this.scroller);
		const watcher = new ResizeObserver(() => this.measure());
		watcher.observe(this.element);
		watcher.observe(this.probe);
	}

	measure() {
		const [row, head] = [...this.probe.children].map((el) => el.offsetHeight);
		const anchor = this.wish || (row !== this.rowPx && this.anchor());
		Object.assign(this, { rowPx: row, headPx: head, viewPx: this.scroller.clientHeight });
		this.layout();
		if (row && anchor) this.scrollToIndex(anchor);
		this.draw();
	}

	// at: {index, by}: the row at the top and how much of it is cut.
	show(source, at = null) {
		this.source = source;
		for (const [i, li] of this.drawn) this.forget(i, li);
		this.active = at ? Math.min(this.active, source.n) : 0;
		this.layout();
		this.scrollToIndex(at || { index: 0, by: -Infinity });
		this.draw();
	}

	layout() {
		this.wholePx = this.source.n * this.rowPx + this.source.headings.length * this.headPx;
		this.shownPx = Math.min(this.wholePx, MAX_PX);
		this.maxTop = Math.max(0, this.wholePx - this.viewPx);
		this.scale = this.shownPx > this.viewPx ? this.maxTop / (this.shownPx - this.viewPx) : 1;
		this.canvas.style.setProperty('--height', this.shownPx + 'px');
	}

	headingsBefore(index) {
		const heads = this.source.headings;
		return firstFrom(0, heads.length, (k) => heads[k].index > index);
	}

	rowTop(index) {
		return index * this.rowPx + this.headingsBefore(index) * this.headPx;
	}

	headTop(k) {
		return this.source.headings[k].index * this.rowPx + k * this.headPx;
	}

	indexAt(px) {
		return Math.max(0, firstFrom(0, this.source.n, (i) => this.rowTop(i) > px) - 1);
	}

	indexOf(id) {
		for (const [i, li] of this.drawn) if (li.kithRow?.id === id) return i;
		return -1;
	}

	anchor() {
		if (!this.source.n || !this.rowPx) return null;
		const index = this.indexAt(this.top + 1);
		return { index, by: this.top - this.rowTop(index) };
	}

	scrollTo(px) {
		this.top = Math.min(Math.max(0, px), this.maxTop);
		this.scroller.scrollTop = this.top / this.scale;
		this.seen = this.scroller.scrollTop;
	}

	scrollToIndex({ index, by }) {
		this.wish = this.rowPx && this.viewPx ? null : { index, by };
		if (!this.wish) this.scrollTo(this.rowTop(Math.min(index, Math.max(0, this.source.n - 1))) + by);
	}

	scrollToHeading(k) {
		this.scrollTo(this.headTop(k));
		this.draw();
	}

	reveal(index) {
		const at = this.rowTop(index);
		const room = this.source.headings.length ? this.headPx : 0;
		if (at - room < this.top) this.scrollTo(at - room);
		else if (at + this.rowPx > this.top + this.viewPx) this.scrollTo(at + this.rowPx - this.viewPx);
	}

	// Also where it is scaled a wheel moves rows, not pages; a long way goes to the same share of the list.
	scrolled() {
		const now = this.scroller.scrollTop;
		const by = now - this.seen;
		const isEnd = now <= 0 || now >= this.shownPx - this.viewPx - 1;
		this.seen = now;
		this.top = this.scale === 1 || isEnd || Math.abs(by) > this.viewPx * 1.5 ? now * this.scale : Math.min(Math.max(0, this.top + by), this.maxTop);
		this.frame ||= requestAnimationFrame(() => { this.frame = 0; this.draw(); });
	}

	draw() {
		if (!this.rowPx || !this.viewPx) return;
		const first = this.indexAt(this.top);
		const from = Math.max(0, first - BEYOND);
		const to = Math.min(this.source.n, first + Math.ceil(this.viewPx / this.rowPx) + BEYOND);
		const held = this.focusedIndex(); // the row with the focus stays
		this.source.need(from, to);
		for (const [i, li] of this.drawn) if ((i < from || i >= to) && i !== held) this.forget(i, li);
		let waits = false;
		let fresh = false;
		for (let i = from; i < to; i++) {
			fresh = !this.drawn.has(i) || fresh;
			waits = !this.drawRowAt(i) || waits;
		}
		if (held >= 0) this.drawRowAt(held);
		if (fresh) this.order();
		this.drawHeads(first, to);
		if (!waits && to > from && !performance.getEntriesByName(FIRST_ROWS).length) performance.mark(FIRST_ROWS);
		this.tabStop(first);
		this.waitGrey(waits);
		this.onMove(first);
	}

	y(px) {
		return px - this.top + this.seen + 'px';
	}

	drawRowAt(i) {
		const row = this.source.row(i);
		const li = this.drawn.get(i) || h('li.row', { 'aria-posinset': i + 1, 'aria-setsize': this.source.n });
		const current = row?.id === this.current;
		if (!li.parentNode) this.rows.append(li);
		this.drawn.set(i, li);
		li.style.setProperty('--y', this.y(this.rowTop(i)));
		if (!row || li.kithRow !== row || li.kithCurrent !== current) {
			Object.assign(li, { kithIndex: i, kithRow: row, kithCurrent: current });
			li.classList.toggle('current', current);
			patch(li, row ? drawRow(row, current, this.on.address(row.id), this.source.typed) : [h('i.grey-face'), h('i.grey-line'), h('i.grey-line.second')]);
		}
		return Boolean(row);
	}

	forget(i, li) {
		this.drawn.delete(i);
		li.remove();
	}

	// In the list's order; moving the focused one would take its focus.
	order() {
		const sorted = [...this.drawn].sort(([a], [b]) => a - b).map(([, li]) => li);
		const at = sorted.indexOf(this.drawn.get(this.focusedIndex()));
		if (at > 0) sorted[at].before(...sorted.slice(0, at));
		this.rows.append(...sorted.slice(at + 1));
	}

	// The one at the top stays until the next pushes it away.
	drawHeads(first, to) {
		const heads = this.source.headings;
		const here = this.headingsBefore(first) - 1;
		const shown = [];
		for (let k = Math.max(0, here - BEYOND); k < heads.length && heads[k].index < to; k++) shown.push(h('div.list-head', { key: k, vars: { '--y': this.y(this.headTop(k)) } }, heads[k].text));
		patch(this.heads, shown);
		const k = here > 0 && this.top < this.headTop(here) ? here - 1 : here;
		this.stuck.hidden = k < 0 || this.top <= this.headTop(k);
		if (this.stuck.hidden) return;
		this.stuck.textContent = heads[k].text;
		this.stuck.style.setProperty('--push', Math.min(0, (k + 1 < heads.length ? this.headTop(k + 1) : Infinity) - this.top - this.headPx) + 'px');
	}

	waitGrey(waits) {
		if (waits) this.greyTimer ||= setTimeout(() => this.element.classList.add('grey'), GREY_AFTER_MS);
		else {
			clearTimeout(this.greyTimer);
			this.greyTimer = 0;
			this.element.classList.remove('grey');
		}
	}

	focusedIndex() {
		return this.rows.contains(document.activeElement) ? document.activeElement.closest('li').kithIndex : -1;
	}

	linkAt(i) {
		return this.drawn.get(i)?.querySelector('.row-link');
	}

	tabStop(first) {
		const at = this.linkAt(this.active) ? this.active : first;
		for (const i of this.drawn.keys()) if (this.linkAt(i)) this.linkAt(i).tabIndex = i === at ? 0 : -1;
	}

	focusIndex(index) {
		if (!this.source.n) return;
		this.active = Math.min(Math.max(0, index), this.source.n - 1);
		this.wanted = this.active;
		this.reveal(this.active);
		this.refresh();
	}

	// Perhaps the row that is to have the focus came in.
	refresh() {
		this.draw();
		const link = this.linkAt(this.wanted);
		if (!link) return;
		this.wanted = -1;
		link.focus({ preventScroll: true });
	}

	setCurrent(id) {
		this.current = id;
		this.draw();
	}

	keys(event) {
		const at = this.focusedIndex();
		const page = Math.max(1, Math.floor(this.viewPx / this.rowPx) - 1);
		const control = event.ctrlKey || event.metaKey;
		const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.source.n - 1 }[event.key];
		if (at < 0) return;
		if (event.key === 'Enter' && control) this.on.call(this.source.row(at));
		else if (event.key === 'Escape' || (event.key === 'ArrowUp' && at === 0)) this.on.leave();
		else if (to !== undefined && !event.altKey && !control) this.focusIndex(to);
		else return;
		handled(event);
	}

	clicked(event) {
		const link = event.target.closest('.row-link');
		if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		const li = link.closest('li');
		this.active = li.kithIndex;
		this.on.open(li.kithRow.id, /* byKey= */ event.detail === 0);
	}
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
