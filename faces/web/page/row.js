/* SPDX-License-Identifier: MIT */
/* row.js - one contact as a row of the list, and the picture of initials that stands for a person everywhere. */
import { h } from './dom.js';
import { icon } from './icons.js';
import { marked, name } from './marks.js';
import { languageOf } from './text.js';
import { FIELD } from './words.js';

/* Ground and letters are the engine's choice. The circle has room for a photo above them. */
export function avatar(row, size) {
  const sign = row.initials ? h('span', row.initials) : icon(row.is_company ? 'building' : 'person');
  return h('span', { class: 'avatar avatar-' + size + ' ground-' + row.colour, 'aria-hidden': 'true' }, sign);
}

/* current: it is the open one; address: of its page; typed: what was searched for, if anything. */
export function drawRow(row, current, address, typed) {
  const call = row.phone_e164 || (row.phone && row.phone.replace(/[^\d+*#]/g, ''));
  return [
    h('a.row-link', { href: address, tabindex: '-1', 'aria-current': current ? 'true' : null },
      avatar(row, 'row'),
      h('span.row-words',
        h('span.row-name', h('bdi', { lang: languageOf(row.shown) }, name(row.shown, row.bold, row.marks && row.marks.shown))),
        h('span.row-second', typed ? foundLine(row) : plainLine(row)))),
    h('span.row-tools',
      call && h('a.row-tool', { href: 'tel:' + call, tabindex: '-1', 'aria-hidden': 'true', title: 'Call ' + row.shown }, icon('phone')),
      row.email && h('a.row-tool', { href: 'mailto:' + encodeURIComponent(row.email).replace('%40', '@'), tabindex: '-1', 'aria-hidden': 'true', title: 'Write to ' + row.shown }, icon('mail'))),
  ];
}

const bdi = (text, nodes) => h('bdi', { lang: languageOf(text) }, nodes);

function plainLine(row) {
  if (row.nameless) return 'No name';
  return row.second ? bdi(row.second, row.second) : '';
}

/* The reading when letters were found in it; another field that was found instead of the usual line. */
function foundLine(row) {
  const { marks } = row;
  if (marks.reading.length) return [h('bdi', marked(row.reading, marks.reading)), row.second && ', ', row.second && bdi(row.second, marked(row.second, marks.second))];
  if (marks.second.length) return bdi(row.second, marked(row.second, marks.second));
  if (row.matched) return [FIELD[row.match] || '', bdi(row.matched, marked(row.matched, marks.matched))];
  return plainLine(row);
}
