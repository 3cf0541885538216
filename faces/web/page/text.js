/* SPDX-License-Identifier: MIT */
/* text.js - numbers, times and names as the person's language writes them. */

const numbers = new Intl.NumberFormat();
const clocks = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const clocksWithSeconds = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
/* The sentences are English: a date inside one is too, day first unless the person writes it otherwise. */
const english = navigator.language.startsWith('en') ? navigator.language : 'en-GB';
const days = new Intl.DateTimeFormat(english === 'en' ? 'en-GB' : english, { day: 'numeric', month: 'long', year: 'numeric' });
const birthdays = new Intl.DateTimeFormat(english === 'en' ? 'en-GB' : english, { day: 'numeric', month: 'long', timeZone: 'UTC' });
const DAY_MS = 86400000;

export const count = (n) => numbers.format(n);
export const contacts = (n) => (n === 1 ? '1 contact' : count(n) + ' contacts');
export const quoted = (name) => '“' + name + '”';
export const clock = (seconds) => clocks.format(seconds * 1000);
export const clockExact = (ms) => clocksWithSeconds.format(ms);

/* How many midnights lie between then and now. */
function daysAgo(seconds) {
  const midnight = (t) => { const d = new Date(t); return Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()); };
  return Math.round((midnight(Date.now()) - midnight(seconds * 1000)) / DAY_MS);
}

/* "today at 14:02", "yesterday at 18:20", "2 November 2026" */
export function when(seconds) {
  const ago = daysAgo(seconds);
  if (ago === 0) return 'today at ' + clock(seconds);
  if (ago === 1) return 'yesterday at ' + clock(seconds);
  return days.format(seconds * 1000);
}

/* "today", "yesterday", "2 November 2026" */
export function day(seconds) {
  const ago = daysAgo(seconds);
  return ago === 0 ? 'today' : ago === 1 ? 'yesterday' : days.format(seconds * 1000);
}

/* "14 March 1981, in 12 days" when it is within a month, year 0: not known. */
export function birthday(date) {
  const shown = birthdays.format(Date.UTC(2000, date.month - 1, date.day)) + (date.year ? ' ' + date.year : '');
  const left = daysUntil(date.month, date.day);
  if (left > 31) return shown;
  return shown + ', ' + (left === 0 ? 'today' : left === 1 ? 'tomorrow' : 'in ' + left + ' days');
}

function daysUntil(month, dayOfMonth) {
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  let next = Date.UTC(now.getFullYear(), month - 1, dayOfMonth);
  if (next < today) next = Date.UTC(now.getFullYear() + 1, month - 1, dayOfMonth);
  return Math.round((next - today) / DAY_MS);
}

/*
 * The language of a text where its script belongs to one language only; a Han or
 * Cyrillic name says nothing about which, and a wrong voice is worse than none.
 */
const LANGUAGES = [
  ['ja', /[\u3040-\u30ff]/], ['ko', /[\uac00-\ud7a3]/], ['el', /[\u0370-\u03ff]/], ['he', /[\u0590-\u05ff]/],
  ['hy', /[\u0530-\u058f]/], ['ka', /[\u10a0-\u10ff]/], ['th', /[\u0e00-\u0e7f]/], ['ta', /[\u0b80-\u0bff]/],
];

export function languageOf(text) {
  const found = LANGUAGES.find(([, script]) => script.test(text));
  return found ? found[0] : null;
}
