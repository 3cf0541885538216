// The letters at the edge of the list: those of the own script, one sign for each other script.
import { h, handled, patch, silent } from './dom.js';

const CLOSEST_PX = 13;
// Sign and languages of each script.
const SIGNS = {
	Latin: ['A'], Greek: ['Ω', 'el'], Cyrillic: ['Я', 'ru uk be bg mk sr kk'], Armenian: ['Հ', 'hy'], Georgian: ['ა', 'ka'], Hebrew: ['א', 'he'], Arabic: ['ع', 'ar fa ur'],
	Devanagari: ['अ', 'hi mr ne'], Thai: ['ก', 'th'], Hangul: ['가', 'ko'], Hiragana: ['あ', 'ja'], Katakana: ['あ'], Han: ['漢', 'zh'],
};
const SCRIPTS = Object.entries(SIGNS).map(([name, [sign, languages = '']]) => ({ sign, languages, script: new RegExp(`\\p{Script=${name}}`, 'u') }));

export class Rail {
	constructor(jump) {
		Object.assign(this, { jump, stops: [], at: 0, pressed: false });
		this.letters = h('div.rail-letters', silent);
		this.bubble = h('div.rail-bubble', { 'aria-hidden': 'true', hidden: true });
		const press = (e) => { this.slider.setPointerCapture(e.pointerId); this.pressed = true; this.follow(e); };
		const release = () => { this.pressed = false; this.bubble.hidden = true; };
		this.slider = h('div.rail-slider', {
			role: 'slider', tabindex: 0, 'aria-orientation': 'vertical', 'aria-label': 'Jump to letter', 'aria-valuemin': 0, 'aria-valuemax': 0, 'aria-valuenow': 0,
			onkeydown: (e) => this.keys(e), onpointerdown: press, onpointermove: (e) => { if (this.pressed) this.follow(e); }, onpointerup: release, onpointercancel: release,
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

	draw() {
		const tight = this.slider.clientHeight / this.stops.length < CLOSEST_PX;
		patch(this.letters, tight ? thinned(this.stops) : this.stops.map((stop, i) => letter(stop.sign, i)));
		this.setStop(this.at);
	}

	setHeading(k) {
		this.setStop(Math.max(0, this.stops.findLastIndex((stop) => stop.heading <= k)));
	}

	setStop(at) {
		this.at = at;
		this.slider.setAttribute('aria-valuenow', at);
		this.slider.setAttribute('aria-valuetext', this.stops[at]?.name || '');
		for (const el of this.letters.children) el.classList.toggle('here', Number(el.dataset.from) <= at && at <= Number(el.dataset.to));
	}

	choose(at) {
		this.jump(this.stops[at].heading);
		this.setStop(at);
	}

	keys(event) {
		const { at } = this;
		const last = this.stops.length - 1;
		const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, PageDown: at + 5, PageUp: at - 5, Home: 0, End: last }[event.key];
		if (to === undefined) return;
		handled(event);
		this.choose(Math.min(Math.max(0, to), last));
	}

	// The letter under the pointer; a dot's upper half is the first of its two.
	follow({ clientY: y }) {
		const all = [...this.letters.children];
		const el = all.find((l) => y < l.getBoundingClientRect().bottom) || all.at(-1);
		const { top, bottom } = el.getBoundingClientRect();
		const at = Number(y < (top + bottom) / 2 ? el.dataset.from : el.dataset.to);
		this.bubble.textContent = this.stops[at].sign;
		this.bubble.hidden = false;
		this.bubble.style.setProperty('--y', Math.round(y - this.element.getBoundingClientRect().top) + 'px');
		this.choose(at);
	}
}

const letter = (sign, from, to = from) => h('span', { key: from, 'data-from': from, 'data-to': to }, sign);

function stopsOf(headings) {
	const own = SCRIPTS.find(({ languages }) => languages.includes(navigator.language.slice(0, 2)))?.sign || 'A';
	const stops = [];
	headings.forEach(({ text: name }, heading) => {
		const sign = SCRIPTS.find(({ script }) => script.test(name))?.sign;
		if (!sign || sign === own) stops.push({ sign: name, name, heading, own: Boolean(sign) });
		else if (!stops.some((stop) => stop.sign === sign)) stops.push({ sign, name, heading });
	});
	return stops;
}

// Every third of the own letters, a dot for two.
function thinned(stops) {
	const out = [];
	for (let i = 0; i < stops.length; i++) {
		out.push(letter(stops[i].sign, i));
		if (!stops[i].own || !stops[i + 1]?.own || !stops[i + 2]?.own) continue;
		out.push(letter('·', i + 1, i + 2));
		i += 2;
	}
	return out;
}
