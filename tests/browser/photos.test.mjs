/* SPDX-License-Identifier: MIT */
/* photos.test.mjs - contact pictures: where there is one, live when it comes, never in the way; and their switch. */
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { HANDS, banner, closeBrowser, sound, until, world } from './rig.mjs';

after(closeBrowser);
const OFF = '\n[import]\nphotos = no\n';

const rowsOf = (page) => page.evaluate(async () => (await (await fetch('/api/contacts/rows?count=200')).json()).rows);
const pictured = (page) => until(async () => {
  const rows = await rowsOf(page);
  return rows.every((r) => r.has_photo === (r.photo_tag !== '')) && rows.filter((r) => r.photo_tag);
}, 'every picture is here');
const rowOf = (page, id) => page.locator(`.row-link[href^="#/contacts/${id}"]`);
/* Decoded, and faded in over the initials. */
const shown = (locator) => until(() => locator.evaluateAll((all) => all.length === 1 && all[0].complete && all[0].naturalWidth > 0 && getComputedStyle(all[0]).opacity === '1'), 'the picture is seen');
const sourceOf = (locator) => locator.evaluate((img) => new URL(img.src).pathname + new URL(img.src).search);

async function reveal(page, id, rows) {
  const index = rows.findIndex((r) => r.id === id);
  await page.locator('.list-scroll').evaluate((el, share) => { el.scrollTop = share * el.scrollHeight - 200; }, index / rows.length);
  await rowOf(page, id).waitFor();
}

