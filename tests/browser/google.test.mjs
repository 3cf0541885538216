/* SPDX-License-Identifier: MIT */
/* google.test.mjs - Google on the page: sign-in, refresh, and what can go wrong there; with the mouse and the keyboard. */
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { HANDS, allow, banner, closeBrowser, elsewhere, until, worker, world } from './rig.mjs';

after(closeBrowser);
const anna = 'anna@gmail.example';
const PEOPLE = '/v1/people/me/connections';
const link = (page, name) => page.getByRole('navigation').getByRole('link', { name });
const button = (page, name) => page.getByRole('button', { name, exact: true });

/* Signed in to Google, on Linked Accounts. */
async function atGoogle(t, options) {
  const w = await world(t, options);
  const page = await w.browse({ at: '#/settings' });
  const tab = await w.openSignIn(page, 'Sign in with Google');
  await allow(tab);
  await tab.close();
  await page.bringToFront();
  await banner(page, /contacts imported from Google/).getByRole('button', { name: /^Close/ }).click();
  await link(page, /^Linked Accounts/).click();
  return { w, page };
}

for (const [which, hand] of Object.entries(HANDS)) {
  const press = (page, locator, key) => hand.press(page, locator, key);

  test(`sign in with Google: tick, continue, contacts; with the ${which}`, async (t) => {
    const w = await world(t, { contacts: 40 });
    const page = await w.browse({ at: '#/settings' });
    await page.getByText('Gmail or Google Workspace. On Google’s page, tick the box for contacts.').waitFor();
    const opened = page.context().waitForEvent('page');
    await press(page, button(page, 'Sign in with Google'));
    const tab = await opened;
    await banner(page, 'The import has started. Your browser wants an answer.')
      .getByText(/Tick the box for contacts on Google’s page and press Continue\. The rest happens by itself\. The page waits until \d\d:\d\d\./).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Approval needed?' }).count(), 0);
    await press(tab, tab.getByRole('button', { name: anna }));
    await press(tab, tab.getByRole('checkbox', { name: /See and download your contacts/ }), 'Space');
    await press(tab, tab.getByRole('button', { name: 'Continue' }));
    await tab.getByRole('heading', { name: 'You can close this tab' }).waitFor();
    const done = banner(page, '40 contacts imported from Google');
    await press(page, done.getByRole('button', { name: 'Show contacts' }));
    await page.locator('.row-link').first().waitFor();
    assert.equal(await page.locator('.list-count').textContent(), '40');
    await press(page, link(page, /^Settings/));
    await page.getByText('anna@gmail.example is signed in. 40 contacts.').waitFor();
  });

  test(`an unticked box is noticed at once, and signing in again mends it, with the ${which}`, async (t) => {
    const w = await world(t, { contacts: 5 });
    const page = await w.browse({ at: '#/settings' });
    await allow(await w.openSignIn(page, 'Sign in with Google'), { tick: false });
    const missing = banner(page, 'Permission to read contacts is missing');
    await missing.getByText('Nothing was imported. The box for contacts was not ticked on Google’s page.').waitFor();
    const again = page.context().waitForEvent('page');
    await press(page, missing.getByRole('button', { name: 'Sign in again' }));
    await allow(await again);
    await banner(page, '5 contacts imported from Google').waitFor();
    assert.equal(await missing.count(), 0);
  });

  test(`declined at Google, and started again, with the ${which}`, async (t) => {
    const w = await world(t, { contacts: 5 });
    const page = await w.browse({ at: '#/settings' });
    const tab = await w.openSignIn(page, 'Sign in with Google');
    await tab.getByRole('button', { name: anna }).click();
    await tab.getByRole('button', { name: 'Cancel' }).or(tab.getByRole('link', { name: 'Cancel' })).click();
    await tab.getByText('Permission was not given').waitFor();
    const declined = banner(page, 'Sign-in cancelled');
    await declined.getByText('You declined on Google’s page. Nothing was imported. Your contacts here are as they were.').waitFor();
    const again = page.context().waitForEvent('page');
    await press(page, declined.getByRole('button', { name: 'Start again' }));
    await allow(await again);
    await banner(page, '5 contacts imported from Google').waitFor();
  });

  test(`one refresh for Microsoft and Google, with the ${which}`, async (t) => {
    const { w, page } = await atGoogle(t, { contacts: 60 });
    await page.goto(`http://localhost:${w.port}/#/settings`);
    const tab = await w.openSignIn(page, 'Sign in with Microsoft');
    await tab.getByRole('button', { name: worker }).click();
    await tab.getByRole('button', { name: 'Accept' }).click();
    await tab.getByText('You can close this tab').waitFor();
    await tab.close();
    await page.bringToFront();
    await banner(page, '60 contacts imported from Microsoft 365').getByRole('button', { name: /^Close/ }).click();
    await link(page, /^Linked Accounts/).click();
    await page.getByText('120 contacts from 2 accounts. One refresh brings all of them up to date.').waitFor();
    for (const person of [anna, worker]) await w.control('POST', 'change', { person, add: 7, change: 5, remove: 3 });
    await press(page, button(page, 'Refresh all'));
    const done = banner(page, 'All accounts are up to date');
    await done.getByText('14 new, 10 changed, 6 removed.').waitFor();
    await press(page, done.getByRole('button', { name: /^Close/ }));
    await press(page, button(page, 'Refresh all'));
    await done.getByText('Nothing had changed.').waitFor();
    await press(page, done.getByRole('button', { name: /^Close/ }));
    await w.fault({ do: 'close', path: '/v1/people' });
    await press(page, button(page, 'Refresh all'));
    const some = banner(page, '1 of 2 accounts are up to date');
    await some.getByText(/could not be reached: no connection to Google\. Its 64 contacts are still here\./).waitFor({ timeout: 120000 });
    await w.noFaults();
    await press(page, some.getByRole('button', { name: 'Try again' }));
    await page.locator('.banner-done').getByText('Nothing had changed.').waitFor();
  });
}

