// what a screen reader says about things that change without being touched.
//
// A region that already holds the same words would stay silent, so it is emptied first;
// messages within a moment are joined.
import { byId } from './dom.js';

const JOIN_MS = 120;
const waiting = { polite: [], urgent: [] };

function say(region, words) {
  if (waiting[region].push(words) > 1) return;
  byId(region).textContent = '';
  setTimeout(() => { byId(region).textContent = waiting[region].splice(0).join(' '); }, JOIN_MS);
}

export const polite = (words) => say('polite', words);
export const urgent = (words) => say('urgent', words);
