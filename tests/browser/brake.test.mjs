/* SPDX-License-Identifier: MIT */
/* brake.test.mjs - a refresh that would remove many asks first: with the mouse and with the keyboard alone. */
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { HANDS, banner, closeBrowser, sound, until, worker, world } from './rig.mjs';

after(closeBrowser);
const link = (page, name) => page.getByRole('navigation').getByRole('link', { name });
const button = (page, name) => page.getByRole('button', { name, exact: true });
const held = (page) => banner(page, 'A refresh would remove 100 contacts');
const counted = (page, n) => until(async () => (await page.locator('.account-count b').textContent()) === n, n + ' contacts');

/* 300 contacts, of which a refresh would remove 100. */
async function heldBack(t, press) {
  const w = await world(t, { contacts: 300 });
  const page = await w.signedIn();
  await press(page, link(page, /^Linked Accounts/));
  await w.control('POST', 'change', { person: worker, add: 7, change: 5, remove: 100 });
  await press(page, button(page, 'Refresh all'));
  await held(page).getByText('“work” would go from 307 to 207. Until you decide, all are here.').waitFor();
  await page.getByText('Held back: 100 would be removed').waitFor();
  await page.getByRole('link', { name: 'Linked Accounts, 1 needs attention' }).waitFor();
  await counted(page, '307');
  await until(async () => (await page.locator('#urgent').textContent()).includes('A refresh would remove 100 contacts'), 'said at once');
  return { w, page };
}

for (const [which, hand] of Object.entries(HANDS)) {
  const press = (page, locator) => hand.press(page, locator);

  test(`the numbers, the names, and a yes, with the ${which}`, async (t) => {
    const { page } = await heldBack(t, press);
    await press(page, held(page).getByRole('button', { name: 'Decide' }));
    const dialog = page.getByRole('dialog', { name: 'Remove 100 contacts?' });
    await dialog.getByText('After this refresh “work” would have 207 contacts instead of 307. That can be right, or a fault at Microsoft 365. Until you decide, all 307 stay here.').waitFor();
    assert.deepEqual(await dialog.locator('.number-row').allTextContents(), ['New7', 'Changed5', 'Would be removed100']);
    assert.ok(await button(dialog, 'Keep all').evaluate((el) => el === document.activeElement), 'the safe choice has the focus');
    await press(page, button(dialog, 'See who would be removed'));
    await until(async () => (await dialog.getByRole('list', { name: 'Would be removed' }).getByRole('listitem').count()) === 100, 'all 100');
    await sound(page, 'who would be removed');
    await press(page, button(dialog, 'Remove 100'));
    await banner(page, '“work” is up to date').getByText('0 new, 0 changed, 100 removed.').waitFor();
    await counted(page, '207');
    assert.equal(await held(page).count(), 0);
    await page.getByText(/Up to date, today at/).waitFor();
  });

  test(`keep all keeps all, and it can be decided later, with the ${which}`, async (t) => {
    const { w, page } = await heldBack(t, press);
    await press(page, held(page).getByRole('button', { name: 'Decide' }));
    await page.keyboard.press('Escape');
    await until(() => held(page).getByRole('button', { name: 'Decide' }).evaluate((el) => el === document.activeElement), 'the focus is back');
    await page.keyboard.press('Enter');
    await press(page, button(page, 'Keep all'));
    await held(page).waitFor({ state: 'detached' });
    await counted(page, '307');
    assert.equal((await w.kith('list', '--limit', '0')).trim().split('\n').length, 307);
    await press(page, page.locator('.account-problem').getByRole('button', { name: 'Decide' }));
    await press(page, button(page, 'Remove 100'));
    await counted(page, '207');
  });
}

test('the brake of one of several accounts is in the banner of all', async (t) => {
  const w = await world(t, { contacts: 300 });
  const page = await w.signedIn();
  await w.kith('config', 'set', 'import.limit', '0');
  await w.signIn(page, 'admin@contoso.example');
  await w.control('POST', 'change', { person: worker, remove: 100 });
  await page.keyboard.press('Shift+R');
  const several = banner(page, '1 of 2 accounts are up to date');
  await several.getByText('“work” would go from 300 to 200. Until you decide, all are here.').waitFor();
  await several.getByRole('button', { name: 'Decide' }).click();
  await page.getByRole('dialog', { name: 'Remove 100 contacts?' }).waitFor();
  await button(page, 'Keep all').click();
  await several.waitFor({ state: 'detached' });
});
