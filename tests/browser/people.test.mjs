/* SPDX-License-Identifier: MIT */
/* people.test.mjs - My Contacts: the list, the search, one contact, with the mouse and with the keyboard alone. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { after, before } from 'node:test';
import { HANDS, closeBrowser, tabTo, until, world } from './rig.mjs';

let w = null;
let page = null;
const all = []; /* every row, in the list's order */
let end = () => {};

after(async () => {
  await end();
  await closeBrowser();
});

/* One world for all: nothing here changes anything. */
before(async () => {
  w = await world({ after: (fn) => { end = fn; } }, { contacts: 2000 });
  page = await w.signedIn();
  for (let from = 0; from < 2000; from += 200) {
    all.push(...await page.evaluate(async (f) => (await (await fetch('/api/contacts/rows?from=' + f + '&count=200')).json()).rows, from));
  }
  assert.equal(all.length, 2000);
});

async function home(at = '') {
  await page.goto('about:blank');
  await page.goto(`http://localhost:${w.port}/#/${at}`);
  await page.locator('.row-link').first().waitFor();
}

const search = () => page.getByRole('searchbox');
const names = () => page.locator('.row-name').allTextContents();
const name = () => page.locator('.contact-name');
const focused = (locator) => locator.evaluate((el) => el === document.activeElement);
/* Follow no tel: or mailto: address; remember it. */
const watchLinks = () => page.evaluate(() => {
  globalThis.followed = [];
  addEventListener('click', (e) => { const a = e.target.closest('a[href^=tel], a[href^=mailto]'); if (a) { globalThis.followed.push(a.getAttribute('href')); e.preventDefault(); } }, true);
});
const followed = () => page.evaluate(() => globalThis.followed);
const copied = () => page.evaluate(() => navigator.clipboard.readText());

test('the list has every contact, in order, and few elements', async () => {
  await home();
  assert.equal(await page.locator('.list-count').textContent(), '2,000');
  const seen = new Set();
  const scroller = page.locator('.list-scroll');
  for (let top = 0, end = false; !end; top += 600) {
    end = await scroller.evaluate((el, y) => { el.scrollTop = y; return el.scrollTop + el.clientHeight >= el.scrollHeight; }, top);
    const drawn = await until(() => page.locator('.row').evaluateAll((rows) => rows.every((r) => r.querySelector('a')) && rows.map((r) => [Number(r.getAttribute('aria-posinset')), Number(r.querySelector('a').hash.match(/\d+/)[0])])), 'rows at ' + top);
    for (const [position, id] of drawn) {
      assert.equal(all[position - 1].id, id);
      seen.add(id);
    }
    assert.ok(await page.locator('.row').count() <= 64);
  }
  assert.equal(seen.size, 2000);
  assert.equal(await page.locator('.row').first().getAttribute('aria-setsize'), '2000');
});

test('one tab stop; arrows, Page, Home and End move; the list keeps up', async () => {
  await home();
  await tabTo(page, page.locator('.row-link').first());
  assert.equal(await page.locator('.row-link[tabindex="0"]').count(), 1);
  const at = () => page.evaluate(() => Number(document.activeElement.closest('li').getAttribute('aria-posinset')));
  await page.keyboard.press('ArrowDown');
  assert.equal(await at(), 2);
  await page.keyboard.press('End');
  await until(async () => (await at()) === 2000, 'the end');
  await page.keyboard.press('ArrowUp');
  await until(async () => (await at()) === 1999, 'one up');
  await page.keyboard.press('Home');
  await until(async () => (await at()) === 1, 'the beginning');
  await page.keyboard.press('PageDown');
  await until(async () => (await at()) > 8, 'a page');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'slider');
});

test('the rail jumps, by the keyboard and by a press', async () => {
  await home();
  const rail = page.getByRole('slider', { name: 'Jump to letter' });
  await rail.focus();
  await page.keyboard.press('End');
  const last = await rail.getAttribute('aria-valuetext');
  await until(async () => (await page.locator('.list-scroll').evaluate((el) => el.scrollTop)) > 1000, 'far down');
  await page.keyboard.press('Home');
  assert.equal(await rail.getAttribute('aria-valuetext'), 'A');
  const box = await rail.boundingBox();
  await page.mouse.move(box.x + 10, box.y + box.height * 0.5);
  await page.mouse.down();
  await page.locator('.rail-bubble').waitFor();
  await page.mouse.up();
  assert.notEqual(await rail.getAttribute('aria-valuetext'), 'A');
  assert.notEqual(last, 'A');
});

