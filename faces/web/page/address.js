/* SPDX-License-Identifier: MIT */
/*
 * address.js - the lines of a postal address as its country writes them.
 *
 * Countries differ in where the postal code stands; four shapes cover them. An unknown
 * country gets the commonest, code before town. Which words mean which country is what
 * people really write into that field; anything else is shown as it is.
 */
const SHAPES = [
  { /* 14 Lantern Yard / London SE1 0QX */
    names: /^(uk|u\.k\.|united kingdom|great britain|england|scotland|wales|northern ireland|ireland|gb)$/i,
    lines: (a) => [a.street, box(a), space(a.city, a.region && !a.city ? a.region : '', a.postal_code), a.city && a.region, a.country],
  },
  { /* 7 Harbour Road / San Jose, CA 95110 */
    names: /^(us|usa|u\.s\.|u\.s\.a\.|united states|united states of america|canada|ca|australia|au|india|in|mexico|méxico|new zealand|nz|brazil|brasil|south africa)$/i,
    lines: (a) => [a.street, box(a), comma(a.city, space(a.region, a.postal_code)), a.country],
  },
  { /* 〒999-0000 / みどり県架空市港町 3-12-5 */
    names: /^(japan|日本|jp)$/i,
    lines: (a) => [a.postal_code && '〒' + a.postal_code.replace(/^〒/, ''), cjk(a.street + a.city) ? a.region + a.city + a.street : [a.street, comma(a.city, a.region)].join('\n'), box(a), a.country],
  },
  { /* code, region, town and street run from large to small */
    names: /^(china|中国|中國|cn|korea|south korea|대한민국|한국|kr|taiwan|台灣|臺灣)$/i,
    lines: (a) => (cjk(a.street + a.city) ? [a.country, space(a.postal_code, (a.region || '') + (a.city || '')), a.street, box(a)] : [a.street, box(a), comma(a.city, space(a.region, a.postal_code)), a.country]),
  },
];
const COMMON = (a) => [a.street, box(a), space(a.postal_code, a.city), a.region, a.country];

const cjk = (text) => /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/.test(text);
const space = (...parts) => parts.filter(Boolean).join(' ');
const comma = (...parts) => parts.filter(Boolean).join(', ');
const box = (a) => a.po_box && (/\D/.test(a.po_box) ? a.po_box : 'PO Box ' + a.po_box);

export function addressLines(address) {
  const country = address.country.trim();
  const byName = SHAPES.find((s) => s.names.test(country));
  const shape = byName ? byName.lines : !country && cjk(address.street + address.city) ? SHAPES[2].lines : COMMON;
  return shape(address).filter(Boolean).flatMap((line) => line.split('\n')).map((line) => line.trim()).filter(Boolean);
}
