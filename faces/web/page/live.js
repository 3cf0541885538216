// What a screen reader says. The same words again would be silent, so a region is emptied first.
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
