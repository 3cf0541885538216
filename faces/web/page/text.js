// Numbers, times and names as the person's language writes them.

// The sentences are English, so the dates inside them are too.
const english = /^en-/.test(navigator.language) ? navigator.language : 'en-GB';
const numbers = new Intl.NumberFormat();
const dates = (options) => new Intl.DateTimeFormat(english, options);
const clocks = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const exactClocks = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const longDays = dates({ day: 'numeric', month: 'long', year: 'numeric' });
const DAY_MS = 86400000;

export const count = (n) => numbers.format(n);
export const contacts = (n) => (n === 1 ? '1 contact' : count(n) + ' contacts');
export const quoted = (name) => `“${name}”`;
export const clock = (seconds) => clocks.format(seconds * 1000);
export const exactClock = (ms) => exactClocks.format(ms);

// Midnight of the person's day, in days.
const dayOf = (date) => Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS);

export function day(seconds) {
	const ago = dayOf(new Date()) - dayOf(new Date(seconds * 1000));
	return ago === 0 ? 'today' : ago === 1 ? 'yesterday' : longDays.format(seconds * 1000);
}

// Scripts of one language; a wrong voice is worse than none.
const LANGUAGES = [
	['ja', /[\u3040-\u30ff]/], ['ko', /[\uac00-\ud7a3]/], ['el', /[\u0370-\u03ff]/], ['he', /[\u0590-\u05ff]/],
	['hy', /[\u0530-\u058f]/], ['ka', /[\u10a0-\u10ff]/], ['th', /[\u0e00-\u0e7f]/], ['ta', /[\u0b80-\u0bff]/],
];

export function languageOf(text) {
	const found = LANGUAGES.find(([, script]) => script.test(text));
	return found ? found[0] : null;
}