async function everyLook(page, what) {
  for (const width of [1280, 360]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await sound(page, `${what}, ${width} ${colorScheme}`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

test('who has one is shown with it, in the list, in a search and on the page; others with their initials', async (t) => {
  const w = await world(t, { contacts: 120 });
  const page = await w.signedIn();
  const mine = await pictured(page);
  const rows = await rowsOf(page);
  const person = mine.find((r) => r.email && !r.nameless);
  const other = rows.find((r) => !r.has_photo && r.initials);

  await reveal(page, person.id, rows);
  await shown(rowOf(page, person.id).locator('.picture'));
  assert.equal(await sourceOf(rowOf(page, person.id).locator('.picture')), `/api/contacts/${person.id}/photo?tag=${person.photo_tag}`);
  assert.equal(await rowOf(page, person.id).locator('.avatar').getAttribute('aria-hidden'), 'true');
  assert.equal(await rowOf(page, person.id).locator('.picture').getAttribute('alt'), '');

  for (const [which, { press, fill }] of Object.entries(HANDS)) {
    await fill(page, page.getByRole('searchbox'), person.email);
    await page.locator('.list-count').getByText('1 found').waitFor();
    await shown(rowOf(page, person.id).locator('.picture'));
    await press(page, rowOf(page, person.id));
    await page.locator('.contact-name').getByText(person.shown, { exact: true }).waitFor();
    await shown(page.locator('.contact .picture'));
    await everyLook(page, 'a contact with a picture, with the ' + which);
    await page.goto(`http://localhost:${w.port}/#/contacts/${other.id}`);
    await page.locator('.contact-name').getByText(other.shown, { exact: true }).waitFor();
    assert.equal(await page.locator('.contact .avatar').textContent(), other.initials, which);
    assert.equal(await page.locator('.contact .picture').count(), 0);
    await page.locator('.search-field').fill('');
  }
});

for (const [which, { press }] of Object.entries(HANDS)) {
  test(`the switch brings them, live, with the ${which}`, async (t) => {
    const w = await world(t, { contacts: 60, set: OFF });
    const page = await w.signedIn();
    const rows = await rowsOf(page);
    const person = rows.find((r) => r.has_photo);
    assert.ok(rows.every((r) => r.photo_tag === ''));
    await page.goto(`http://localhost:${w.port}/#/settings`);
    const toggle = page.getByRole('switch', { name: 'Import photos' });
    assert.equal(await toggle.isChecked(), false);
    await press(page, toggle, 'Space');
    await page.locator('.toast').getByText('Photos come with the next refresh').waitFor();
    assert.equal(await toggle.isChecked(), true);
    assert.equal((await w.kith('config', 'get', 'import.photos')).trim(), 'yes');
    await everyLook(page, 'Settings');

    await page.goto(`http://localhost:${w.port}/#/contacts/${person.id}`);
    await page.locator('.contact-name').waitFor();
    assert.equal(await page.locator('.picture').count(), 0);
    await page.evaluate(() => { globalThis.sameDocument = true; });
    await press(page, page.getByRole('button', { name: 'Refresh all accounts' }));
    await page.evaluate(() => { globalThis.held = document.activeElement; });
    await shown(page.locator('.contact .picture'));
    await reveal(page, person.id, rows);
    await shown(rowOf(page, person.id).locator('.picture'));
    assert.ok(await page.evaluate(() => globalThis.sameDocument && globalThis.held === document.activeElement), 'no reload, and the focus stayed');

    await page.goto(`http://localhost:${w.port}/#/settings`);
    await press(page, toggle, 'Space');
    await page.locator('.toast').getByText('No more photos are imported').waitFor();
    assert.equal((await w.kith('config', 'get', 'import.photos')).trim(), 'no');
  });
}

test('one page switches, another shows it; what the server refuses is switched back', async (t) => {
  const w = await world(t);
  const page = await w.browse({ at: '#/settings' });
  const other = await w.browse({ at: '#/settings', context: page.context() });
  const toggle = (p) => p.getByRole('switch', { name: 'Import photos' });
  await toggle(page).click();
  await until(async () => !(await toggle(other).isChecked()), 'the other page agrees');
  await page.route('**/api/settings', (route) => route.fulfill({ status: 500, json: { error: { id: 'store', title: 'Contacts could not be saved', sentence: 'The disk is full.', button: '', remedy: 'none', command: '', details: '' } } }));
  await toggle(page).click();
  await banner(page, 'Contacts could not be saved').waitFor();
  assert.equal(await toggle(page).isChecked(), false);
});

test('a picture that cannot be read leaves the initials', async (t) => {
  const w = await world(t);
  const page = await w.signedIn();
  const person = (await pictured(page)).find((r) => r.initials);
  await page.route('**/photo?*', (route) => route.fulfill({ status: 200, contentType: 'image/png', body: 'no picture' }));
  const failed = page.waitForResponse((r) => r.url().includes(`/${person.id}/photo`));
  await page.goto('about:blank');
  await page.goto(`http://localhost:${w.port}/#/contacts/${person.id}`);
  await failed;
  const picture = page.locator('.contact .picture');
  await until(() => picture.evaluate((img) => img.complete && img.naturalWidth === 0), 'it failed');
  assert.equal(await picture.evaluate((img) => getComputedStyle(img).opacity), '0');
  assert.equal(await page.locator('.contact .avatar').textContent(), person.initials);
  await sound(page, 'a picture that cannot be read');
});

test('who only passes asks for no picture; where the list rests they come', async (t) => {
  const w = await world(t, { contacts: 600 });
  const page = await w.signedIn();
  await until(async () => (await w.kith('export', '--format', 'json')).split('"photo":').length > 20, 'pictures');
  await page.clock.install();
  await page.goto('about:blank');
  await page.goto(`http://localhost:${w.port}/#/`);
  await page.locator('.row-link').first().waitFor();
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000)); /* from here on a slow machine is as quick as any */
  const scroller = page.locator('.list-scroll');
  const settle = () => until(async () => { await page.clock.runFor(17); return await page.locator('.row').count() > 0 && await page.locator('.row:not(:has(.row-link))').count() === 0; }, 'rows');
  await page.clock.runFor(1000);
  for (const share of [0.3, 0.6, 0.9]) {
    await scroller.evaluate((el, s) => { el.scrollTop = s * el.scrollHeight; }, share);
    await settle(); /* these rows are known now */
    await page.clock.runFor(1000);
  }
  await scroller.evaluate((el) => { el.scrollTop = 0; });
  await settle();
  await page.clock.runFor(1000);
  await page.evaluate(() => {
    globalThis.came = [];
    new MutationObserver((all) => { for (const m of all) for (const node of m.addedNodes) if (node.querySelector?.('.picture') || node.className === 'picture') globalThis.came.push(document.querySelector('.list-scroll').scrollTop); })
      .observe(document.querySelector('.list-canvas'), { childList: true, subtree: true });
  });
  for (const share of [0.3, 0.6, 0.9]) {
    await scroller.evaluate((el, s) => new Promise((done) => { el.addEventListener('scroll', done, { once: true }); el.scrollTop = s * el.scrollHeight; }), share);
    await page.clock.runFor(30);
  }
  assert.ok(await page.locator('.row-link').count() > 20);
  assert.deepEqual(await page.evaluate(() => globalThis.came), []);
  await page.clock.runFor(120);
  const top = await scroller.evaluate((el) => el.scrollTop);
  const came = await page.evaluate(() => globalThis.came);
  assert.ok(came.length > 0 && came.every((at) => at === top), 'pictures at ' + came + ', the list at ' + top);
});
