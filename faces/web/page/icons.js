// Line icons, 20 by 20; a dot is a line of no length. Back and right are mirrored in right-to-left languages.
import { silent, svg } from './dom.js';

const circle = (x, y, r) => `M${x + r} ${y}a${r} ${r} 0 1 1${-2 * r} 0a${r} ${r} 0 1 1 ${2 * r} 0`;
const box = (x, y, w, h, r) => `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1${-r} ${r}h${2 * r - w}a${r} ${r} 0 0 1${-r}${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r}${-r}z`;
const round = circle(10, 10, 7.25);
const PATHS = {
	person: circle(10, 6.5, 3.25) + 'M3.75 17c.4-3.3 2.8-5.1 6.25-5.1s5.85 1.8 6.25 5.1',
	contacts: circle(7.6, 6.75, 3) + 'M2.75 16.5c.3-3 2.1-4.6 4.85-4.6s4.55 1.6 4.85 4.6M12.9 3.95a3 3 0 0 1 0 5.6M14.6 12.15c1.6.6 2.45 2.15 2.65 4.35',
	link: 'M8.3 11.4a3.3 3.3 0 0 0 4.7.3l2.7-2.7a3.3 3.3 0 0 0-4.7-4.7l-1.2 1.2M11.7 8.6a3.3 3.3 0 0 0-4.7-.3l-2.7 2.7a3.3 3.3 0 0 0 4.7 4.7l1.2-1.2',
	sliders: 'M2.75 6.5h6.5M13.5 6.5h3.75' + circle(11.4, 6.5, 2.1) + 'M2.75 13.5h2.5M9.6 13.5h7.65' + circle(7.4, 13.5, 2.1),
	search: circle(8.75, 8.75, 5.5) + 'M12.8 12.8l4.45 4.45',
	phone: 'M6.1 2.75h1.5c.45 0 .85.3.95.7l.8 2.9c.1.35 0 .7-.25.95L7.6 8.8a8.8 8.8 0 0 0 3.6 3.6l1.5-1.5c.25-.25.6-.35.95-.25l2.9.8c.4.1.7.5.7.95v1.5a3.35 3.35 0 0 1-3.5 3.35C7.9 16.9 3.1 12.1 2.75 6.25A3.35 3.35 0 0 1 6.1 2.75z',
	mail: box(2.75, 4.25, 14.5, 11.5, 2) + 'M3.25 5.5L10 10.9l6.75-5.4',
	copy: box(6.75, 6.75, 10.5, 10.5, 2) + 'M13.25 6.5V4.75a2 2 0 0 0-2-2h-6.5a2 2 0 0 0-2 2v6.5a2 2 0 0 0 2 2H6.5',
	refresh: 'M17 8.5A7.15 7.15 0 0 0 4.3 5.65L2.75 7.5M2.75 3.5v4h4M3 11.5a7.15 7.15 0 0 0 12.7 2.85l1.55-1.85M17.25 16.5v-4h-4',
	check: 'M3.9 10.75l4 4 8.2-9.25',
	done: round + 'M6.9 10.2l2.2 2.2 4-4.5',
	alert: 'M8.6 3.65L2.95 13.9a1.6 1.6 0 0 0 1.4 2.35h11.3a1.6 1.6 0 0 0 1.4-2.35L11.4 3.65a1.6 1.6 0 0 0-2.8 0zM10 7.75v3.25M10 13.6v.01',
	stop: round + 'M10 6.5v4.1M10 13.4v.01',
	clock: round + 'M10 5.9V10l2.7 1.7',
	browser: box(2.75, 3.75, 14.5, 12.5, 2) + 'M2.75 7.5h14.5M5.25 5.6v.01M7.5 5.6v.01',
	offline: 'M7.4 5a5 5 0 0 1 7.5 3.5 3.65 3.65 0 0 1 1.7 6.1M13.3 15.75H6.2A3.45 3.45 0 0 1 5.5 8.9c0-.4.05-.8.15-1.15M3 3l14 14',
	close: 'M5 5l10 10M15 5L5 15',
	down: 'M5.5 7.75l4.5 4.5 4.5-4.5',
	right: 'M7.75 5.5l4.5 4.5-4.5 4.5',
	back: 'M12.25 5.5L7.75 10l4.5 4.5',
	more: 'M4.75 10v.01M10 10v.01M15.25 10v.01',
	plus: 'M10 3.5v13M3.5 10h13',
	file: 'M11 2.75H6.25a2 2 0 0 0-2 2v10.5a2 2 0 0 0 2 2h7.5a2 2 0 0 0 2-2V7.5zM11 2.75V7.5h4.75',
	files: 'M3.25 12.5v2.75a2 2 0 0 0 2 2h9.5a2 2 0 0 0 2-2V12.5M10 12.75V3.25M6.5 6.75L10 3.25l3.5 3.5',
	lock: box(4.25, 8.75, 11.5, 8, 1.5) + 'M6.75 8.5V6.25a3.25 3.25 0 0 1 6.5 0V8.5',
	building: 'M5.75 2.75h8.5a1 1 0 0 1 1 1v13.5H4.75V3.75a1 1 0 0 1 1-1zM8.5 17v-2.75h3V17M8 6.25v.01M12 6.25v.01M8 9v.01M12 9v.01M8 11.7v.01M12 11.7v.01',
	keyboard: box(2.75, 4.75, 14.5, 10.5, 1.5) + 'M6 8v.01M8.7 8v.01M11.3 8v.01M14 8v.01M7 12h6',
	external: 'M8.5 4.25H5.25a1.5 1.5 0 0 0-1.5 1.5v9a1.5 1.5 0 0 0 1.5 1.5h9a1.5 1.5 0 0 0 1.5-1.5V11.5M12 3.25h4.75V8M16.5 3.5l-7 7',
};

export function icon(name, size = 20) {
	const cls = 'icon icon-' + size + (/^(back|right)$/.test(name) ? ' mirrored' : '') + (name === 'more' ? ' dots' : '');
	return svg('svg', { class: cls, viewBox: '0 0 20 20', ...silent }, svg('path', { d: PATHS[name] }));
}

export function cards() {
	const card = (cls, x, y, width, height, rx) => svg('rect.' + cls, { x, y, width, height, rx });
	return svg('svg.cards', { viewBox: '0 0 128 80', ...silent }, card('c-ground', 14, 1, 100, 21, 5), card('c-card', 0.5, 27.5, 127, 26, 6),
		card('c-ground', 14, 58, 100, 21, 5), svg('circle.c-head', { cx: 18, cy: 40.5, r: 8.25 }), card('c-name', 33, 34, 50, 4.5, 2.25), card('c-line', 33, 43.5, 72, 4, 2));
}
