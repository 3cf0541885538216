// Does what a failure's button says. ctx, what it happened to: {kind, source, account, accounts, again, url, device}.
import * as api from './api.js';
import * as dialogs from './dialogs.js';
import * as files from './files.js';
import * as router from './router.js';
import * as state from './state.js';
import { copy } from './say.js';

// A refusal becomes a banner, and answers null.
export async function attempt(asking, ctx = {}) {
	try {
		return (await asking) || {};
	} catch (e) {
		if (!e.failure) throw e;
		if (e.status && e.status !== 401) state.refuse(e.failure, ctx);
		return null;
	}
}

export async function signIn(source, again = '') {
	// Later it would count as a pop-up.
	const tab = window.open('', '_blank');
	if (tab) tab.opener = null;
	const begun = await attempt(api.signIn(source, again), { kind: 'signin', source, again });
	if (begun) tab?.location.replace(begun.url);
	else tab?.close();
}

export const openTab = (url) => window.open(url, '_blank', 'noopener');
export const startImport = (account) => attempt(api.post('import', { account }), { kind: 'import', account });
export const refresh = (accounts = [], allow = false) => attempt(api.post('refresh', { accounts, allow_removals: allow }), { kind: 'refresh', account: accounts.length === 1 ? accounts[0] : '', accounts });

const sourceOf = (failure, ctx) => ctx.source || failure.source || state.get().sources[0].id;
const accountOf = (failure, ctx) => state.accountNamed(ctx.account || failure.account);

export function act(failure, ctx) {
	const account = accountOf(failure, ctx);
	switch (failure.remedy) {
		case 'start-again': case 'try-again': return again(failure, ctx);
		case 'sign-in-again': return signIn(sourceOf(failure, ctx), account?.name);
		case 'other-account': return signIn(sourceOf(failure, ctx));
		case 'copy-link': return copy(failure.link, 'Link copied');
		case 'show-accounts': case 'show-progress': return router.toPage('accounts');
		case 'show-contacts': return router.toContacts();
		case 'open-guide': return dialogs.guide(failure, sourceOf(failure, ctx));
		case 'open-folder': return dialogs.explain(failure.title, 'Contacts are kept in this folder:', failure.file || state.get().device.data_dir);
		case 'repair': return repair(ctx);
		case 'decide': return account && dialogs.decide(account, ctx.mended);
		case 'choose-file': return files.show(ctx.mended);
		case 'report': return copy(details(failure));
	}
}

async function repair({ mended }) {
	const done = await attempt(api.post('repair'));
	if (!done) return;
	mended?.();
	if (done.copy) dialogs.explain('Checked and repaired', 'The file was damaged; a copy was kept:', done.copy);
}

function again(failure, ctx) {
	if (ctx.kind === 'state') return state.retry();
	const account = accountOf(failure, ctx);
	if (ctx.device) return dialogs.onDevice(sourceOf(failure, ctx), ctx.again);
	if (ctx.kind === 'signin' || !account) return signIn(sourceOf(failure, ctx), ctx.again);
	return ctx.kind === 'refresh' ? refresh(ctx.accounts || [account.name]) : startImport(account.name);
}

export function quiet(failure, ctx) {
	const account = accountOf(failure, ctx);
	const run = account && state.runOf(account.name);
	switch (failure.id) {
		case 'permission-missing': case 'not-configured': return failure.link ? [['Try again', () => (ctx.url ? openTab(ctx.url) : again(failure, ctx))]] : [];
		case 'store': return account && failure.setting ? [['Sign in again', () => signIn(account.source, account.name)]] : [];
		case 'permission-removed': return account ? [['Sign out', () => dialogs.signOut(account)]] : [];
		case 'import-running': return run ? [['Cancel that import', () => attempt(api.cancelRun(run.id))]] : [];
		case 'service': return [['Copy the details', () => copy(details(failure))]];
		case 'internal': return [['How to report', () => dialogs.explain('How to report', 'Open an issue where your kith comes from, and paste these details:', details(failure))]];
		case 'tls': return [['What this means', () => dialogs.explain(failure.title, 'Another program, or somebody on the way, answers in its place. If your organization reads connections, make its certificate known:', 'kith config set network.ca_file FILE')]];
		default: return [];
	}
}

const details = (f) => [f.id, f.details, f.request_id && 'request ' + f.request_id, new Date().toISOString()].filter(Boolean).join('\n');
