// What the page says about sources, accounts and imports; the engine words the failures.
import { clock, contacts, count, day, exactClock, quoted, when } from './text.js';

const SOURCES = {
	microsoft365: {
		title: 'Microsoft 365', tile: 'M', button: 'Sign in with Microsoft', line: 'Work, school or personal account. Asks to read contacts, nothing else.',
		answer: 'Press Accept on Microsoft’s page.', takeBack: 'myapps.microsoft.com',
	},
};

export const source = (id) => SOURCES[id] || { title: id, tile: id.slice(0, 1).toUpperCase(), button: 'Sign in', line: '', answer: '', takeBack: '' };
export const provider = (id) => source(id).title;
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
// Inside a sentence; the provider keeps its capital.
const inside = ({ source: id, error: { title } }) => (title.startsWith(provider(id)) ? title : title.slice(0, 1).toLowerCase() + title.slice(1));

export const waitingTitle = 'The import has started. Your browser wants an answer.';
export const waitingSentence = (signin) => `${source(signin.source).answer} The rest happens by itself. The page waits until ${clock(signin.expires_at_s)}.`;
export const importing = (id) => 'Importing from ' + provider(id);
export const progress = (imp) => count(imp.done) + ' of ' + contacts(imp.total);
export const asksToWait = (id) => provider(id) + ' asks us to wait';
export const goingOn = (imp) => `Going on by itself at ${exactClock(imp.wait_until_ms)}. Nothing is lost.`;
export const refreshing = (n) => `Refreshing ${count(n)} accounts`;

export const oneOfSeveral = (imp) => imp.account + ', ' + part(imp);

function part(imp) {
	switch (imp.phase) {
		case 'done': return inShort(imp.result);
		case 'failed': return inside(imp);
		case 'waiting': return 'waiting until ' + exactClock(imp.wait_until_ms);
		case 'next': case 'counting': return imp.phase;
		default: return count(imp.done) + ' of ' + count(imp.total);
	}
}

const inShort = (r) => [[r.added, 'new'], [r.changed, 'changed'], [r.removed, 'removed']].filter(([n]) => n).map(([n, word]) => count(n) + ' ' + word).join(', ') || 'nothing new';

function changes(results) {
	const [added, changed, removed] = ['added', 'changed', 'removed'].map((key) => results.reduce((n, r) => n + r[key], 0));
	return added || changed || removed ? `${count(added)} new, ${count(changed)} changed, ${count(removed)} removed.` : 'Nothing had changed.';
}

const SMALL = ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

export function closing(imp, kind) {
	const r = imp.result;
	const at = provider(imp.source);
	const rest = r.reported - r.imported;
	if (r.imported === 0 && r.reported <= 0 && r.removed === 0) {
		return { look: 'done', title: 'There are no contacts at ' + at, sentence: quoted(imp.account) + ' is linked. Contacts added there arrive with the next refresh.' };
	}
	if (r.limit_reached) {
		return {
			look: 'done', action: 'limit', title: `Imported ${count(r.imported)} of ${contacts(r.reported)} from ${at}`,
			sentence: count(r.limit) + ' is the limit for one account. The other ' + count(rest) + (rest === 1 ? ' is' : ' are') + ' still at ' + at + '.',
		};
	}
	if (r.partial > 0) {
		return {
			look: 'partly', title: `Imported ${contacts(r.imported)}, ${count(r.partial)} of them only in part`,
			sentence: at + ' sent something unreadable for ' + (r.partial === 1 ? 'this one' : 'these ' + (SMALL[r.partial] || count(r.partial))) + '. Everything else about ' + (r.partial === 1 ? 'it' : 'them') + ' is here.',
		};
	}
	if (r.skipped > 0) {
		return {
			look: 'partly', title: `Imported ${contacts(r.imported)}, ${count(r.skipped)} skipped`,
			sentence: r.skipped === 1 ? '1 contact list is not a person and was left out.' : count(r.skipped) + ' contact lists are not people and were left out.',
		};
	}
	if (kind === 'refresh') return { look: 'done', title: quoted(imp.account) + ' is up to date', sentence: changes([r]) };
	const it = r.imported === 1 ? 'It is' : 'They are';
	return { look: 'done', action: 'contacts', title: contacts(r.imported) + ' imported from ' + at, sentence: it + ' on this device now, ready to search and to call.' };
}

