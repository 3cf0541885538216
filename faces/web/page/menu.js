// A menu beside its button. items: [{label, detail, icon, onclick, href, download, checked}], null for a line.
import { h, handled } from './dom.js';
import { icon } from './icons.js';

let open = null;

export function show(opener, label, items) {
	const again = open?.opener === opener;
	close();
	if (again) return;
	const menu = h('div.menu', { role: 'menu', 'aria-label': label, onkeydown: keys }, items.map(row));
	menu.kithFloats = true;
	opener.closest('dialog, main, section').append(menu);
	opener.setAttribute('aria-expanded', 'true');
	const ends = new AbortController();
	const { signal } = ends;
	open = { menu, opener, ends };
	place(menu, opener.getBoundingClientRect());
	rows()[0].focus();
	addEventListener('pointerdown', outside, { capture: true, signal });
	addEventListener('resize', close, { signal });
	addEventListener('scroll', scrolled, { capture: true, signal });
}

const rows = () => [...open.menu.querySelectorAll('.menu-row')];

function row(item) {
	if (!item) return h('div.menu-line', { role: 'separator' });
	const choice = item.checked !== undefined;
	return h(item.href ? 'a.menu-row' : 'button.menu-row', {
		role: choice ? 'menuitemradio' : 'menuitem', 'aria-checked': choice ? String(item.checked) : null, tabindex: -1, href: item.href, download: item.download,
		onclick: () => { close(); item.onclick?.(); },
	}, choice ? h('span.menu-check', item.checked && icon('check', 16)) : item.icon && icon(item.icon), h('span', item.label), item.detail && h('span.menu-detail', item.detail));
}

function place(menu, at) {
	const x = document.dir === 'rtl' ? at.left : at.right - menu.offsetWidth;
	const above = at.bottom + menu.offsetHeight + 12 > innerHeight;
	menu.style.setProperty('--x', Math.min(Math.max(8, x), innerWidth - menu.offsetWidth - 8) + 'px');
	menu.style.setProperty('--y', (above ? Math.max(8, at.top - 4 - menu.offsetHeight) : at.bottom + 4) + 'px');
}

function outside({ target }) {
	if (!open.menu.contains(target) && !open.opener.contains(target)) close();
}

function scrolled({ target }) {
	if (target.contains(open.opener)) close();
}

function keys(event) {
	const all = rows();
	const at = all.indexOf(document.activeElement);
	const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
	if (to !== undefined) all[(to + all.length) % all.length].focus();
	else if (event.key === 'Escape' || event.key === 'Tab') close();
	else return;
	handled(event);
}

export function close() {
	if (!open) return;
	const { menu, opener, ends } = open;
	const hadFocus = menu.contains(document.activeElement);
	open = null;
	ends.abort();
	menu.remove();
	opener.setAttribute('aria-expanded', 'false');
	if (hadFocus) opener.focus();
}