for (const [which, hand] of Object.entries(HANDS)) {
  test(`find, open, call, write, copy with the ${which}`, async () => {
    await home();
    await watchLinks();
    const who = all.find((r) => r.phone && r.email && /^\p{Script=Latin}+ \p{Script=Latin}+$/u.test(r.shown));
    await hand.fill(page, search(), who.shown.toLowerCase());
    await page.locator('.row.current').filter({ hasText: who.shown }).waitFor();
    assert.match(await page.locator('.list-count').textContent(), /found/);
    assert.ok((await page.locator('.row.current mark').allTextContents()).length >= 1);
    assert.ok(await focused(search()), 'results do not take the focus');
    await name().filter({ hasText: who.shown }).waitFor();
    if (which === 'keyboard') {
      await page.keyboard.press('Control+Enter');
      assert.match((await followed())[0], /^tel:/);
      await page.keyboard.press('Enter');
      await until(() => focused(name()), 'the name has the focus');
      await page.keyboard.press('y');
      await page.getByText('copied').first().waitFor();
    } else {
      await page.locator('.row.current .row-link').click();
      await page.getByRole('button', { name: 'Copy', exact: true }).click();
      const items = page.getByRole('menuitem');
      if (await items.count()) await items.first().click();
    }
    assert.ok((await copied()).length > 3);
    const detail = await page.evaluate(async (id) => (await (await fetch('/api/contacts/' + id)).json()).contact, who.id);
    await hand.press(page, page.getByRole('button', { name: 'Call', exact: true }));
    if (detail.phones.length > 1) await page.getByRole('menuitem').first().click();
    await hand.press(page, page.getByRole('button', { name: 'Write', exact: true }));
    if (detail.emails.length > 1) await page.getByRole('menuitem').first().click();
    const links = await followed();
    assert.match(links.at(-2), /^tel:/);
    assert.equal(links.at(-1), 'mailto:' + detail.emails[0].address);
    await hand.fill(page, search(), '');
    await page.keyboard.press('Escape');
    await until(async () => (await page.locator('.list-count').textContent()) === '2,000', 'the list is whole again');
  });
}

test('every field of a contact and where it came from', async () => {
  for (const row of all.slice(0, 12)) {
    await home('contacts/' + row.id);
    await name().filter({ hasText: row.shown }).waitFor();
    const { contact } = await page.evaluate(async (id) => (await fetch('/api/contacts/' + id)).json(), row.id);
    const shown = (await page.locator('.contact').textContent()).replace(/\s+/g, ' ');
    const wanted = [...contact.phones.map((p) => p.raw), ...contact.emails.map((e) => e.address), ...contact.addresses.flatMap((a) => [a.city, a.postal_code, ...a.street.split('\n')]), contact.text.company, contact.text.notes, ...contact.items.map((i) => i.value)];
    for (const text of wanted.filter(Boolean)) assert.ok(shown.includes(text.replace(/\s+/g, ' ').trim()), text + ' of ' + row.shown);
    assert.match(shown, /Microsoft 365, account work/);
    assert.match(shown, /As it was there today at \d\d:\d\d/);
  }
});

test('a contact that the address names is in view in the list', async () => {
  await home('contacts/' + all[1500].id);
  await page.locator('.row.current').waitFor();
  assert.equal(Number(await page.locator('.row.current').getAttribute('aria-posinset')), 1501);
});

test('search: accents, other scripts, several words, nothing', async () => {
  await home();
  const accented = all.find((r) => /^\p{Script=Latin}+ \p{Script=Latin}+$/u.test(r.shown) && r.shown.normalize('NFD') !== r.shown && !/[øłßđæœı]/i.test(r.shown));
  await search().fill(accented.shown.normalize('NFD').replace(/\p{M}/gu, ''));
  await page.locator('.row-name').filter({ hasText: accented.shown }).first().waitFor();
  const foreign = all.find((r) => r.reading && /^[A-Za-z]{4,} [A-Za-z]{4,}$/.test(r.reading));
  if (foreign) {
    await search().fill(foreign.reading);
    await page.locator('.row-name').filter({ hasText: foreign.shown }).first().waitFor();
    assert.ok(await page.locator('.row-name mark').count(), 'marked in its own script');
    assert.ok(await page.locator('.row-second mark').count(), 'and in the reading');
  }
  await search().fill('qwxz');
  await page.getByRole('heading', { name: 'Nobody by “qwxz”' }).waitFor();
  await page.getByText('Searched names, companies, e-mail addresses and numbers of 2,000 contacts.').waitFor();
  await page.locator('.list-body').getByRole('button', { name: 'Clear the search' }).click();
  await page.locator('.row-link').first().waitFor();
  assert.ok(await focused(search()));
});