test('an expired sync token: everything is fetched again, and the banner says so', async (t) => {
  const { w, page } = await atGoogle(t, { contacts: 3000 });
  await w.fault({ do: 'gone', path: PEOPLE, times: 1 });
  await w.fault({ do: 'latency', ms: 700, path: PEOPLE });
  await button(page, 'Refresh all').click();
  const again = banner(page, /^Importing “.*” again from the start$/);
  await again.getByText('Google asked for a fresh copy. Your contacts stay here meanwhile.').waitFor();
  assert.equal(await page.locator('.account-count b').textContent(), '3,000');
  await banner(page, /is up to date/).getByText('Nothing had changed.').waitFor({ timeout: 60000 });
});

test('no client secret: the guide opens, and names the setting', async (t) => {
  const w = await world(t, { set: '[google]\nclient_secret =\n' });
  const page = await w.browse({ at: '#/settings' });
  await button(page, 'Sign in with Google').click();
  const failed = banner(page, 'kith cannot sign in to Google yet');
  await failed.getByText('This build has no client secret: the setting google.client_secret is missing. The guide shows how to get one in three minutes.').waitFor();
  await failed.getByRole('button', { name: 'Open the guide' }).click();
  const guide = page.getByRole('dialog', { name: 'A client id in three minutes' });
  await guide.getByText('Under Clients, create a client of the type Desktop app.').waitFor();
  assert.equal(await guide.getByLabel('Command').inputValue(), 'kith config set google.client_secret SECRET');
});

test('the service for contacts is switched off: its address can be copied, then it goes on', async (t) => {
  const { w, page } = await atGoogle(t, { contacts: 5 });
  await w.fault({ do: 'status', status: 403, code: 'SERVICE_DISABLED', message: 'People API is off. Enable it by visiting https://console.example/people then retry.', path: PEOPLE });
  await button(page, 'Refresh all').click();
  const failed = banner(page, 'kith cannot read contacts at Google yet');
  await failed.getByText('The service for contacts is switched off for the application whose id kith uses. Its owner can switch it on here:').waitFor();
  const address = await failed.getByLabel('Address to open').inputValue();
  assert.match(address, /^https:\/\//);
  await failed.getByRole('button', { name: 'Copy the link' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);
  await w.noFaults();
  await failed.getByRole('button', { name: 'Try again' }).click();
  await banner(page, /is up to date/).waitFor();
});

test('the quota is used up: until when, and a button that waits with it', async (t) => {
  const { w, page } = await atGoogle(t, { contacts: 5 });
  await w.fault({ do: 'status', status: 429, retry_after: '100000', path: PEOPLE });
  await button(page, 'Refresh all').click();
  const failed = banner(page, 'Google asks us to wait');
  await failed.getByText(/It answers again .* Your contacts are as they were\./).waitFor({ timeout: 60000 });
  assert.equal(await failed.getByRole('button', { name: /Try again from/ }).getAttribute('aria-disabled'), 'true');
});

test('permission removed at Google: signing in again mends it', async (t) => {
  const { w, page } = await atGoogle(t, { contacts: 5 });
  await w.control('POST', 'revoke', { person: anna, token_life_s: 0 });
  await button(page, 'Refresh all').click();
  const failed = banner(page, /Permission was removed|Sign in again/);
  await failed.getByText(/5 (contacts|imported before) are still here/).waitFor();
  const again = page.context().waitForEvent('page');
  await failed.getByRole('button', { name: 'Sign in again', exact: true }).click();
  await allow(await again);
  await page.getByText(/Up to date, today at/).waitFor();
  assert.equal(await page.locator('.account').count(), 1);
});

test('signing out of Google says where the permission can be taken back', async (t) => {
  const { page } = await atGoogle(t, { contacts: 5 });
  await page.getByRole('button', { name: /^Sign out, / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('kith forgets the sign-in for anna@gmail.example. Your contacts at Google stay as they are.').waitFor();
  await dialog.getByText('The permission itself can be taken back at myaccount.google.com/connections.').waitFor();
  await button(page, 'Sign out and remove').click();
  await page.getByRole('heading', { name: 'No linked accounts' }).waitFor();
});

test('a browser on another machine, for Google', async (t) => {
  const w = await world(t, { contacts: 5 });
  const page = await w.browse({ at: '#/settings' });
  await button(page, 'Other ways to sign in').click();
  await page.getByRole('menuitem', { name: 'Sign in with Google' }).click();
  const dialog = page.getByRole('dialog', { name: 'Browser on another machine' });
  const answer = await elsewhere(await dialog.getByLabel('Address to open there').inputValue(), (tab) => allow(tab, { leaves: true }));
  await dialog.getByRole('textbox', { name: /The browser ends at a page/ }).fill(answer);
  await button(page, 'Import').click();
  await dialog.waitFor({ state: 'detached' });
  await banner(page, '5 contacts imported from Google').waitFor();
  await until(async () => (await page.getByText('anna@gmail.example is signed in. 5 contacts.').count()) === 1, 'signed in');
});
