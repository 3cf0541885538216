/* SPDX-License-Identifier: MIT */
/*
 * remedy.js - does what the button of a failure says.
 *
 * A failure names its remedy by id; ctx says what it happened to: the account, the
 * source, whether it was an import or a sign-in. Nothing here decides what a failure
 * means; that is the engine's catalogue.
 */
import * as api from './api.js';
import * as dialogs from './dialogs.js';
import * as local from './local.js';
import * as router from './router.js';
import * as state from './state.js';
import { copy } from './clipboard.js';

/* Begin a sign-in: its page opens in a new tab, the banner follows by itself. */
export async function signIn(source, again = '') {
  /* The tab is opened while the press is still fresh; later it would count as a pop-up. */
  const tab = window.open('', '_blank');
  if (tab) tab.opener = null;
  const begun = await attempt(() => api.signIn(source, again), { source, account: again, kind: 'signin' });
  if (!begun) {
    if (tab) tab.close();
    return;
  }
  if (tab) tab.location.replace(begun.url);
}

export const startImport = (account) => attempt(() => api.startImport(account), { account, kind: 'import' });
export const refresh = (accounts) => attempt(() => api.refresh(accounts), { account: accounts && accounts.length === 1 ? accounts[0] : '', kind: 'refresh', accounts });

/* Run a call; a refusal becomes a banner. Answers null when it was refused. */
export async function attempt(call, ctx = {}) {
  try {
    return (await call()) || {};
  } catch (e) {
    if (!e.failure) throw e;
    if (e.failure.id !== 'stopped' && e.status !== 401) local.fail(e.failure, ctx);
    return null;
  }
}

export function act(failure, ctx) {
  const source = ctx.source || failure.source || 'microsoft365';
  const account = ctx.account || failure.account;
  switch (failure.remedy) {
    case 'start-again': return ctx.kind === 'signin' || !account ? signIn(source, ctx.again) : again(ctx, account);
    case 'sign-in-again': return signIn(source, known(account));
    case 'other-account': return signIn(source);
    case 'try-again': return ctx.kind === 'signin' || !account ? signIn(source, ctx.again) : again(ctx, account);
    case 'copy-link': return copy(failure.link, 'Link copied');
    case 'show-accounts':
    case 'show-progress':
    case 'choose-file': return router.go(router.addressOf('accounts'));
    case 'show-contacts': return router.go(router.addressOf('contacts', 0, ''));
    case 'open-guide': return dialogs.guide(failure, source);
    case 'decide': return dialogs.brake(failure, account);
    case 'open-folder': return dialogs.place(failure.title, 'Contacts are kept in this folder:', state.get().device.data_dir);
    case 'repair': return dialogs.place(failure.title, 'Check and repair runs in a terminal:', failure.command);
    case 'report': return copy(details(failure), 'Copied');
    default: return undefined;
  }
}

const known = (account) => (state.accountNamed(account) ? account : '');

function again(ctx, account) {
  if (ctx.accounts) return refresh(ctx.accounts);
  return ctx.kind === 'refresh' ? refresh([account]) : startImport(account);
}

/* What the quiet buttons of a failure are, besides its remedy: [label, what it does]. */
export function quiet(failure, ctx) {
  const account = state.accountNamed(ctx.account || failure.account);
  switch (failure.id) {
    case 'permission-missing': return failure.remedy === 'copy-link' ? [['Try again', () => retrySignIn(failure, ctx)]] : [];
    case 'permission-removed': return account ? [['Sign out', () => dialogs.signOut(account)]] : [];
    case 'import-running': {
      const run = account && state.runOf(account.name);
      return run ? [['Cancel that import', () => api.cancelRun(run.id)]] : [];
    }
    case 'service': return [['Copy the details', () => copy(details(failure), 'Copied')]];
    default: return [];
  }
}

function retrySignIn(failure, ctx) {
  if (ctx.url) return window.open(ctx.url, '_blank', 'noopener');
  if (ctx.kind !== 'signin' && known(ctx.account)) return again(ctx, ctx.account);
  return signIn(ctx.source || failure.source || 'microsoft365', ctx.again);
}

const details = (f) => [f.id, f.details, f.request_id && 'request ' + f.request_id, new Date().toISOString()].filter(Boolean).join('\n');
