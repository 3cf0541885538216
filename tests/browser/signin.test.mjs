/* SPDX-License-Identifier: MIT */
/* signin.test.mjs - signing in from the page: each flow with the mouse and again with the keyboard alone. */
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { HANDS, accept, admin, banner, choose, closeBrowser, elsewhere, managed, sound, worker, world } from './rig.mjs';

after(closeBrowser);
const WAITING = 'The import has started. Your browser wants an answer.';

for (const [name, hand] of Object.entries(HANDS)) {
  const press = (page, role, label) => hand.press(page, page.getByRole(role, { name: label, exact: true }));

  test(`three presses with the ${name} bring contacts here`, async (t) => {
    const w = await world(t, { contacts: 40 });
    const page = await w.browse();
    await page.getByRole('heading', { name: 'No contacts yet' }).waitFor();
    const opened = page.context().waitForEvent('page');
    await press(page, 'button', 'Sign in with Microsoft');
    const tab = await opened;
    await banner(page, WAITING).getByText(/Press Accept on Microsoft’s page\. The rest happens by itself\. The page waits until \d\d:\d\d\./).waitFor();
    await page.getByRole('button', { name: 'Waiting for the browser' }).waitFor();
    await hand.press(tab, tab.getByRole('button', { name: worker }));
    await tab.getByText('Read your contacts').waitFor();
    await press(tab, 'button', 'Accept');
    await tab.getByRole('heading', { name: 'You can close this tab' }).waitFor();
    await tab.getByText('kith may read your contacts now. The import is running by itself.').waitFor();
    const done = banner(page, '40 contacts imported from Microsoft 365');
    await done.getByText('They are on this device now, ready to search and to call.').waitFor();
    await hand.press(page, done.getByRole('button', { name: 'Show contacts' }));
    await page.locator('.row-link').first().waitFor();
    assert.equal(await page.locator('.list-count').textContent(), '40');
  });

  test(`an administrator allows it for the organization, a colleague is not asked, with the ${name}`, async (t) => {
    const w = await world(t, { contacts: 5 });
    const page = await w.browse({ at: '#/settings' });
    const tab = await w.openSignIn(page);
    await hand.press(tab, tab.getByRole('button', { name: admin }));
    await hand.press(tab, tab.getByRole('checkbox', { name: /Consent on behalf of your organization/ }), 'Space');
    await press(tab, 'button', 'Accept');
    await page.locator('.banner-done').waitFor();
    const opened = page.context().waitForEvent('page');
    await press(page, 'button', 'Add another');
    const second = await opened;
    await hand.press(second, second.getByRole('button', { name: worker }));
    await second.getByRole('heading', { name: 'You can close this tab' }).waitFor();
    await page.getByText('worker@contoso.example is signed in. 5 contacts.').waitFor();
  });

  test(`cancel ends it at once and the late tab says so, with the ${name}`, async (t) => {
    const w = await world(t, { contacts: 5 });
    const page = await w.browse({ at: '#/settings' });
    const tab = await w.openSignIn(page);
    await choose(tab, worker);
    await hand.press(page, banner(page, WAITING).getByRole('button', { name: 'Cancel' }));
    const cancelled = banner(page, 'Sign-in cancelled');
    await cancelled.getByText('Nothing was imported. Your contacts here are as they were.').waitFor({ timeout: 1000 });
    await tab.getByRole('button', { name: 'Accept' }).click();
    await tab.getByRole('heading', { name: 'The import was cancelled before' }).waitFor();
    await tab.getByText('This answer came afterwards and was not used. Nothing was imported. Start again from Settings › Contacts.').waitFor();
    await hand.press(tab, tab.getByRole('link', { name: 'Start again' }).or(tab.getByRole('button', { name: 'Start again' })));
    await tab.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
    const again = page.context().waitForEvent('page');
    await hand.press(page, cancelled.getByRole('button', { name: 'Start again' }));
    await accept(await again);
    await banner(page, '5 contacts imported from Microsoft 365').waitFor();
    assert.equal(await cancelled.count(), 0);
  });

  test(`a browser on another machine: the address is copied there and back, with the ${name}`, async (t) => {
    const w = await world(t, { contacts: 5 });
    const page = await w.browse({ at: '#/settings' });
    await press(page, 'button', 'Other ways to sign in');
    const item = page.getByRole('menuitem', { name: 'Sign in with Microsoft' });
    if (name === 'mouse') await item.click();
    else await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Browser on another machine' });
    const address = await dialog.getByLabel('Address to open there').inputValue();
    await hand.press(page, dialog.getByRole('button', { name: 'Copy' }));
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);
    const answer = await elsewhere(address, async (tab) => {
      await choose(tab, worker);
      await tab.getByRole('button', { name: 'Accept' }).click({ noWaitAfter: true });
    });
    const field = dialog.getByRole('textbox', { name: /The browser ends at a page/ });
    await hand.fill(page, field, 'http://localhost/?code=x');
    await press(page, 'button', 'Import');
    await dialog.getByText('This is not the address of this sign-in. Copy the whole line of the browser’s address field.').waitFor();
    await hand.fill(page, field, answer);
    await press(page, 'button', 'Import');
    await dialog.waitFor({ state: 'detached' });
    await banner(page, '5 contacts imported from Microsoft 365').waitFor();
  });

  test(`a code typed on another device brings contacts here, with the ${name}`, async (t) => {
    const w = await world(t, { contacts: 5 });
    await w.control('POST', 'codes', { interval_s: 1 });
    const page = await w.browse({ at: '#/settings' });
    await press(page, 'button', 'Other ways to sign in');
    const item = page.getByRole('menuitem', { name: 'Type a code for Microsoft 365 on another device' });
    if (name === 'mouse') await item.click();
    else for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
    const dialog = page.getByRole('dialog', { name: 'Sign in on another device' });
    await dialog.getByText(/Waiting for your answer, until \d\d:\d\d\. The import then starts by itself\./).waitFor();
    const code = await dialog.getByLabel('Code to type there').inputValue();
    await hand.press(page, dialog.getByRole('button', { name: 'Copy' }));
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
    await sound(page, 'a code for another device');
    const tab = await page.context().newPage();
    await tab.goto(await dialog.getByRole('link').getAttribute('href'));
    await tab.getByRole('textbox').fill(code);
    await tab.keyboard.press('Enter');
    await choose(tab, worker);
    await tab.getByRole('button', { name: 'Accept' }).click();
    await dialog.waitFor({ state: 'detached' });
    await banner(page, '5 contacts imported from Microsoft 365').waitFor();
  });

  test(`approval needed: the administrator’s link is shown while the sign-in goes on waiting, with the ${name}`, async (t) => {
    const w = await world(t, { contacts: 5 });
    const page = await w.browse({ at: '#/settings' });
    const tab = await w.openSignIn(page);
    await press(page, 'button', 'Approval needed?');
    const missing = banner(page, 'Permission to read contacts is missing');
    const link = await missing.getByLabel('Link for an administrator').inputValue();
    assert.match(link, /adminconsent/);
    await hand.press(page, missing.getByRole('button', { name: 'Copy the link' }));
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
    await page.getByText('Link copied').first().waitFor();
    await accept(tab);
    await banner(page, '5 contacts imported from Microsoft 365').waitFor();
  });
}

