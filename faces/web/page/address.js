// The lines of a postal address as its country writes them; an unknown one gets the commonest shape.
const cjk = (text) => /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/.test(text);
const space = (...parts) => parts.filter(Boolean).join(' ');
const comma = (...parts) => parts.filter(Boolean).join(', ');

// 14 Lantern Yard / London SE1 0QX
const british = (a) => [a.street, space(a.city, a.postal_code), a.region, a.country];
// 7 Harbour Road / San Jose, CA 95110
const american = (a) => [a.street, comma(a.city, space(a.region, a.postal_code)), a.country];
// 〒999-0000 / みどり県架空市港町 3-12-5
const japanese = (a) => [a.postal_code && '〒' + a.postal_code.replace(/^〒/, ''), ...(cjk(a.street + a.city) ? [a.region + a.city + a.street] : [a.street, comma(a.city, a.region)]), a.country];
// From large to small where it is written in its own script.
const chinese = (a) => (cjk(a.street + a.city) ? [a.country, space(a.postal_code, a.region + a.city), a.street] : american(a));
// Hauptstraße 1 / 10115 Berlin
const common = (a) => [a.street, space(a.postal_code, a.city), a.region, a.country];

const SHAPES = [
  [/^(uk|u\.k\.|gb|united kingdom|great britain|england|scotland|wales|northern ireland|ireland)$/i, british],
  [/^(us|u\.?s\.?a\.?|united states( of america)?|ca|canada|au|australia|in|india|m[eé]xico|nz|new zealand|bra[sz]il|south africa)$/i, american],
  [/^(jp|japan|日本)$/i, japanese],
  [/^(cn|china|中国|中國|kr|south korea|korea|대한민국|한국|taiwan|台灣|臺灣)$/i, chinese],
];

export function addressLines(address) {
  const country = address.country.trim();
  const known = SHAPES.find(([names]) => names.test(country));
  const shape = known ? known[1] : !country && cjk(address.street + address.city) ? japanese : common;
  const box = address.po_box && (/\D/.test(address.po_box) ? address.po_box : 'PO Box ' + address.po_box);
  return [box, ...shape(address)].join('\n').split('\n').map((line) => line.trim()).filter(Boolean);
}
