/* SPDX-License-Identifier: MIT */
/*
 * words.js - what the page says about sources, accounts and imports.
 *
 * Failures are not here: the engine words them for every face. Everything that
 * counts takes numbers, so that one contact is never "1 contacts".
 */
import { clock, clockExact, contacts, count, day, quoted, when } from './text.js';

const SOURCES = {
  microsoft365: {
    title: 'Microsoft 365', tile: 'M', button: 'Sign in with Microsoft', page: 'Microsoft’s page',
    line: 'Work, school or personal account. Asks to read contacts, nothing else.',
    answer: 'Press Accept on Microsoft’s page.', takeBack: 'myapps.microsoft.com', takeBackLink: 'https://myapps.microsoft.com/',
  },
  google: {
    title: 'Google', tile: 'G', button: 'Sign in with Google', page: 'Google’s page',
    line: 'Gmail or Google Workspace. On Google’s page, tick the box for contacts.',
    answer: 'Tick the box for contacts on Google’s page and press Continue.',
    takeBack: 'myaccount.google.com/connections', takeBackLink: 'https://myaccount.google.com/connections',
  },
  outlook: {
    title: 'Outlook', tile: 'O', button: 'Add files', page: '', line: 'Data files (.pst, .ost), a CSV export or vCards. Needs no sign-in.',
    answer: '', takeBack: '', takeBackLink: '',
  },
};
const UNKNOWN = { title: '', tile: '?', button: 'Sign in', page: 'the page', line: '', answer: '', takeBack: '', takeBackLink: '' };

export const source = (id) => SOURCES[id] || UNKNOWN;
export const provider = (id) => source(id).title;

/* Why a source cannot be used while the account `other` is here. */
export function inTheWay(id, other) {
  if (id === 'outlook') {
    return ['Your Microsoft 365 contacts are imported already, and the Outlook app holds the same people. To use Outlook files instead, sign out of ' + quoted(other) + ' in ', '.'];
  }
  return ['Contacts of the Outlook app are imported already, and Microsoft 365 holds the same people. To sign in instead, remove ' + quoted(other) + ' in ', '.'];
}

/* --- a sign-in that waits --- */

export const waitingTitle = 'The import has started. Your browser wants an answer.';
export const waitingSentence = (signin) => source(signin.source).answer + ' The rest happens by itself. The page waits until ' + clock(signin.expires_at_s) + '.';

/* --- imports --- */

export const importing = (id) => 'Importing from ' + provider(id);
export const counting = 'Counting your contacts';
export const progress = (imp) => count(imp.done) + ' of ' + contacts(imp.total);
export const asksToWait = (id) => provider(id) + ' asks us to wait';
export const goingOn = (imp) => 'Going on by itself at ' + clockExact(imp.wait_until_ms) + '. Nothing is lost.';
export const refreshing = (n) => 'Refreshing ' + count(n) + (n === 1 ? ' account' : ' accounts');

/* "studio, 1,204 of 1,880" */
export function oneOfSeveral(imp) {
  if (imp.phase === 'done') return imp.account + ', ' + changesInShort(imp.result);
  if (imp.phase === 'failed') return imp.account + ', ' + lower(imp.error.title);
  if (imp.phase === 'next') return imp.account + ', next';
  if (imp.phase === 'waiting') return imp.account + ', waiting until ' + clockExact(imp.wait_until_ms);
  if (imp.phase === 'counting' || imp.total < 0) return imp.account + ', counting';
  return imp.account + ', ' + count(imp.done) + ' of ' + count(imp.total);
}

function changesInShort(r) {
  const parts = [];
  if (r.added) parts.push(count(r.added) + ' new');
  if (r.changed) parts.push(count(r.changed) + ' changed');
  if (r.removed) parts.push(count(r.removed) + ' removed');
  return parts.join(', ') || 'nothing new';
}

const lower = (s) => s.slice(0, 1).toLowerCase() + s.slice(1);