export function closingOfSeveral(run, contactsOf) {
	const failed = run.imports.filter((i) => i.phase === 'failed');
	if (!failed.length) return { look: 'done', title: 'All accounts are up to date', sentence: changes(run.imports.map((i) => i.result)) };
	return {
		look: 'partly', action: 'again', title: `${count(run.imports.length - failed.length)} of ${count(run.imports.length)} accounts are up to date`,
		sentence: failed.map((i) => reason(i, contactsOf(i.account))).join(' '),
	};
}

function reason(imp, n) {
	const kept = n === 0 ? '' : n === 1 ? ' Its contact is still here.' : ` Its ${contacts(n)} are still here.`;
	const why = imp.error.id === 'offline' ? ' could not be reached: no connection to ' + provider(imp.source) : ': ' + inside(imp);
	return quoted(imp.account) + why + '.' + kept;
}

export const fromAccounts = (n, accounts) => contacts(n) + ' from ' + (accounts === 1 ? '1 account. One refresh brings it' : count(accounts) + ' accounts. One refresh brings all of them') + ' up to date.';

// [icon, tone, text]
export function status(account, imp, signin) {
	const e = account.error;
	if (imp || account.importing) return importingStatus(account, imp);
	if (signin) return ['browser', '', 'Waiting for the browser until ' + clock(signin.expires_at_s)];
	if (account.state === 'signed-out') return ['sign-out', '', 'Signed out, contacts kept'];
	if (!e) return account.state === 'new' ? ['clock', '', 'Never imported'] : ['done', 'good', 'Up to date, ' + when(account.last_import_s)];
	const at = when(account.last_attempt_s);
	const last = at + (account.last_import_s ? '. Last imported ' + when(account.last_import_s) : '');
	switch (e.id) {
		case 'permission-removed': return ['stop', 'bad', e.title + ' ' + at];
		case 'offline': return ['offline', '', 'No connection ' + last];
		case 'throttled': return ['clock', '', asksToWait(account.source) + (e.retry_at_s ? ' until ' + clock(e.retry_at_s) : '')];
		case 'cancelled': return ['close', '', e.title + ' ' + last];
		case 'service': return ['alert', 'warn', e.title + ' ' + last];
		default: return ['stop', 'bad', e.title];
	}
}

function importingStatus(account, imp) {
	if (imp && imp.phase === 'next') return ['clock', '', 'Next to be refreshed'];
	if (imp && imp.phase === 'waiting') return ['clock', '', asksToWait(account.source) + ' until ' + exactClock(imp.wait_until_ms)];
	if (!account.n_contacts) return ['refresh', 'busy', 'Importing for the first time'];
	return ['refresh', 'busy', `Importing. The ${count(account.n_contacts)} from ${day(account.last_import_s)} stay usable`];
}

export const signedIn = (accounts) => accounts.map((a) => `${a.identity} is signed in. ${contacts(a.n_contacts)}.`).join(' ');

export const found = (n, more) => (more ? `More than ${count(n)} found` : count(n) + ' found');
export const GROUPS = {
	number: 'This is the number of', 'number-national': 'This is the number of', 'number-main': 'Same number, other extension', 'number-guess': 'A guess: the last 7 digits agree',
};
export const FIELD = { email: 'E-mail: ', company: 'Company: ', notes: 'Notes: ' };

const PHONES = {
	other: 'Number', work: 'Work phone', home: 'Home phone', 'other-fax': 'Fax', company: 'Company phone', assistant: 'Assistant’s phone', car: 'Car phone', radio: 'Radio phone',
	primary: 'Main number', isdn: 'ISDN', text: 'Text telephone',
};
export const phone = (kind) => PHONES[kind] || capital(kind.replace('-', ' '));
export const TEXTS = {
	nickname: 'Nickname', prefix: 'Title', suffix: 'Suffix', middle: 'Middle name', office: 'Office', profession: 'Profession',
	'file-as': 'Filed as', 'phonetic-company': 'Company, as it is read', initials: 'Initials',
};
export const placed = (place, noun) => capital(place ? place + ' ' + noun : noun);
