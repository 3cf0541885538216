// Linked Accounts: how each is and what can be done about it.
import * as api from './api.js';
import * as dialogs from './dialogs.js';
import * as files from './files.js';
import * as remedy from './remedy.js';
import * as router from './router.js';
import * as state from './state.js';
import { h, own, silent } from './dom.js';
import { empty, signInButtons } from './empty.js';
import { icon } from './icons.js';
import { button, disabled, menuButton, progressBar, tile } from './parts.js';
import { contacts, count } from './text.js';
import { toast } from './say.js';
import { fromAccounts, source, status } from './words.js';

export const title = 'Linked Accounts';

export function draw() {
	const { accounts, n_contacts: n } = state.get();
	if (!accounts.length) return empty('No linked accounts', 'Sign in, or add Outlook files, to bring contacts here.', signInButtons());
	const busy = state.isRefreshing();
	return h('div.page', { key: 'accounts' },
		h('header.page-header', h('h1.page-title', { tabindex: -1 }, h('span.crumb.wide-only', 'Contacts ', h('span', silent, '›'), ' '), 'Linked Accounts'),
			button('main', [h('span.turn' + (busy ? '.turning' : ''), icon('refresh')), busy ? 'Refreshing' : 'Refresh all'], () => state.isRefreshing() || remedy.refresh(), disabled(busy)),
			h('p.page-line', fromAccounts(n, accounts.length))),
		h('ul.group', accounts.map(row)), button('outlined.page-after', [icon('plus'), 'Add an account'], () => router.toPage('settings')));
}

function row(account) {
	const { name, identity, n_contacts: n } = account;
	const imp = state.importOf(name);
	const signin = state.signInAgain(name);
	const { icon: sign, tone, text } = status(account, imp, signin);
	const running = imp || (account.importing && account);
	return h('li.account', { key: account.id, 'data-account': name }, tile(source(account.source).tile),
		h('div', h('h2', h('b', own(name)), ' ', own(identity, identity, { class: 'account-identity' }), h('span.unseen', ', ' + source(account.source).title)),
			h('p.account-status.' + tone, h('span' + (tone === 'busy' ? '.turning' : ''), icon(sign, 16)), h('span', n > 0 && !running && h('span.narrow-only', contacts(n) + '. '), text)),
			running && running.total > 0 && running.phase !== 'next' && progressBar(Math.min(1, running.done / running.total), count(running.done) + ' of ' + count(running.total), 'Import of ' + name)),
		h('p.account-count', n > 0 && [h('b', count(n)), n === 1 ? 'contact' : 'contacts']), h('div.account-buttons', buttons(account, imp, signin)), problem(account));
}

function buttons(account, imp, signin) {
	const { name } = account;
	const press = (label, onclick, look = 'outlined') => button(look, label, onclick, { key: label, 'aria-label': label + ', ' + name });
	const out = account.state === 'signed-out';
	const remove = out || source(account.source).files;
	return [first(account, imp, signin, press), remove ? press('Remove', () => dialogs.removeKept(account)) : press('Sign out', () => dialogs.signOut(account)),
		menuButton('More, ' + name, () => moreItems(account, out), { key: 'more' })];
}

function first(account, imp, signin, press) {
	const { name, error, source: from } = account;
	if (imp) return press('Cancel', () => remedy.attempt(api.cancelRun(state.runOf(name).id)));
	if (signin) return press('Cancel', () => remedy.attempt(api.cancelSignIn(signin.id)));
	if (account.importing) return null; // only the program that imports it can stop it
	if (account.state === 'signed-out') return press('Sign in again', () => remedy.signIn(from, name));
	if (account.files === 'gone') return press('Choose another file', () => files.show());
	if (!error) return account.state === 'new' ? press('Import', () => remedy.startImport(name), 'main') : press(source(from).files ? 'Sync' : 'Refresh', () => remedy.refresh([name]));
	return ['try-again', 'start-again', 'copy-link'].includes(error.remedy) && press('Try again', () => remedy.refresh([name]));
}

function moreItems(account, out) {
	const { name } = account;
	return [
		{ label: 'Rename', onclick: () => dialogs.rename(account) },
		...(out ? [] : [{ label: 'Import everything again', onclick: () => remedy.startImport(name) }]),
		{ label: 'Show its contacts', onclick: () => router.toAccount(name) },
		...(account.n_contacts ? [{ label: 'Export', href: api.exportAddress('vcard4', name), download: name + '.vcf', onclick: () => toast(`Saved ${name}.vcf`) }] : []),
	];
}

function problem(account) {
	const f = account.error;
	if (!state.needsPerson(account)) return null;
	return h('div.account-problem' + (f.remedy === 'decide' ? '.undecided' : ''), h('p', f.sentence), f.button && button('main', f.button, () => remedy.act(f, { kind: 'refresh', account: account.name, source: account.source })));
}
