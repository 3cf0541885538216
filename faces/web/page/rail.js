/* SPDX-License-Identifier: MIT */
/*
 * rail.js - the letters at the edge of the list: one slider that jumps.
 *
 * The letters of the person's own script each, then one sign for each other script
 * that is there. When they get too close, every third letter stands with dots between.
 */
import { h, patch } from './dom.js';

const CLOSEST_PX = 13;
const SCRIPTS = [
  ['Latn', 'A', /\p{Script=Latin}/u], ['Grek', 'Ω', /\p{Script=Greek}/u], ['Cyrl', 'Я', /\p{Script=Cyrillic}/u], ['Armn', 'Հ', /\p{Script=Armenian}/u],
  ['Geor', 'ა', /\p{Script=Georgian}/u], ['Hebr', 'א', /\p{Script=Hebrew}/u], ['Arab', 'ع', /\p{Script=Arabic}/u], ['Deva', 'अ', /\p{Script=Devanagari}/u],
  ['Thai', 'ก', /\p{Script=Thai}/u], ['Kore', '가', /\p{Script=Hangul}/u], ['Jpan', 'あ', /\p{Script=Hiragana}|\p{Script=Katakana}/u], ['Hani', '漢', /\p{Script=Han}/u],
];

export class Rail {
  /* jump(k): the heading number k is wanted at the top. */
  constructor(jump) {
    this.jump = jump;
    this.stops = [];
    this.at = 0;
    this.letters = h('div.rail-letters', { 'aria-hidden': 'true' });
    this.bubble = h('div.rail-bubble', { 'aria-hidden': 'true', hidden: true });
    this.slider = h('div.rail-slider', {
      role: 'slider', tabindex: '0', 'aria-orientation': 'vertical', 'aria-label': 'Jump to letter', 'aria-valuemin': '0', 'aria-valuemax': '0',
      'aria-valuenow': '0', onkeydown: (e) => this.keys(e), onpointerdown: (e) => this.pressed(e), onpointermove: (e) => this.dragged(e),
      onpointerup: () => this.released(), onpointercancel: () => this.released(),
    }, this.letters);
    this.element = h('div.rail', this.slider, this.bubble);
    new ResizeObserver(() => this.draw()).observe(this.slider);
  }

  show(headings) {
    this.stops = stopsOf(headings);
    this.element.hidden = this.stops.length < 2;
    this.slider.setAttribute('aria-valuemax', Math.max(0, this.stops.length - 1));
    this.draw();
  }

  /* The list is at heading k now. */
  setHeading(k) {
    let at = 0;
    this.stops.forEach((stop, i) => { if (stop.heading <= k) at = i; });
    this.value(at);
  }

  value(at) {
    const stop = this.stops[at];
    if (!stop) return;
    this.at = at;
    this.slider.setAttribute('aria-valuenow', at);
    this.slider.setAttribute('aria-valuetext', stop.name);
    for (const el of this.letters.children) el.classList.toggle('here', Number(el.dataset.from) <= at && at <= Number(el.dataset.to));
  }

  draw() {
    const room = this.slider.clientHeight;
    if (!room) return;
    const tight = room / this.stops.length < CLOSEST_PX;
    patch(this.letters, tight ? thinned(this.stops) : this.stops.map((stop, i) => letter(stop.sign, i, i)));
    this.value(this.at);
  }

  keys(event) {
    const last = this.stops.length - 1;
    const to = { ArrowDown: this.at + 1, ArrowRight: this.at + 1, ArrowUp: this.at - 1, ArrowLeft: this.at - 1, PageDown: this.at + 5, PageUp: this.at - 5, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.choose(Math.min(Math.max(0, to), last));
  }

  choose(at) {
    this.jump(this.stops[at].heading);
    this.value(at);
  }

  pressed(event) {
    this.slider.setPointerCapture(event.pointerId);
    this.pressing = true;
    this.toPointer(event);
  }

  dragged(event) {
    if (this.pressing) this.toPointer(event);
  }

  released() {
    this.pressing = false;
    this.bubble.hidden = true;
  }

  toPointer(event) {
    const at = this.stopAt(event.clientY);
    this.bubble.textContent = this.stops[at].sign;
    this.bubble.hidden = false;
    this.bubble.style.setProperty('--y', Math.round(event.clientY - this.element.getBoundingClientRect().top) + 'px');
    if (at !== this.at || !this.started) this.choose(at);
    this.started = true;
  }

  /* A dot stands for two letters: its upper half is the first of them. */
  stopAt(y) {
    const all = [...this.letters.children];
    const el = all.find((l) => y < l.getBoundingClientRect().bottom) || all[all.length - 1];
    const box = el.getBoundingClientRect();
    const [from, to] = [Number(el.dataset.from), Number(el.dataset.to)];
    return Math.min(to, from + Math.floor(Math.max(0, (y - box.top) / box.height) * (to - from + 1)));
  }
}

const letter = (sign, from, to, cls = '') => h('span', { key: from, class: cls, 'data-from': from, 'data-to': to }, sign);

function stopsOf(headings) {
  const own = ownScript();
  const stops = [];
  const others = new Set();
  headings.forEach(({ text }, heading) => {
    const script = SCRIPTS.find(([, , test]) => test.test(text));
    if (!script || script[0] === own) return stops.push({ sign: text, name: text, heading, own: Boolean(script) });
    if (others.has(script[0])) return;
    others.add(script[0]);
    stops.push({ sign: script[1], name: text, heading, own: false });
  });
  return stops;
}

function ownScript() {
  try {
    const { script } = new Intl.Locale(navigator.language).maximize();
    return { Hans: 'Hani', Hant: 'Hani' }[script] || script;
  } catch {
    return 'Latn';
  }
}

/* Every third of the own letters, a dot for the two between; signs of other scripts stay. */
function thinned(stops) {
  const out = [];
  for (let i = 0; i < stops.length;) {
    const two = stops[i].own && i + 2 < stops.length && stops[i + 1].own && stops[i + 2].own;
    out.push(letter(stops[i].sign, i, i));
    if (two) out.push(letter('·', i + 1, i + 2, 'dot'));
    i += two ? 3 : 1;
  }
  return out;
}
