/* SPDX-License-Identifier: MIT */
/*
 * list.js - a list of any length, of which only what can be seen exists.
 *
 * Rows have one height, headings another, so the place of each is arithmetic. Some
 * sixty row elements are used again and again over the real scroll height; a source
 * (rows.js) gives the content and fetches what is missing. Above MAX_PX the scroll
 * height is scaled, because browsers end near 16 million pixels.
 *
 * source: {n, headings: [{text, index}], row(i) -> row or undefined, need(from, to)}
 */
import { h, patch } from './dom.js';
import { drawRow } from './row.js';

const MAX_PX = 12000000;
const SPARE = 16; /* rows drawn beyond each edge, so that a quick finger meets no gap */
const GREY_AFTER_MS = 150;

export class List {
  /* on: {open(id, {key}), leave(), call(row)}; address(id) -> href. */
  constructor(on) {
    this.on = on;
    this.source = { n: 0, headings: [], row: () => undefined, need: () => {} };
    this.current = 0; /* id of the open contact */
    this.active = 0; /* index of the one tab stop */
    this.top = 0; /* how far the list is scrolled, in its own unscaled pixels */
    this.seen = 0; /* scrollTop when it was last looked at */
    this.drawn = new Map(); /* index: li */
    this.spare = [];
    this.grey = false;
    this.build();
  }

  build() {
    this.rows = h('ul.list-rows', { 'aria-label': 'Contacts' });
    this.heads = h('div.list-heads', { 'aria-hidden': 'true' });
    this.canvas = h('div.list-canvas', this.heads, this.rows);
    this.stuck = h('div.list-stuck', { 'aria-hidden': 'true' });
    this.scroller = h('div.list-scroll', { onscroll: () => this.scrolled(), onkeydown: (e) => this.keys(e), onfocusin: (e) => this.focused(e), onclick: (e) => this.clicked(e) }, this.stuck, this.canvas);
    this.probe = h('div.list-probe', { 'aria-hidden': 'true' }, h('i.probe-row'), h('i.probe-head'));
    this.element = h('div.list', this.probe, this.scroller);
    new ResizeObserver(() => this.measure()).observe(this.element);
    new ResizeObserver(() => this.measure()).observe(this.probe);
  }

  /* The person's text size decides the heights; they are read, not known. */
  measure() {
    const [row, head] = this.probe.children;
    const anchor = this.anchor();
    const changed = row.offsetHeight !== this.rowPx || head.offsetHeight !== this.headPx;
    this.rowPx = row.offsetHeight;
    this.headPx = head.offsetHeight;
    this.viewPx = this.scroller.clientHeight;
    if (!this.rowPx) return;
    this.layout();
    if (changed && anchor) this.scrollToIndex(anchor.index, anchor.by);
    this.draw();
  }

  /* Show another source. keep: index to have at the top afterwards and by how many pixels, null for the beginning. */
  show(source, keep = null) {
    this.source = source;
    for (const [i, li] of this.drawn) this.recycle(i, li);
    this.active = keep ? Math.min(this.active, Math.max(0, source.n - 1)) : 0;
    this.layout();
    if (keep) this.scrollToIndex(keep.index, keep.by);
    else this.scrollTo(0);
    this.draw();
  }

  layout() {
    const headings = this.source.headings.length;
    this.wholePx = this.source.n * (this.rowPx || 0) + headings * (this.headPx || 0);
    this.shownPx = Math.min(this.wholePx, MAX_PX);
    this.canvas.style.setProperty('--height', this.shownPx + 'px');
  }

  /* --- where things are --- */

