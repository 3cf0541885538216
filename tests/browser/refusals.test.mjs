/* SPDX-License-Identifier: MIT */
/* refusals.test.mjs - every failure that can be met by now: its words, and that its button does what it says. */
import assert from 'node:assert/strict';
import nodeTest, { after } from 'node:test';
import { HANDS, accept, banner, choose, closeBrowser, unlicensed, until, worker, world } from './rig.mjs';

after(closeBrowser);
const CONTACTS = '/v1.0/me/contacts';

/* A remedy is pressed with the mouse, and in a second run with the keyboard alone. */
function test(name, body) {
  for (const [hand, hands] of Object.entries(HANDS)) nodeTest(`${name}, with the ${hand}`, (t) => body(t, hands));
}

/* Refresh all, from Linked Accounts. */
async function refreshAll(page) {
  await page.getByRole('navigation').getByRole('link', { name: /^Linked Accounts/ }).click();
  await page.getByRole('button', { name: 'Refresh all' }).click();
}

async function mended(page) {
  await page.locator('.banner-done').getByText(/is up to date|imported from/).waitFor();
}

test('signin-cancelled: declined at the provider', async (t, hands) => {
  const w = await world(t);
  const page = await w.browse({ at: '#/settings' });
  const tab = await w.openSignIn(page);
  await choose(tab, worker);
  await tab.getByRole('button', { name: 'Cancel' }).or(tab.getByRole('link', { name: 'Cancel' })).click();
  await tab.getByText('Permission was not given').waitFor();
  const failed = banner(page, 'Sign-in cancelled');
  await failed.getByText('You declined on Microsoft 365’s page. Nothing was imported. Your contacts here are as they were.').waitFor();
  const again = page.context().waitForEvent('page');
  await hands.press(page, failed.getByRole('button', { name: 'Start again' }));
  await accept(await again);
  await mended(page);
});

test('no-mailbox', async (t, hands) => {
  const w = await world(t);
  const page = await w.browse({ at: '#/settings' });
  await accept(await w.openSignIn(page), unlicensed);
  const failed = banner(page, 'This account has no Microsoft 365 mailbox');
  await failed.getByText('Nothing was imported. unlicensed@contoso.example needs a licence with a mailbox; an administrator can assign one.').waitFor();
  const again = page.context().waitForEvent('page');
  await hands.press(page, failed.getByRole('button', { name: 'Use another account' }));
  await accept(await again);
  await mended(page);
});

test('not-configured: the guide opens', async (t, hands) => {
  const w = await world(t, { clientId: false });
  const page = await w.browse({ at: '#/settings' });
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  const failed = banner(page, 'kith cannot sign in to Microsoft 365 yet');
  await failed.getByText('This build has no client id: the setting microsoft.client_id is missing. The guide shows how to get one in three minutes.').waitFor();
  await hands.press(page, failed.getByRole('button', { name: 'Open the guide' }));
  const guide = page.getByRole('dialog', { name: 'A client id in three minutes' });
  assert.equal(await guide.getByLabel('Command').inputValue(), 'kith config set microsoft.client_id ID');
  await page.keyboard.press('Escape');
  await hands.press(page, failed.getByRole('button', { name: /^Close/ }));
  assert.equal(await failed.count(), 0);
});

test('too-many-contacts', async (t, hands) => {
  const w = await world(t);
  await w.control('POST', 'mailbox', { person: worker, report_count: 2147483648 });
  const page = await w.browse({ at: '#/settings' });
  await accept(await w.openSignIn(page));
  const failed = banner(page, 'Too many contacts');
  await failed.getByText('Microsoft 365 reports 2,147,483,648. More than 2,147,483,647 cannot be imported, so nothing was fetched.').waitFor();
  const again = page.context().waitForEvent('page');
  await hands.press(page, failed.getByRole('button', { name: 'Use another account' }));
  await accept(await again, 'someone@outlook.example');
  await mended(page);
});

