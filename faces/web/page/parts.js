// The small things that every page is made of.
import * as menu from './menu.js';
import { copy } from './say.js';
import { h, silent } from './dom.js';
import { icon } from './icons.js';

export const button = (look, label, onclick, props = {}) => h('button.button.' + look, { onclick, ...props }, label);

// Disabled, but still reached by the keyboard and read out.
export const disabled = (yes) => ({ 'aria-disabled': yes ? 'true' : null });

export const iconButton = (sign, name, onclick, props = {}) => h((props.href ? 'a' : 'button') + '.icon-button', { 'aria-label': name, title: name, onclick, ...props }, icon(sign));

export const opensMenu = { 'aria-haspopup': 'menu', 'aria-expanded': 'false' };

export const menuButton = (name, items, props = {}) => iconButton('more', name, (e) => menu.show(e.currentTarget, name, items()), { ...opensMenu, ...props });

export const tile = (sign, cls = '') => h('span.tile' + cls, silent, sign);

// share: 0 to 1, below 0 while nobody knows.
export function progressBar(share, words, label) {
	const known = share >= 0;
	const value = { 'aria-valuenow': known ? Math.floor(share * 100) : null, 'aria-valuetext': words || null };
	return h('div.progress', h('div.bar' + (known ? '' : '.bar-unknown'), { role: 'progressbar', 'aria-label': label, ...value }, h('span.bar-done', { vars: known ? { '--share': share } : {} })),
		words && h('span.progress-words', silent, words));
}

export function copyField(text, label, word, said, look = 'outlined') {
	return h('div.copy-field', h('input.copy-text', { type: 'text', readonly: true, value: text, 'aria-label': label, dir: 'ltr', onfocus: (e) => e.target.select() }),
		button(look + '.copy-button', [icon('copy'), word], () => copy(text, said)));
}
