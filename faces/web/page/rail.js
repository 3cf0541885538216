// The letters at the edge of the list: those of the own script, one sign for each other script.
import { h, handled, patch, silent } from './dom.js';
import { ownSign, signOf } from './text.js';

const CLOSEST_PX = 13;
const letters = h('div.rail-letters', silent);
const bubble = h('div.rail-bubble', { ...silent, hidden: true });
const slider = h('div.rail-slider', {
	role: 'slider', tabindex: 0, 'aria-orientation': 'vertical', 'aria-label': 'Jump to letter', 'aria-valuemax': 0, 'aria-valuenow': 0,
	onkeydown: keys, onpointerdown: press, onpointermove: (e) => { if (!bubble.hidden) follow(e); }, onpointerup: release, onpointercancel: release,
}, letters);
export const element = h('div.rail', slider, bubble);
export const on = {}; // {jump(heading)}

let stops = [];
let at = 0;

new ResizeObserver(draw).observe(slider);

export function show(headings) {
	stops = stopsOf(headings);
	element.hidden = stops.length < 2;
	slider.setAttribute('aria-valuemax', Math.max(0, stops.length - 1));
	draw();
}

function draw() {
	const tight = slider.clientHeight / stops.length < CLOSEST_PX;
	patch(letters, tight ? thinned() : stops.map((stop, i) => letter(stop.sign, i)));
	setStop(at);
}

export const setHeading = (k) => setStop(Math.max(0, stops.findLastIndex((stop) => stop.heading <= k)));

function setStop(to) {
	at = to;
	slider.setAttribute('aria-valuenow', at);
	slider.setAttribute('aria-valuetext', stops[at]?.name || '');
	for (const el of letters.children) el.classList.toggle('here', Number(el.dataset.from) <= at && at <= Number(el.dataset.to));
}

function choose(to) {
	on.jump(stops[to].heading);
	setStop(to);
}

function keys(event) {
	const last = stops.length - 1;
	const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, PageDown: at + 5, PageUp: at - 5, Home: 0, End: last }[event.key];
	if (to === undefined) return;
	handled(event);
	choose(Math.min(Math.max(0, to), last));
}

function press(event) {
	slider.setPointerCapture(event.pointerId);
	follow(event);
}

function release() {
	bubble.hidden = true;
}

// The letter under the pointer; a dot's upper half is the first of its two.
function follow({ clientY: y }) {
	const all = [...letters.children];
	const el = all.find((l) => y < l.getBoundingClientRect().bottom) || all.at(-1);
	const { top, bottom } = el.getBoundingClientRect();
	const to = Number(y < (top + bottom) / 2 ? el.dataset.from : el.dataset.to);
	bubble.textContent = stops[to].sign;
	bubble.hidden = false;
	bubble.style.setProperty('--y', Math.round(y - element.getBoundingClientRect().top) + 'px');
	choose(to);
}

const letter = (sign, from, to = from) => h('span', { key: from, 'data-from': from, 'data-to': to }, sign);

function stopsOf(headings) {
	const found = [];
	headings.forEach(({ text: name }, heading) => {
		const sign = signOf(name);
		if (!sign || sign === ownSign) found.push({ sign: name, name, heading, own: Boolean(sign) });
		else if (!found.some((stop) => stop.sign === sign)) found.push({ sign, name, heading });
	});
	return found;
}

// Every third of the own letters, a dot for two.
function thinned() {
	const out = [];
	for (let i = 0; i < stops.length; i++) {
		out.push(letter(stops[i].sign, i));
		if (!stops[i].own || !stops[i + 1]?.own || !stops[i + 2]?.own) continue;
		out.push(letter('·', i + 1, i + 2));
		i += 2;
	}
	return out;
}
