/* SPDX-License-Identifier: MIT */
/*
 * marks.js - found letters, marked.
 *
 * The list's marks come from the engine, which also reads other scripts. On the
 * contact page the page looks for the words itself: without accents and case, and
 * for numbers by their digits.
 */
import { h } from './dom.js';

/* text as nodes, with every [start, length] of marks inside a mark element. */
export function marked(text, marks) {
  const nodes = [];
  let at = 0;
  for (const [start, length] of marks || []) {
    if (start < at || start + length > text.length) continue;
    if (start > at) nodes.push(text.slice(at, start));
    nodes.push(h('mark', text.slice(start, start + length)));
    at = start + length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}

/* shown with its sorting part in bold and its found letters marked. Both may overlap. */
export function name(shown, bold, marks) {
  const start = bold ? shown.lastIndexOf(bold) : -1;
  if (start < 0) return marked(shown, marks);
  const part = (from, to) => marked(shown.slice(from, to), clip(marks, from, to));
  return [part(0, start), h('b', part(start, start + bold.length)), part(start + bold.length, shown.length)];
}

function clip(marks, from, to) {
  return (marks || []).map(([s, l]) => [Math.max(s, from) - from, Math.min(s + l, to) - Math.max(s, from)]).filter(([, l]) => l > 0);
}

/* Where the words of what was typed are in text. */
export function find(text, typed) {
  const runs = [];
  const digits = typed.replace(/\D/g, '');
  if (digits.length >= 3 && !/\p{L}/u.test(typed)) runs.push(...runsOf(text, digits, (c) => (/\d/.test(c) ? c : '')));
  else for (const word of typed.split(/\s+/)) runs.push(...runsOf(text, plain(word), plain));
  return joined(runs);
}

const plain = (s) => s.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

function runsOf(text, wanted, fold) {
  if (!wanted) return [];
  let folded = '';
  const from = []; /* for each unit of folded: the grapheme it came from */
  for (const g of graphemes(text)) {
    const f = fold(g.segment);
    for (let i = 0; i < f.length; i++) from.push(g);
    folded += f;
  }
  const runs = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const first = from[at];
    const last = from[at + wanted.length - 1];
    runs.push([first.index, last.index + last.segment.length - first.index]);
  }
  return runs;
}

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null;

function graphemes(text) {
  if (segmenter) return segmenter.segment(text);
  let index = 0;
  return [...text].map((segment) => { const g = { segment, index }; index += segment.length; return g; });
}

function joined(runs) {
  const out = [];
  for (const run of runs.sort((a, b) => a[0] - b[0])) {
    const last = out[out.length - 1];
    if (last && run[0] <= last[0] + last[1]) last[1] = Math.max(last[1], run[0] + run[1] - last[0]);
    else out.push([...run]);
  }
  return out;
}