export function changes(results) {
  const sum = (key) => results.reduce((n, r) => n + r[key], 0);
  const [added, changed, removed] = [sum('added'), sum('changed'), sum('removed')];
  if (!added && !changed && !removed) return 'Nothing had changed.';
  return count(added) + ' new, ' + count(changed) + ' changed, ' + count(removed) + ' removed.';
}

const SMALL = ['', 'this one', 'these two', 'these three', 'these four', 'these five', 'these six', 'these seven', 'these eight', 'these nine', 'these ten'];

/*
 * The closing words of one import: {look, title, sentence, action, problems}.
 * look: done or partly; action: what its button does, if anything.
 */
export function closing(imp, kind) {
  const r = imp.result;
  const at = provider(imp.source);
  if (r.imported === 0 && r.reported <= 0 && r.removed === 0) {
    return { look: 'done', title: 'There are no contacts at ' + at, sentence: quoted(imp.account) + ' is linked. Contacts added there arrive with the next refresh.', action: '' };
  }
  if (r.limit_reached) {
    const rest = r.reported - r.imported;
    return {
      look: 'done', action: 'limit', title: 'Imported ' + count(r.imported) + ' of ' + contacts(r.reported) + ' from ' + at,
      sentence: count(r.limit) + ' is the limit for one account. The other ' + count(rest) + (rest === 1 ? ' is' : ' are') + ' still at ' + at + '.',
    };
  }
  if (r.partial > 0) {
    return {
      look: 'partly', action: '', problems: true, title: 'Imported ' + contacts(r.imported) + ', ' + count(r.partial) + ' of them only in part',
      sentence: at + ' sent something unreadable for ' + (SMALL[r.partial] || 'these ' + count(r.partial)) + '. Everything else about ' + (r.partial === 1 ? 'it' : 'them') + ' is here.',
    };
  }
  if (r.skipped > 0) {
    return {
      look: 'partly', action: '', problems: true, title: 'Imported ' + contacts(r.imported) + ', ' + count(r.skipped) + ' skipped',
      sentence: r.skipped === 1 ? '1 contact list is not a person and was left out.' : count(r.skipped) + ' contact lists are not people and were left out.',
    };
  }
  if (kind === 'refresh') return { look: 'done', action: '', title: quoted(imp.account) + ' is up to date', sentence: changes([r]) };
  return {
    look: 'done', action: 'contacts', title: contacts(r.imported) + ' imported from ' + at,
    sentence: r.imported === 1 ? 'It is on this device now, ready to search and to call.' : 'They are on this device now, ready to search and to call.',
  };
}

/* The closing words of a refresh of several accounts. contactsOf(name): how many it has here. */
export function closingOfSeveral(run, contactsOf) {
  const failed = run.imports.filter((i) => i.phase === 'failed');
  if (failed.length === 0) {
    return { look: 'done', action: '', title: 'All accounts are up to date', sentence: changes(run.imports.map((i) => i.result)) };
  }
  return {
    look: 'partly', action: 'again', problems: true, title: count(run.imports.length - failed.length) + ' of ' + count(run.imports.length) + ' accounts are up to date',
    sentence: failed.map((i) => reason(i, contactsOf(i.account))).join(' '),
  };
}

function reason(imp, n) {
  const kept = n === 0 ? '' : n === 1 ? ' Its contact is still here.' : ' Its ' + contacts(n) + ' are still here.';
  if (imp.error.id === 'offline') return quoted(imp.account) + ' could not be reached: no connection to ' + provider(imp.source) + '.' + kept;
  return quoted(imp.account) + ': ' + lower(imp.error.title) + '.' + kept;
}

/* --- Linked Accounts --- */

export const fromAccounts = (n, accounts) => contacts(n) + ' from ' + count(accounts) + (accounts === 1 ? ' account. ' : ' accounts. ')
  + 'One refresh brings ' + (accounts === 1 ? 'it' : 'all of them') + ' up to date.';