test('a code that is given up, that runs out, and one that is not given', async (t) => {
  const w = await world(t, { contacts: 5 });
  await w.control('POST', 'codes', { interval_s: 1, life_s: 3 });
  const page = await w.browse({ at: '#/settings', width: 360, height: 740, dark: true });
  const dialog = page.getByRole('dialog', { name: 'Sign in on another device' });
  const left = dialog.getByRole('timer');
  await page.getByRole('button', { name: 'Other ways to sign in' }).click();
  await page.getByRole('menuitem', { name: 'Type a code for Microsoft 365 on another device' }).click();
  await dialog.getByLabel('Code to type there').waitFor();
  await page.locator('[data-source=microsoft365]').getByText('Waiting for the code').waitFor();
  const shown = await left.textContent();
  assert.match(shown, /^[123]?\d:\d\d left$/);
  await page.waitForFunction(([el, before]) => el.textContent !== before, [await left.elementHandle(), shown]);
  await sound(page, 'a code for another device, narrow and dark');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  const cancelled = banner(page, 'Sign-in cancelled');
  await cancelled.waitFor();
  await cancelled.getByRole('button', { name: 'Start again' }).click();
  await dialog.getByLabel('Code to type there').waitFor(); /* by a code again */
  await dialog.waitFor({ state: 'detached' });
  const late = banner(page, 'Sign-in took too long');
  await late.getByText('The code is no longer good: it ran out, or was used before. Nothing was imported.').waitFor();
  await w.fault({ path: '/common/oauth2/v2.0/devicecode', do: 'malformed' });
  await late.getByRole('button', { name: 'Start again' }).click();
  await banner(page, 'Microsoft 365 could not answer').waitFor();
  assert.equal(await dialog.count(), 0);
});

test('an administrator opens the link and the managed person can sign in', async (t) => {
  const w = await world(t, { contacts: 5 });
  const page = await w.browse({ at: '#/settings' });
  const tab = await w.openSignIn(page);
  await choose(tab, managed);
  await tab.getByText('Need admin approval').waitFor();
  await tab.getByRole('link', { name: 'Back without agreeing' }).or(tab.getByRole('button', { name: 'Back without agreeing' })).click();
  await tab.getByText('Permission was not given').waitFor();
  const missing = banner(page, 'Permission to read contacts is missing');
  await missing.getByText(/Nothing was imported\. An administrator of (locked\.example|your organization) must allow Contacts\.Read for kith\. Send one this link:/).waitFor();
  const link = await missing.getByLabel('Link for an administrator').inputValue();
  assert.match(link, /\/v2\.0\/adminconsent\?client_id=/);
  const approval = await page.context().newPage();
  await approval.goto(link);
  await choose(approval, 'admin@locked.example');
  await approval.getByRole('button', { name: 'Accept' }).click();
  await approval.waitForURL(/^http:\/\/localhost/).catch(() => {});
  const again = page.context().waitForEvent('page');
  await missing.getByRole('button', { name: 'Try again' }).click();
  await accept(await again, managed);
  await banner(page, '5 contacts imported from Microsoft 365').waitFor();
});

test('the page again is the same sign-in', async (t) => {
  const w = await world(t, { contacts: 5 });
  const page = await w.browse({ at: '#/settings' });
  const first = await w.openSignIn(page);
  const address = new URL(first.url());
  await first.close();
  const opened = page.context().waitForEvent('page');
  await banner(page, WAITING).getByRole('button', { name: 'Open the page again' }).click();
  const tab = await opened;
  await tab.waitForURL(/127\.0\.0\.1/);
  assert.equal(new URL(tab.url()).host, address.host);
  await accept(tab);
  await banner(page, '5 contacts imported from Microsoft 365').waitFor();
});

test('a start link works once', async (t) => {
  const w = await world(t, { contacts: 5 });
  await w.browse();
  const stranger = await w.browse({ at: w.link });
  await stranger.getByRole('heading', { name: 'This link was used already' }).waitFor();
  await stranger.getByText('Start kith again for a new one.').waitFor();
});
