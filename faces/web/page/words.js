// What the page says about sources, accounts and imports; the engine words the failures.
import * as state from './state.js';
import { clock, contacts, count, day, exactClock, quoted } from './text.js';

export const source = (id) => state.get().sources.find((s) => s.id === id);
export const provider = (id) => source(id).title;

export function waiting({ source: from, device, code, url, expires_at_s: end }) {
	if (device) return { title: 'Sign in on another device', sentence: code && `Open ${url} there and type ${code}. The import then starts by itself. The code waits until ${clock(end)}.` };
	return { title: 'The import has started. Your browser wants an answer.', sentence: `${source(from).answer} The rest happens by itself. The page waits until ${clock(end)}.` };
}
export const awaited = ({ device }) => (device ? 'Waiting for the code' : 'Waiting for the browser');
export const importing = (id) => 'Importing from ' + provider(id);
export const again = (imp) => ({ title: `Importing ${quoted(imp.account)} again from the start`, sentence: provider(imp.source) + ' asked for a fresh copy. Your contacts stay here meanwhile.' });
export const progress = (imp) => count(imp.done) + ' of ' + contacts(imp.total);
export const asksToWait = (id) => provider(id) + ' asks us to wait';
export const goingOn = (imp) => `Going on by itself at ${exactClock(imp.wait_until_ms)}. Nothing is lost.`;
export const refreshing = (n) => `Refreshing ${count(n)} accounts`;

// One of several that run or have run.
export function inShort(imp) {
	const until = imp.phase === 'waiting' && 'waiting until ' + exactClock(imp.wait_until_ms);
	const begun = imp.phase === 'next' || imp.phase === 'counting' ? imp.phase : count(imp.done) + ' of ' + count(imp.total);
	return imp.account + ', ' + (imp.in_short || until || begun);
}

export const fromAccounts = (n, accounts) => contacts(n) + ' from ' + (accounts === 1 ? '1 account. One refresh brings it' : count(accounts) + ' accounts. One refresh brings all of them') + ' up to date.';

// {icon, tone, text}: the server's, but for what changes from moment to moment.
export function status(account, imp, signin) {
	if (imp || account.importing) return running(account, imp);
	if (signin) return { icon: 'browser', tone: '', text: awaited(signin) + ' until ' + clock(signin.expires_at_s) };
	return account.status;
}

function running(account, imp) {
	const waits = (text) => ({ icon: 'clock', tone: '', text });
	if (imp?.phase === 'next') return waits('Next to be refreshed');
	if (imp?.phase === 'waiting') return waits(asksToWait(account.source) + ' until ' + exactClock(imp.wait_until_ms));
	return { icon: 'refresh', tone: 'busy', text: account.n_contacts ? `Importing. The ${count(account.n_contacts)} from ${day(account.last_import_s)} stay usable` : 'Importing for the first time' };
}

export const signedIn = (accounts) => accounts.map((a) => (source(a.source).files ? quoted(a.name) + ' is imported' : a.identity + ' is signed in') + `. ${contacts(a.n_contacts)}.`).join(' ');

export const found = (n, more) => (more ? `More than ${count(n)} found` : count(n) + ' found');
