// Numbers, times and names as the person's language writes them.

// The sentences are English, so the dates inside them are too.
const english = /^en-/.test(navigator.language) ? navigator.language : 'en-GB';
const numbers = new Intl.NumberFormat();
const dates = (options) => new Intl.DateTimeFormat(english, options);
const clocks = dates({ timeStyle: 'short', hourCycle: 'h23' });
const exactClocks = dates({ timeStyle: 'medium', hourCycle: 'h23' });
const longDays = dates({ dateStyle: 'long' });
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

// Sign, script, language; none where a script has many: a wrong voice is worse than none.
const SCRIPTS = [
	['A', 'Latn'], ['Ω', 'Grek', 'el'], ['Я', 'Cyrl'], ['Հ', 'Armn', 'hy'], ['ა', 'Geor', 'ka'], ['א', 'Hebr', 'he'], ['ع', 'Arab'], ['अ', 'Deva'],
	['த', 'Taml', 'ta'], ['ก', 'Thai', 'th'], ['가', 'Hang', 'ko'], ['あ', 'Hira', 'ja'], ['あ', 'Kana', 'ja'], ['漢', 'Hani'],
].map(([sign, script, language = null]) => ({ sign, script, language, letter: new RegExp(`\\p{sc=${script}}`, 'u') }));
const mine = new Intl.Locale(navigator.language).maximize();

export const ownSign = SCRIPTS.find(({ script, language }) => language === mine.language || script === mine.script.replace(/Han[st]/, 'Hani'))?.sign || 'A';
export const signOf = (text) => SCRIPTS.find(({ letter }) => letter.test(text))?.sign;
export const languageOf = (text) => SCRIPTS.find(({ language, letter }) => language && letter.test(text))?.language;
