// One contact as a row of the list, and the picture of initials that stands for a person everywhere.
import { h, own } from './dom.js';
import { icon } from './icons.js';
import { marked, name } from './marks.js';
import { FIELD } from './words.js';

// The engine chooses ground and letters.
export const avatar = (row, size) => h(`span.avatar.avatar-${size}.ground-${row.colour}`, { 'aria-hidden': 'true' }, row.initials || icon(row.is_company ? 'building' : 'person'));

export const dialable = (text) => text.replace(/[^\d+*#]/g, '');
export const mailto = (address) => 'mailto:' + encodeURIComponent(address).replace('%40', '@');

export function drawRow(row, current, address, typed) {
  const call = row.phone_e164 || dialable(row.phone);
  const tool = (sign, href, title) => h('a.row-tool', { href, title: title + row.shown, tabindex: '-1', 'aria-hidden': 'true' }, icon(sign));
  return [
    h('a.row-link', { href: address, tabindex: '-1', 'aria-current': current ? 'true' : null }, avatar(row, 'row'),
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
  return row.matched ? [FIELD[row.match], own(row.matched, marked(row.matched, marks.matched))] : plainLine(row);
}