test('a number says whose it is', async () => {
  await home();
  const row = all.find((r) => /^\+\d{10,}$/.test(r.phone_e164));
  await search().fill('00' + row.phone_e164.slice(1, 3) + ' ' + row.phone_e164.slice(3));
  await page.locator('.list-head').filter({ hasText: 'This is the number of' }).waitFor();
  assert.ok((await names()).some((n) => n === row.shown));
});

test('a match in another field is named; too many hits are counted so', async () => {
  await home();
  await search().fill('example');
  await page.locator('.list-count').filter({ hasText: 'More than 200 found' }).waitFor();
  const second = page.locator('.row-second').filter({ hasText: /^E-mail: / }).first();
  assert.equal(await second.locator('mark').textContent(), 'example');
});

test('keys: /, Ctrl+K, Down, Up, Escape, g then a page, ?', async () => {
  await home();
  await page.keyboard.press('/');
  assert.ok(await focused(search()));
  await page.keyboard.press('ArrowDown');
  await until(() => page.evaluate(() => document.activeElement.className === 'row-link'), 'the first row');
  await page.keyboard.press('ArrowUp');
  assert.ok(await focused(search()));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('a');
  await page.locator('.list-count').filter({ hasText: 'found' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await search().inputValue(), '');
  await page.getByRole('heading', { name: 'My Contacts' }).focus();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.getByRole('heading', { name: 'Linked Accounts' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByText('Limit for one account').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.getByRole('heading', { name: 'My Contacts' }).waitFor();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByRole('switch', { name: 'Shortcuts of a single key' }).click();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'My Contacts' }).focus();
  await page.keyboard.press('/');
  assert.equal(await focused(search()), false, 'single keys are off');
  await page.evaluate(() => localStorage.clear());
});

test('back and forward, and Escape leaves a contact', async () => {
  await home();
  await page.locator('.row-link').nth(3).click();
  await name().waitFor();
  await page.goBack();
  await page.getByText('Choose a contact, or type to search').waitFor();
  await page.goForward();
  await name().waitFor();
  await page.keyboard.press('Escape'); /* from the list to the search */
  assert.ok(await focused(search()));
  await page.keyboard.press('Escape');
  await page.getByText('Choose a contact, or type to search').waitFor();
  await until(() => page.evaluate(() => document.activeElement.className === 'row-link'), 'the focus is in the list again');
});

test('vCard of one contact, and the export of all', async () => {
  await home('contacts/' + all[0].id);
  await name().waitFor();
  await page.locator('.contact-actions').getByRole('button', { name: 'More' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save as vCard' }).click();
  const card = await readFile(await (await saving).path(), 'utf8');
  assert.match(card, /^BEGIN:VCARD\r\nVERSION:4\.0\r\n/);
  await page.locator('.contact-actions').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Copy as vCard' }).click();
  await page.getByText('Copied', { exact: true }).first().waitFor();
  assert.match(await copied(), /^BEGIN:VCARD/);
  await page.locator('.list-header').getByRole('button', { name: 'More' }).click();
  const exporting = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as vCard' }).click();
  const file = await readFile(await (await exporting).path(), 'utf8');
  assert.equal(file.match(/^BEGIN:VCARD/gm).length, 2000);
});

test('nothing takes the focus from a search that goes on, and nobody stays who is not found', async () => {
  await home();
  await page.keyboard.press('/');
  await search().pressSequentially('an');
  await name().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('/');
  await search().fill('');
  await page.keyboard.type('scott', { delay: 220 });
  assert.equal(await search().inputValue(), 'scott');
  assert.ok(await focused(search()));
  await search().fill('an');
  await name().waitFor();
  await search().fill('qwxzqwxz');
  await page.getByText(/^Nobody by/).waitFor();
  await until(async () => await name().count() === 0, 'nobody is shown');
  assert.ok(await focused(search()));
});