test('permission-removed: banner, account, badge; signing in again mends it', async (t, hands) => {
  const w = await world(t);
  const page = await w.signedIn();
  await w.control('POST', 'revoke', { person: worker, token_life_s: 0 });
  await w.fault({ do: 'token-expired', path: '/v1.0', times: 1 });
  await refreshAll(page);
  const failed = banner(page, 'Permission was removed');
  await failed.getByText('“work” no longer lets kith read its contacts. The 60 imported before are still here. Sign in again and give the permission.').waitFor();
  await page.getByText(/Permission was removed today at \d\d:\d\d/).waitFor();
  await page.getByRole('link', { name: 'Linked Accounts, 1 needs attention' }).waitFor();
  const again = page.context().waitForEvent('page');
  await hands.press(page, page.locator('.account-problem').getByRole('button', { name: 'Sign in again' }));
  await accept(await again);
  await page.getByText(/Up to date, today at/).waitFor();
  assert.equal(await page.locator('.account').count(), 1);
});

test('signin-needed: another password', async (t, hands) => {
  const w = await world(t);
  const page = await w.signedIn();
  await w.control('POST', 'revoke', { person: worker, why: 'password' });
  await w.fault({ do: 'token-expired', path: '/v1.0', times: 1 });
  await refreshAll(page);
  const failed = banner(page, 'Sign in again');
  await failed.getByText(/Microsoft 365 wants you to sign in to “work” again\. Its 60 contacts are still here\./).waitFor();
  const again = page.context().waitForEvent('page');
  await hands.press(page, failed.getByRole('button', { name: 'Sign in again', exact: true }));
  await accept(await again);
  await page.getByText(/Up to date, today at/).waitFor();
});

test('cancelled: at once, nothing changed, and again', async (t, hands) => {
  const w = await world(t);
  const page = await w.signedIn();
  await w.fault({ do: 'hang', path: CONTACTS });
  await refreshAll(page);
  const running = banner(page, 'Importing from Microsoft 365');
  await hands.press(page, running.getByRole('button', { name: 'Cancel' }));
  const failed = banner(page, 'Import cancelled');
  await failed.getByText('Nothing changed. Your contacts are as they were.').waitFor({ timeout: 2000 });
  await w.noFaults();
  await hands.press(page, failed.getByRole('button', { name: 'Start again' }));
  await mended(page);
});

test('throttled', async (t, hands) => {
  const w = await world(t);
  const page = await w.signedIn();
  await w.fault({ do: 'status', status: 429, retry_after: '100000', path: CONTACTS });
  await refreshAll(page);
  const failed = banner(page, 'Microsoft 365 asks us to wait');
  await failed.getByText(/It answers again after .* Your contacts are as they were\./).waitFor({ timeout: 60000 });
  const later = failed.getByRole('button', { name: /Try again from/ });
  assert.equal(await later.getAttribute('aria-disabled'), 'true');
  await page.getByText(/Microsoft 365 asks us to wait until/).waitFor();
  await later.click({ force: true }); /* whoever presses all the same */
  assert.equal(await banner(page, 'Importing from Microsoft 365').count(), 0);
  await w.noFaults();
  await page.clock.setFixedTime(Date.now() + 2 * 24 * 3600 * 1000); /* the browser's clock: the time has come */
  await hands.press(page, failed.getByRole('button', { name: 'Try again', exact: true }));
  await mended(page);
});

nodeTest('told to wait: the banner says until when and goes on by itself', async (t) => {
  const w = await world(t);
  const page = await w.signedIn();
  await w.fault({ do: 'status', status: 429, retry_after: '3', path: CONTACTS, times: 1 });
  await refreshAll(page);
  await banner(page, 'Microsoft 365 asks us to wait').getByText(/Going on by itself at \d\d:\d\d:\d\d\. Nothing is lost\./).waitFor();
  await mended(page);
});

