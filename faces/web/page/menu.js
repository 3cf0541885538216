/* SPDX-License-Identifier: MIT */
/*
 * menu.js - a menu beside its button.
 *
 * items: [{label, icon, on, href, download, checked, separator, danger}]. Arrows move,
 * Escape and a press outside close, the focus goes back to the button.
 */
import { h } from './dom.js';
import { icon } from './icons.js';

let open = null; /* {menu, opener} */

export function show(opener, label, items) {
  if (open && open.opener === opener) return close();
  close();
  const menu = h('div.menu', { role: 'menu', 'aria-label': label, onkeydown: keys }, items.map(row));
  (opener.closest('dialog, main, section') || document.body).appendChild(menu);
  opener.setAttribute('aria-expanded', 'true');
  open = { menu, opener };
  place(menu, opener);
  menu.querySelector('[role^=menuitem]').focus();
  addEventListener('pointerdown', outside, true);
  addEventListener('resize', close);
  addEventListener('scroll', scrolled, true);
}

function row(item) {
  if (item.separator) return h('div.menu-line', { role: 'separator' });
  const role = item.checked === undefined ? 'menuitem' : 'menuitemradio';
  const props = {
    role, tabindex: '-1', class: 'menu-row' + (item.danger ? ' danger' : ''), 'aria-checked': item.checked === undefined ? null : String(item.checked),
    href: item.href || null, download: item.download || null,
    onclick: () => { close(); if (item.on) item.on(); },
  };
  const sign = item.checked !== undefined ? h('span.menu-check', item.checked && icon('check', 16)) : item.icon && icon(item.icon);
  return h(item.href ? 'a' : 'button', props, sign, h('span', item.label), item.detail && h('span.menu-detail', item.detail));
}

/* Below the button, its end at the button's end; above it where there is no room below. */
function place(menu, opener) {
  const at = opener.getBoundingClientRect();
  const rtl = document.dir === 'rtl';
  const width = menu.offsetWidth;
  const x = Math.min(Math.max(8, rtl ? at.left : at.right - width), innerWidth - width - 8);
  const below = at.bottom + 4;
  const y = below + menu.offsetHeight + 8 > innerHeight ? Math.max(8, at.top - 4 - menu.offsetHeight) : below;
  menu.style.setProperty('--x', x + 'px');
  menu.style.setProperty('--y', y + 'px');
}

function outside(event) {
  if (!open.menu.contains(event.target) && !open.opener.contains(event.target)) close();
}

function scrolled(event) {
  if (event.target.contains && event.target.contains(open.opener)) close();
}

function keys(event) {
  const rows = [...open.menu.querySelectorAll('[role^=menuitem]')];
  const at = rows.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to !== undefined) rows[(to + rows.length) % rows.length].focus();
  else if (event.key === 'Escape' || event.key === 'Tab') close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function close() {
  if (!open) return;
  const { menu, opener } = open;
  const hadFocus = menu.contains(document.activeElement);
  open = null;
  menu.remove();
  opener.setAttribute('aria-expanded', 'false');
  removeEventListener('pointerdown', outside, true);
  removeEventListener('resize', close);
  removeEventListener('scroll', scrolled, true);
  if (hadFocus) opener.focus();
}
