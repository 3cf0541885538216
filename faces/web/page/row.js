// One contact as a row of the list, its picture or initials, and found letters.
import * as api from './api.js';
import { h, own, silent } from './dom.js';
import { icon } from './icons.js';

const HUES = [28, 58, 88, 122, 150, 182, 214, 246, 278, 306, 334, 4];

// The engine chooses ground and letters, over which the picture fades in.
export const avatar = (row, size, pictured = true) => h('span.avatar.avatar-' + size, { ...silent, vars: { '--hue': HUES[row.colour] } },
	row.initials || icon(row.is_company ? 'building' : 'person'), pictured && row.photo_tag && picture(api.photoAddress(row)));

const picture = (src) => h('img.picture', { key: src, src, alt: '', decoding: 'async', onload: (e) => e.target.style.setProperty('--seen', 1) });

export const dialable = (text) => text.replace(/[^\d+*#]/g, '');
export const mailto = (address) => 'mailto:' + encodeURIComponent(address).replace('%40', '@');

export function drawRow(row, current, address, typed, pictured) {
	const call = row.phone_e164 || dialable(row.phone);
	const tool = (sign, href, title) => h('a.row-tool', { href, title: title + row.shown, tabindex: -1, ...silent }, icon(sign));
	return [
		h('a.row-link', { href: address, tabindex: -1, 'aria-current': current ? 'true' : null }, avatar(row, 'row', pictured),
			h('span.row-words', h('span.row-name', own(row.shown, name(row.shown, row.bold, row.marks?.shown))), h('span.row-second', typed ? foundLine(row) : plainLine(row)))),
		h('span.row-tools', call && tool('phone', 'tel:' + call, 'Call '), row.email && tool('mail', mailto(row.email), 'Write to ')),
	];
}

const plainLine = (row) => (row.nameless ? 'No name' : own(row.second));

// The usual line, or where it was found instead.
function foundLine(row) {
	const { marks } = row;
	const second = own(row.second, marked(row.second, marks.second));
	if (marks.reading.length) return [h('bdi', marked(row.reading, marks.reading)), row.second && ', ', second];
	if (marks.second.length) return second;
	return row.matched ? [row.where, own(row.matched, marked(row.matched, marks.matched))] : plainLine(row);
}

export function marked(text, marks = []) {
	const nodes = [];
	let at = 0;
	for (const [start, length] of marks) {
		if (start < at || start + length > text.length) continue;
		nodes.push(text.slice(at, start), h('mark', text.slice(start, start + length)));
		at = start + length;
	}
	return [...nodes, text.slice(at)];
}

// The bold part and the marks may overlap.
function name(shown, bold, marks = []) {
	const start = bold ? shown.lastIndexOf(bold) : -1;
	const end = start + bold.length;
	const part = (from, to) => marked(shown.slice(from, to), marks.map(([s, l]) => [Math.max(s, from) - from, Math.min(s + l, to) - Math.max(s, from)]).filter(([, l]) => l > 0));
	return start < 0 ? marked(shown, marks) : [part(0, start), h('b', part(start, end)), part(end, shown.length)];
}
