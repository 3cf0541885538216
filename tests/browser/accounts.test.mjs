/* SPDX-License-Identifier: MIT */
/* accounts.test.mjs - Linked Accounts, Settings, and two pages that agree: with the mouse and with the keyboard alone. */
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { HANDS, accept, banner, closeBrowser, until, worker, world } from './rig.mjs';

after(closeBrowser);
const SOON_MS = 3000; /* a second on an idle machine */
const link = (page, name) => page.getByRole('navigation').getByRole('link', { name });
const button = (page, name) => page.getByRole('button', { name, exact: true });

for (const [which, hand] of Object.entries(HANDS)) {
  const press = (page, locator) => hand.press(page, locator);

  test(`refresh says what changed, with the ${which}`, async (t) => {
    const w = await world(t);
    const page = await w.signedIn();
    await press(page, link(page, /^Linked Accounts/));
    await page.getByText('60 contacts from 1 account. One refresh brings it up to date.').waitFor();
    await w.control('POST', 'change', { person: worker, add: 7, change: 5, remove: 3 });
    await press(page, button(page, 'Refresh all'));
    await banner(page, '“work” is up to date').getByText('7 new, 5 changed, 3 removed.').waitFor();
    await until(async () => (await page.locator('.account-count b').textContent()) === '64', '64 contacts');
    await press(page, banner(page, '“work” is up to date').getByRole('button', { name: 'Show what changed' }));
    await page.getByText('New or changed', { exact: true }).waitFor();
    await until(async () => (await page.locator('.list-count').textContent()) === '12', '7 new and 5 changed ones');
    await press(page, button(page, 'Show all contacts'));
    await until(async () => (await page.locator('.list-count').textContent()) === '64', 'all again');
    await press(page, link(page, /^Linked Accounts/));
    await press(page, banner(page, '“work” is up to date').getByRole('button', { name: /^Close/ }));
    await press(page, button(page, 'Refresh, work'));
    await banner(page, '“work” is up to date').getByText('Nothing had changed.').waitFor();
  });

  test(`rename, import again, show its contacts, with the ${which}`, async (t) => {
    const w = await world(t);
    const page = await w.signedIn();
    await press(page, link(page, /^Linked Accounts/));
    await press(page, button(page, 'More, work'));
    await press(page, page.getByRole('menuitem', { name: 'Rename' }));
    const dialog = page.getByRole('dialog', { name: 'Rename “work”' });
    await hand.fill(page, dialog.getByRole('textbox', { name: 'Short name' }), 'office');
    await press(page, dialog.getByRole('button', { name: 'Rename' }));
    await page.locator('.toast').getByText('“work” is now “office”').waitFor();
    await press(page, button(page, 'More, office'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await banner(page, '60 contacts imported from Microsoft 365').waitFor();
    await press(page, button(page, 'More, office'));
    await page.getByRole('menuitem', { name: 'Show its contacts' }).press('Enter');
    await page.getByText('Contacts of “office”').waitFor();
    await press(page, button(page, 'Show all accounts'));
    await until(async () => (await page.getByText('Contacts of “office”').count()) === 0, 'all accounts');
  });

  for (const keep of [true, false]) {
    test(`sign out and ${keep ? 'keep' : 'remove'} the contacts, with the ${which}`, async (t) => {
      const w = await world(t);
      const page = await w.signedIn();
      await press(page, link(page, /^Linked Accounts/));
      await press(page, button(page, 'Sign out, work'));
      const dialog = page.getByRole('dialog', { name: 'Sign out of “work”?' });
      await dialog.getByText('kith forgets the sign-in for worker@contoso.example. Your contacts at Microsoft 365 stay as they are.').waitFor();
      await dialog.getByText('The permission itself can be taken back at myapps.microsoft.com.').waitFor();
      assert.ok(await dialog.getByRole('button', { name: 'Cancel' }).evaluate((el) => el === document.activeElement), 'the safe choice has the focus');
      assert.ok(await dialog.getByRole('radio', { name: 'Remove its 60 contacts from this device' }).isChecked());
      if (keep && which === 'mouse') await dialog.getByText('Keep them').click();
      if (keep && which === 'keyboard') {
        await page.keyboard.press('Shift+Tab');
        await page.keyboard.press('Shift+Tab');
        await page.keyboard.press('ArrowDown');
      }
      await press(page, dialog.getByRole('button', { name: keep ? 'Sign out' : 'Sign out and remove', exact: true }));
      if (!keep) return void await page.getByRole('heading', { name: 'No linked accounts' }).waitFor();
      await page.getByText('Signed out, contacts kept').waitFor();
      const opened = page.context().waitForEvent('page');
      await press(page, button(page, 'Sign in again, work'));
      await accept(await opened);
      await page.bringToFront();
      await page.getByText(/Up to date, today at/).waitFor();
      return undefined;
    });
  }

  test(`the limit counts from the next import and the banner says so, with the ${which}`, async (t) => {
    const w = await world(t);
    const page = await w.signedIn();
    await press(page, link(page, /^Settings/));
    await page.getByText('worker@contoso.example is signed in. 60 contacts.').waitFor();
    const field = page.getByRole('textbox', { name: 'Limit for one account' });
    assert.equal(await field.inputValue(), '10,000');
    await hand.fill(page, field, 'many');
    await page.keyboard.press('Tab');
    await page.getByText('A whole number from 0 to 2,147,483,647.').waitFor();
    await hand.fill(page, field, '20');
    await page.keyboard.press('Enter');
    await page.locator('.toast').getByText('Limit set to 20. It counts from the next import').waitFor();
    await press(page, link(page, /^Linked Accounts/));
    await press(page, button(page, 'More, work'));
    await page.getByRole('menuitem', { name: 'Import everything again' }).press('Enter');
    const done = banner(page, 'Imported 20 of 60 contacts from Microsoft 365');
    await done.getByText('20 is the limit for one account. The other 40 are still at Microsoft 365.').waitFor();
    await press(page, done.getByRole('button', { name: 'Change the limit' }));
    await until(() => field.evaluate((el) => el === document.activeElement), 'the limit has the focus');
    assert.equal((await w.kith('config', 'get', 'import.limit')).trim(), '20');
  });

  test(`remove everything leaves nothing, with the ${which}`, async (t) => {
    const w = await world(t);
    const page = await w.signedIn();
    await press(page, link(page, /^Settings/));
    await press(page, button(page, 'Remove…'));
    const dialog = page.getByRole('dialog', { name: 'Remove everything from this device?' });
    await dialog.getByText('All 60 contacts, 1 sign-in and the settings go. Nothing changes at Microsoft 365.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.ok(await button(page, 'Remove…').evaluate((el) => el === document.activeElement), 'the focus is back');
    await press(page, button(page, 'Remove…'));
    await press(page, dialog.getByRole('button', { name: 'Remove everything' }));
    await page.getByText('Choose where your contacts are.').waitFor();
    await press(page, link(page, 'My Contacts'));
    await page.getByRole('heading', { name: 'No contacts yet' }).waitFor();
  });
}

test('the region is kept', async (t) => {
  const w = await world(t);
  const page = await w.browse({ at: '#/settings' });
  await page.getByRole('combobox', { name: 'Region for phone numbers' }).selectOption({ label: 'Sweden' });
  await page.locator('.toast').getByText('Region set to Sweden').waitFor();
  assert.equal((await w.kith('config', 'get', 'import.region')).trim(), 'SE');
});

test('progress: numbers, bar, cancel; the old contacts stay', async (t) => {
  const w = await world(t, { contacts: 3000 });
  const page = await w.signedIn();
  await w.fault({ do: 'latency', ms: 1500, path: '/v1.0/me/contacts' });
  await page.keyboard.press('Shift+R');
  const running = banner(page, 'Importing from Microsoft 365');
  await running.getByText('Counting your contacts').waitFor();
  await running.getByText(/into “work”/).waitFor();
  const bar = running.getByRole('progressbar');
  await until(async () => /^[\d,]+ of 3,000 contacts$/.test(await bar.getAttribute('aria-valuetext')), 'numbers');
  assert.equal(await page.locator('.list-count').textContent(), '3,000');
  const before = Date.now();
  await running.getByRole('button', { name: 'Cancel' }).click();
  await banner(page, 'Import cancelled').waitFor();
  assert.ok(Date.now() - before < SOON_MS);
  assert.equal(await page.locator('.list-count').textContent(), '3,000');
});

test('two pages agree, and see what the command line does', async (t) => {
  const w = await world(t);
  const one = await w.signedIn();
  const two = await w.browse({ context: one.context(), at: '#/accounts' });
  const both = async (look, what) => { for (const p of [one, two]) await until(() => look(p), what, SOON_MS); };
  await one.goto(`http://localhost:${w.port}/#/accounts`);
  await both(async (p) => (await p.locator('.account').count()) === 1, 'the account');
  await w.kith('config', 'set', 'import.limit', '30');
  await w.control('POST', 'change', { person: worker, add: 4 });
  await w.kith('config', 'set', 'import.limit', '0');
  await w.kith('refresh', '-q');
  await both(async (p) => (await p.locator('.account-count b').textContent()) === '64', 'what the command line refreshed');
  await two.bringToFront();
  await button(two, 'More, work').click();
  await two.getByRole('menuitem', { name: 'Rename' }).click();
  await two.getByRole('textbox', { name: 'Short name' }).fill('office');
  await two.keyboard.press('Enter');
  await both(async (p) => (await p.locator('.account').getAttribute('data-account')) === 'office', 'the new name');
  await button(two, 'Refresh all').click();
  await both(async (p) => (await banner(p, '“office” is up to date').count()) === 1, 'the banner');
  await banner(two, '“office” is up to date').getByRole('button', { name: /^Close/ }).click();
  await both(async (p) => (await banner(p, '“office” is up to date').count()) === 0, 'closed in both');
});

test('the list keeps its place while its contacts change', async (t) => {
  const w = await world(t, { contacts: 1500 });
  const page = await w.signedIn();
  const scroller = page.locator('.list-scroll');
  await scroller.evaluate((el) => { el.scrollTop = 20000; });
  /* The row at the top: its contact, and how far below the window's edge it is. */
  const top = () => page.evaluate(() => {
    const edge = document.querySelector('.list-scroll').getBoundingClientRect().top;
    const li = [...document.querySelectorAll('.row')].filter((r) => r.getBoundingClientRect().bottom > edge + 40).sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0];
    return li?.querySelector('a') && [li.querySelector('a').hash, Math.round(li.getBoundingClientRect().top)];
  });
  await until(() => page.evaluate(() => document.getAnimations().length === 0), 'nothing moves any more');
  const [id, y] = await until(top, 'rows');
  await w.control('POST', 'change', { person: worker, add: 30 });
  await w.kith('refresh', '-q');
  await until(async () => (await page.locator('.list-count').textContent()) === '1,530', 'the new ones');
  await until(async () => (await page.locator('.row:not(:has(.row-link))').count()) === 0, 'rows');
  const row = page.locator(`.row:has(a[href="${id}"])`);
  await until(async () => Math.abs((await row.boundingBox())?.y - y) <= 1, 'the row is where it was');
});