/* The status line of an account: {icon, tone, text}. imp, signin: what runs for it, or null. */
export function status(account, imp, signin) {
  if (imp || account.importing) return importingStatus(account, imp);
  if (signin) return { icon: 'browser', tone: '', text: 'Waiting for the browser until ' + clock(signin.expires_at_s) };
  if (account.state === 'new' && !account.error) return { icon: 'clock', tone: '', text: 'Never imported' };
  if (account.state === 'signed-out') return { icon: 'sign-out', tone: '', text: 'Signed out, contacts kept' };
  if (account.error) return failedStatus(account);
  return { icon: 'done', tone: 'good', text: 'Up to date, ' + when(account.last_import_s) };
}

function importingStatus(account, imp) {
  if (imp && imp.phase === 'next') return { icon: 'clock', tone: '', text: 'Next to be refreshed' };
  if (imp && imp.phase === 'waiting') return { icon: 'clock', tone: '', text: asksToWait(account.source) + ' until ' + clockExact(imp.wait_until_ms) };
  if (!account.n_contacts) return { icon: 'refresh', tone: 'busy', text: 'Importing for the first time' };
  return { icon: 'refresh', tone: 'busy', text: 'Importing. The ' + count(account.n_contacts) + ' from ' + day(account.last_import_s) + ' stay usable' };
}

function failedStatus(account) {
  const e = account.error;
  const last = account.last_import_s ? '. Last imported ' + when(account.last_import_s) : '';
  const at = when(account.last_attempt_s);
  switch (e.id) {
    case 'permission-removed': return { icon: 'stop', tone: 'bad', text: 'Permission was removed ' + at };
    case 'permission-missing': return { icon: 'stop', tone: 'bad', text: 'Permission to read contacts is missing' };
    case 'offline': return { icon: 'offline', tone: '', text: 'No connection ' + at + last };
    case 'throttled': return { icon: 'clock', tone: '', text: asksToWait(account.source) + (e.retry_at_s ? ' until ' + clock(e.retry_at_s) : '') };
    case 'removals-held': return { icon: 'alert', tone: 'warn', text: 'Held back: ' + count(e.count) + ' would be removed' };
    case 'cancelled': return { icon: 'close', tone: '', text: 'Import cancelled ' + at + last };
    case 'service': return { icon: 'alert', tone: 'warn', text: e.title + ' ' + at + last };
    default: return { icon: 'stop', tone: 'bad', text: e.title };
  }
}

export const signedIn = (accounts) => accounts.map((a) => a.identity + ' is signed in. ' + contacts(a.n_contacts) + '.').join(' ');

/* --- My Contacts --- */

export const found = (n, more, limit) => (more ? 'More than ' + count(limit) + ' found' : count(n) + ' found');
export const GROUPS = {
  number: 'This is the number of', 'number-national': 'This is the number of',
  'number-main': 'Same number, other extension', 'number-guess': 'A guess: the last 7 digits agree',
};
export const FIELD = { email: 'E-mail: ', company: 'Company: ', notes: 'Notes: ' };

/* --- one contact --- */

export const PHONES = {
  other: 'Number', mobile: 'Mobile', work: 'Work phone', home: 'Home phone', 'work-fax': 'Work fax', 'home-fax': 'Home fax', 'other-fax': 'Fax',
  pager: 'Pager', company: 'Company phone', assistant: 'Assistant’s phone', callback: 'Callback', car: 'Car phone', radio: 'Radio phone', primary: 'Main number',
  isdn: 'ISDN', telex: 'Telex', text: 'Text telephone',
};
const PLACES = { work: 'Work ', home: 'Home ', other: 'Other ', '': '' };
export const placed = (place, noun) => { const s = (PLACES[place] || '') + noun; return s.slice(0, 1).toUpperCase() + s.slice(1); };
export const TEXTS = {
  nickname: 'Nickname', prefix: 'Title', suffix: 'Suffix', middle: 'Middle name', office: 'Office', profession: 'Profession', 'file-as': 'Filed as',
  'phonetic-company': 'Company, as it is read', initials: 'Initials',
};