  headingsBefore(index) {
    const heads = this.source.headings;
    let low = 0;
    let high = heads.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (heads[mid].index <= index) low = mid + 1;
      else high = mid;
    }
    return low;
  }

  rowTop(index) {
    return index * this.rowPx + this.headingsBefore(index) * this.headPx;
  }

  headTop(k) {
    return this.source.headings[k].index * this.rowPx + k * this.headPx;
  }

  /* The row at this distance from the top. */
  indexAt(px) {
    let low = 0;
    let high = Math.max(0, this.source.n - 1);
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if (this.rowTop(mid) <= px) low = mid;
      else high = mid - 1;
    }
    return low;
  }

  maxTop() {
    return Math.max(0, this.wholePx - (this.viewPx || 0));
  }

  scale() {
    const max = this.shownPx - (this.viewPx || 0);
    return max > 0 ? this.maxTop() / max : 1;
  }

  /* The row that the eye has at the top, and how far it is cut; null in an empty list. */
  anchor() {
    if (!this.source.n || !this.rowPx) return null;
    const index = this.indexAt(this.top + 1);
    return { index, by: this.top - this.rowTop(index) };
  }

  scrollTo(px) {
    this.top = Math.min(Math.max(0, px), this.maxTop());
    this.scroller.scrollTop = this.top / this.scale();
    this.seen = this.scroller.scrollTop;
  }

  scrollToIndex(index, by = 0) {
    if (!this.rowPx) return;
    this.scrollTo(this.rowTop(Math.min(index, Math.max(0, this.source.n - 1))) + by);
  }

  /* A letter: its heading at the top. */
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

  /*
   * A short way is taken pixel by pixel also where the height is scaled, so that a
   * wheel moves rows and not pages; a long one goes to the same share of the list.
   */
  scrolled() {
    const now = this.scroller.scrollTop;
    const by = now - this.seen;
    this.seen = now;
    const scale = this.scale();
    if (scale === 1) this.top = now;
    else if (now <= 0) this.top = 0;
    else if (now >= this.shownPx - this.viewPx - 1) this.top = this.maxTop();
    else this.top = Math.abs(by) < this.viewPx * 1.5 ? Math.min(Math.max(0, this.top + by), this.maxTop()) : now * scale;
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.draw(); });
  }

  /* --- drawing --- */

  draw() {
    if (!this.rowPx || !this.viewPx) return;
    const { n } = this.source;
    const first = n ? this.indexAt(this.top) : 0;
    const from = Math.max(0, first - SPARE);
    const to = Math.min(n, first + Math.ceil(this.viewPx / this.rowPx) + 1 + SPARE);
    const held = this.focusedIndex();
    for (const [i, li] of this.drawn) if ((i < from || i >= to) && i !== held) this.recycle(i, li);
    this.source.need(from, to);
    for (let i = from; i < to; i++) this.place(i);
    if (held >= 0 && held < n) this.place(held);
    this.order();
    this.drawHeads(from, to);
    this.drawStuck(first);
    this.tabStop(first);
    this.waitGrey(from, to);
    if (this.onMove) this.onMove(first);
  }

  place(i) {
    const row = this.source.row(i);
    let li = this.drawn.get(i);
    if (!li) {
      li = this.spare.pop() || h('li.row');
      this.drawn.set(i, li);
      li.kithRow = null;
      this.rows.appendChild(li);
      this.fresh = true;
    }
    li.style.setProperty('--y', this.rowTop(i) - this.top + this.seen + 'px');
    li.kithIndex = i;
    const current = Boolean(row) && row.id === this.current;
    if (li.kithRow === row && li.kithCurrent === current && li.kithN === this.source.n && row) return;
    li.kithRow = row || null;
    li.kithCurrent = current;
    li.kithN = this.source.n;
    li.setAttribute('aria-posinset', i + 1);
    li.setAttribute('aria-setsize', this.source.n);
    li.classList.toggle('current', current);
    patch(li, row ? drawRow(row, current, this.on.address(row.id), this.source.typed) : GREY());
  }

  recycle(i, li) {
    this.drawn.delete(i);
    li.remove();
    if (this.spare.length < 80) this.spare.push(li);
  }

  /* Readers meet the rows in the list's order; the elements are moved only when new ones came. */
  order() {
    if (!this.fresh) return;
    this.fresh = false;
    const sorted = [...this.drawn].sort(([a], [b]) => a - b).map(([, li]) => li);
    const focused = this.rows.contains(document.activeElement) ? document.activeElement.closest('li') : null;
    const split = sorted.indexOf(focused); /* moving the focused one would take the focus away */
    if (split < 0) return this.rows.append(...sorted);
    for (const li of sorted.slice(0, split)) this.rows.insertBefore(li, focused);
    this.rows.append(...sorted.slice(split + 1));
  }

  drawHeads(from, to) {
    const heads = this.source.headings;
    const shown = [];
    for (let k = Math.max(0, this.headingsBefore(from) - 1); k < heads.length && heads[k].index < to; k++) {
      shown.push(h('div.list-head', { key: k, vars: { '--y': this.headTop(k) - this.top + this.seen + 'px' } }, heads[k].text));
    }
    patch(this.heads, shown);
  }

  /* The letter of the first row stays at the top until the next one pushes it away. */
  drawStuck(first) {
    const heads = this.source.headings;
    const k = this.headingsBefore(first) - 1;
    const shown = heads.length > 0 && (k > 0 || (k === 0 && this.top > this.headTop(0)));
    this.stuck.hidden = !shown;
    if (!shown) return;
    const at = this.top >= this.headTop(k) || k === 0 ? k : k - 1;
    this.stuck.textContent = heads[at].text;
    const next = at + 1 < heads.length ? this.headTop(at + 1) - this.top : Infinity;
    this.stuck.style.setProperty('--push', Math.min(0, next - this.headPx) + 'px');
  }

  /* Grey bars only for those who really wait. */
  waitGrey(from, to) {
    const complete = this.complete(from, to);
    if (complete) {
      clearTimeout(this.greyTimer);
      this.greyTimer = 0;
      this.element.classList.remove('grey');
    } else if (!this.greyTimer) {
      this.greyTimer = setTimeout(() => this.element.classList.add('grey'), GREY_AFTER_MS);
    }
  }

  complete(from, to) {
    for (let i = from; i < to; i++) if (!this.source.row(i)) return false;
    return true;
  }

  /* --- one tab stop, moved by the arrows --- */

  focusedIndex() {
    const li = this.rows.contains(document.activeElement) ? document.activeElement.closest('li') : null;
    return li ? li.kithIndex : -1;
  }

  tabStop(first) {
    const at = this.drawn.has(this.active) && this.active >= first - 1 ? this.active : Math.max(first, this.focusedIndex());
    for (const [i, li] of this.drawn) {
      const link = li.querySelector('.row-link');
      if (link) link.tabIndex = i === at ? 0 : -1;
    }
  }

  focused(event) {
    const li = event.target.closest('li');
    if (li) this.active = li.kithIndex;
  }

  focusIndex(index) {
    if (!this.source.n) return;
    const i = Math.min(Math.max(0, index), this.source.n - 1);
    this.active = i;
    this.reveal(i);
    this.draw();
    const link = this.linkAt(i);
    if (link) return link.focus({ preventScroll: true });
    this.wanted = i; /* its rows are on their way */
  }

  linkAt(i) {
    const li = this.drawn.get(i);
    return li ? li.querySelector('.row-link') : null;
  }

  /* New rows came in. */
  refresh() {
    this.draw();
    const link = this.wanted >= 0 ? this.linkAt(this.wanted) : null;
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
    if (at < 0) return;
    const page = Math.max(1, Math.floor(this.viewPx / this.rowPx) - 1);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.source.n - 1 }[event.key];
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      const row = this.source.row(at);
      if (row) this.on.call(row);
    } else if (event.key === 'Escape' || (event.key === 'ArrowUp' && at === 0)) {
      this.on.leave();
    } else if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      this.focusIndex(to);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  clicked(event) {
    const link = event.target.closest('.row-link');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const li = link.closest('li');
    this.active = li.kithIndex;
    this.on.open(li.kithRow.id, { key: event.detail === 0 });
  }
}

const GREY = () => [h('span.grey-face'), h('span.grey-line'), h('span.grey-line.second')];