test('offline, and back', async (t, hands) => {
  const w = await world(t);
  const page = await w.signedIn();
  await w.fault({ do: 'close' });
  await refreshAll(page);
  const failed = banner(page, 'No connection to Microsoft 365');
  await failed.getByText('Your contacts here still work. Try again when the connection is back.').waitFor({ timeout: 120000 });
  await page.getByText(/No connection today at \d\d:\d\d\. Last imported today at \d\d:\d\d/).waitFor();
  assert.equal(await page.getByRole('link', { name: /needs attention/ }).count(), 0);
  await w.noFaults();
  await hands.press(page, failed.getByRole('button', { name: 'Try again' }));
  await mended(page);
});

test('service', async (t, hands) => {
  const w = await world(t);
  const page = await w.signedIn();
  await w.fault({ do: 'status', status: 500, path: CONTACTS });
  await refreshAll(page);
  const failed = banner(page, 'Microsoft 365 could not answer');
  await failed.getByText(/The fault is there; nothing changed here\. For its support: request [\w-]+/).waitFor({ timeout: 120000 });
  await hands.press(page, failed.getByRole('button', { name: 'Copy the details' }));
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^service\n/);
  await w.noFaults();
  await hands.press(page, failed.getByRole('button', { name: 'Try again' }));
  await mended(page);
});

test('import-running: another program imports it', async (t, hands) => {
  const w = await world(t);
  const page = await w.signedIn();
  await page.getByRole('navigation').getByRole('link', { name: /^Linked Accounts/ }).click();
  await w.fault({ do: 'latency', ms: 4000, path: CONTACTS, times: 1 });
  const other = w.kith('import', 'work').catch((e) => e);
  await page.getByText(/Importing\. The 60 from today stay usable/).waitFor();
  const more = page.getByRole('button', { name: 'More, work' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Import everything again' }).click();
  const failed = banner(page, 'Already importing');
  await failed.getByText(/“work” is being imported now/).waitFor();
  await hands.press(page, failed.getByRole('button', { name: 'Show progress' }));
  assert.doesNotMatch(String(await other), /Error/);
  await page.getByText(/Up to date, today at/).waitFor();
});

test('not-found: a contact that is gone', async (t, hands) => {
  const w = await world(t);
  const page = await w.signedIn();
  await page.goto(`http://localhost:${w.port}/#/contacts/999999`);
  await page.getByRole('heading', { name: 'This contact is no longer here' }).waitFor();
  await page.getByText(/It was removed at .*, and the last refresh removed it here\./).waitFor();
  await hands.press(page, page.getByRole('button', { name: 'Back to My Contacts' }));
  await page.getByText('Choose a contact, or type to search').waitFor();
});

test('one of two accounts fails, the other is up to date', async (t, hands) => {
  const w = await world(t);
  const page = await w.signedIn();
  await page.getByRole('link', { name: /^Settings/ }).click();
  await accept(await w.openSignIn(page, 'Add another'), 'someone@outlook.example');
  await page.locator('.banner-done').waitFor();
  await w.fault({ do: 'status', status: 500, path: CONTACTS, person: worker });
  await refreshAll(page);
  const failed = banner(page, '1 of 2 accounts are up to date');
  await failed.getByText(/“work”: Microsoft 365 could not answer\. Its 60 contacts are still here\./).waitFor({ timeout: 120000 });
  await w.noFaults();
  await hands.press(page, failed.getByRole('button', { name: 'Try again' }));
  await banner(page, '“work” is up to date').waitFor();
});

nodeTest('kith stops and comes back: the page goes on by itself', async (t) => {
  const w = await world(t);
  const page = await w.signedIn();
  await w.stopServing();
  await banner(page, 'kith has stopped').getByText('Start it again; this page goes on by itself.').waitFor();
  await w.serve(w.port);
  const back = banner(page, 'kith has stopped');
  const locked = page.getByRole('heading', { name: 'This page needs a new start link' });
  await until(async () => (await back.count()) === 0 || (await locked.count()) > 0, 'the page notices');
  if (await locked.count()) {
    const fresh = await page.context().newPage();
    await fresh.goto(w.link);
  }
  await page.locator('.row-link').first().waitFor();
  assert.equal(await back.count(), 0);
});
