// Found letters, marked: by the engine in the list, by find() on the contact page.
import { h } from './dom.js';

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

// Its sorting part in bold and its found letters marked; they may overlap.
export function name(shown, bold, marks = []) {
  const start = bold ? shown.lastIndexOf(bold) : -1;
  const end = start + bold.length;
  const part = (from, to) => marked(shown.slice(from, to), marks.map(([s, l]) => [Math.max(s, from) - from, Math.min(s + l, to) - Math.max(s, from)]).filter(([, l]) => l > 0));
  return start < 0 ? marked(shown, marks) : [part(0, start), h('b', part(start, end)), part(end, shown.length)];
}

export function find(text, typed) {
  const digits = typed.replace(/\D/g, '');
  const isNumber = digits.length >= 3 && !/\p{L}/u.test(typed);
  const runs = isNumber ? runsOf(text, digits, (c) => c.replace(/\D/g, '')) : typed.split(/\s+/).flatMap((word) => runsOf(text, plain(word), plain));
  const joined = [];
  for (const run of runs.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && run[0] <= last[0] + last[1]) last[1] = Math.max(last[1], run[0] + run[1] - last[0]);
    else joined.push(run);
  }
  return joined;
}

const plain = (s) => s.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const segmenter = new Intl.Segmenter();

// Whole graphemes of text whose folded form is wanted.
function runsOf(text, wanted, fold) {
  if (!wanted) return [];
  const from = []; // where each unit of folded is from
  let folded = '';
  for (const grapheme of segmenter.segment(text)) {
    const f = fold(grapheme.segment);
    folded += f;
    for (let i = 0; i < f.length; i++) from.push(grapheme);
  }
  const runs = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const last = from[at + wanted.length - 1];
    runs.push([from[at].index, last.index + last.segment.length - from[at].index]);
  }
  return runs;
}
