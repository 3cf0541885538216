/* SPDX-License-Identifier: MIT */
/*
 * files.test.mjs - Outlook files come by picker, by folder and by drag and drop, are synced and removed; the rule of no
 * duplicates bars either source. With the mouse and with the keyboard alone.
 */
import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { after } from 'node:test';
import { HANDS, accept, banner, closeBrowser, sound, tabTo, until, world } from './rig.mjs';

after(closeBrowser);
const link = (page, name) => page.getByRole('navigation').getByRole('link', { name });
const button = (page, name) => page.getByRole('button', { name, exact: true });
const adding = (page) => page.getByRole('dialog', { name: 'Add Outlook contacts' });
const card = (name, uid = name) => `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${name}\r\nN:${name};;;;\r\nTEL;TYPE=WORK:+1 408 555 0100\r\nEND:VCARD\r\n`;
const cards = (...names) => names.map((name) => card(name)).join('');

/* Files in the home of the test; answers their paths. */
async function files(w, contents) {
  const paths = [];
  for (const [name, content] of Object.entries(contents)) {
    const file = path.join(w.home, 'files', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    paths.push(file);
  }
  return paths;
}

async function pick(page, press, label, chosen) {
  const chooser = page.waitForEvent('filechooser');
  await press(page, button(page, label));
  await (await chooser).setFiles(chosen);
}

/* Files let go over the window: their names and contents. */
async function drop(page, contents, let_go = true) {
  await page.evaluate(([all, end]) => {
    const dataTransfer = new DataTransfer();
    for (const [name, content] of Object.entries(all)) dataTransfer.items.add(new File([content], name));
    const fire = (type) => document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    fire('dragover');
    if (end) fire('drop');
  }, [contents, let_go]);
}

const kept = async (w) => (await readdir(path.join(w.home, 'data', 'uploads'), { recursive: true }).catch(() => [])).filter((f) => /\.\w+$/.test(f));

for (const [which, hand] of Object.entries(HANDS)) {
  const press = (page, locator) => hand.press(page, locator);

  test(`files are chosen, looked into and imported, with the ${which}`, async (t) => {
    const w = await world(t);
    const page = await w.browse({ at: '#/settings' });
    await press(page, button(page, 'Add files'));
    assert.ok(await button(page, 'Choose files').evaluate((el) => el === document.activeElement), 'the focus is inside');
    const go = adding(page).getByRole('button', { name: /^Import/ });
    assert.equal(await go.getAttribute('aria-disabled'), 'true');
    await pick(page, press, 'Choose files', await files(w, { 'archive.vcf': cards('Anna Lindqvist', 'Bo Ek'), 'more.vcf': cards('Cleo Marsh'), 'old-mail.pst': 'this is no data file' }));
    await adding(page).getByText('2 contacts found', { exact: true }).waitFor();
    await adding(page).getByText('1 contact found', { exact: true }).waitFor();
    await adding(page).getByText('Not an Outlook data file, an Outlook CSV export or a vCard.', { exact: true }).waitFor();
    await until(async () => (await page.locator('#polite').textContent()).includes('old-mail.pst: Not an Outlook data file'), 'said aloud');
    await sound(page, 'files found');
    await press(page, adding(page).getByRole('button', { name: 'Leave out old-mail.pst' }));
    assert.equal(await adding(page).locator('.drop-file').count(), 2);
    await press(page, button(page, 'Import 3 contacts'));
    const done = banner(page, '3 contacts imported from Outlook');
    await done.getByText('They are on this device now, ready to search and to call.').waitFor();
    await press(page, done.getByRole('button', { name: 'Show contacts' }));
    await page.getByRole('link', { name: /Anna Lindqvist/ }).waitFor();
    assert.deepEqual(await kept(w), []);
  });

  test(`a folder is chosen; what cannot hold contacts is counted, with the ${which}`, async (t) => {
    const w = await world(t);
    const page = await w.browse({ at: '#/settings' });
    await files(w, { 'all/a.vcf': cards('Anna Lindqvist'), 'all/deep/b.vcf': cards('Bo Ek'), 'all/notes.txt': 'nothing', 'all/photo.jpg': 'nothing' });
    await press(page, button(page, 'Add files'));
    await pick(page, press, 'Choose a folder', path.join(w.home, 'files', 'all'));
    await adding(page).getByText('2 other files left out', { exact: true }).waitFor();
    await press(page, button(page, 'Import 2 contacts'));
    await banner(page, '2 contacts imported from Outlook').waitFor();
  });

  test(`cancel leaves nothing, with the ${which}`, async (t) => {
    const w = await world(t);
    const page = await w.browse({ at: '#/settings' });
    await press(page, button(page, 'Add files'));
    await pick(page, press, 'Choose files', await files(w, { 'archive.vcf': cards('Anna Lindqvist') }));
    await adding(page).getByText('1 contact found', { exact: true }).waitFor();
    assert.equal((await kept(w)).length, 1);
    if (which === 'mouse') await adding(page).getByRole('button', { name: 'Cancel' }).click();
    else await page.keyboard.press('Escape');
    await adding(page).waitFor({ state: 'detached' });
    assert.ok(await button(page, 'Add files').evaluate((el) => el === document.activeElement), 'the focus is back');
    await until(async () => (await kept(w)).length === 0, 'nothing is kept');
    assert.equal(await page.getByRole('article').count(), 0);
  });

  test(`Microsoft bars Outlook files, and says why and the way out, with the ${which}`, async (t) => {
    const w = await world(t);
    const page = await w.signedIn();
    await press(page, link(page, /^Settings/));
    const add = button(page, 'Add files');
    const why = 'Your Microsoft 365 contacts are imported already, and the Outlook app holds the same people. To use Outlook files instead, sign out of “work” in Linked Accounts.';
    await page.getByText(why).waitFor();
    assert.equal(await add.getAttribute('aria-disabled'), 'true');
    assert.equal(await add.evaluate((el) => document.getElementById(el.getAttribute('aria-describedby')).textContent), why);
    await tabTo(page, add);
    await page.keyboard.press('Enter');
    await drop(page, { 'a.vcf': card('Anna Lindqvist') });
    assert.equal(await adding(page).count(), 0);
    await sound(page, 'Outlook is barred');
    await press(page, page.locator('.barred').getByRole('link', { name: 'Linked Accounts' }));
    await press(page, button(page, 'Sign out, work'));
    await press(page, button(page, 'Sign out and remove'));
    await page.getByRole('heading', { name: 'No linked accounts' }).waitFor();
    await press(page, page.locator('main').getByRole('button', { name: 'Add files' }));
    await adding(page).waitFor();
  });

  test(`Outlook files bar Microsoft, and say why and the way out, with the ${which}`, async (t) => {
    const w = await world(t);
    const page = await w.browse({ at: '#/settings' });
    await drop(page, { 'archive.vcf': cards('Anna Lindqvist', 'Bo Ek') });
    await press(page, button(page, 'Import 2 contacts'));
    await banner(page, '2 contacts imported from Outlook').waitFor();
    const why = 'Contacts of the Outlook app are imported already, and Microsoft 365 holds the same people. To sign in instead, remove “outlook” in Linked Accounts.';
    await page.getByText(why).waitFor();
    const signIn = button(page, 'Sign in with Microsoft');
    assert.equal(await signIn.getAttribute('aria-disabled'), 'true');
    assert.equal(await signIn.evaluate((el) => document.getElementById(el.getAttribute('aria-describedby')).textContent), why);
    await tabTo(page, signIn);
    await page.keyboard.press('Enter');
    assert.equal(page.context().pages().length, 1);
    await page.getByText('“outlook” is imported. 2 contacts.').waitFor();
    await sound(page, 'Microsoft is barred');
    await press(page, page.locator('.barred').getByRole('link', { name: 'Linked Accounts' }));
    await press(page, button(page, 'Remove, outlook'));
    const dialog = page.getByRole('dialog', { name: 'Remove 2 contacts?' });
    await dialog.getByText('The contacts of “outlook” go from this device. The files stay as they are.').waitFor();
    await press(page, dialog.getByRole('button', { name: 'Remove' }));
    await page.getByRole('heading', { name: 'No linked accounts' }).waitFor();
    const opened = page.context().waitForEvent('page');
    await press(page, page.locator('main').getByRole('button', { name: 'Sign in with Microsoft' }));
    await accept(await opened);
    await banner(page, '60 contacts imported from Microsoft 365').waitFor();
  });

  test(`a file that changed is synced, with the ${which}`, async (t) => {
    const w = await world(t);
    await files(w, { 'archive.vcf': cards('Anna Lindqvist', 'Bo Ek', 'Cleo Marsh') });
    await w.kith('outlook', 'add', path.join(w.home, 'files', 'archive.vcf'), '--name', 'archive');
    const page = await w.browse({ at: '#/accounts' });
    await page.getByText('3 contacts from 1 account. One refresh brings it up to date.').waitFor();
    await files(w, { 'archive.vcf': cards('Anna Lindqvist', 'Bo Eklund', 'Dana Hoff', 'Emil Sund').replace('UID:Bo Eklund', 'UID:Bo Ek') });
    await page.getByText(/The file changed today at \d\d:\d\d/).waitFor();
    await press(page, button(page, 'Sync, archive'));
    await banner(page, '“archive” is up to date').getByText('2 new, 1 changed, 1 removed.').waitFor();
    await press(page, button(page, 'Sync, archive'));
    await banner(page, '“archive” is up to date').getByText('Nothing had changed.').waitFor();
  });
}

test('the whole window takes what is dropped', async (t) => {
  const w = await world(t);
  const page = await w.browse();
  await page.getByRole('heading', { name: 'No contacts yet' }).waitFor();
  await drop(page, { 'a.vcf': cards('Anna Lindqvist', 'Bo Ek'), 'b.vcf': card('Cleo Marsh') }, false);
  await adding(page).getByText('Let go to add 2 files').waitFor();
  await sound(page, 'dragged over');
  await drop(page, { 'a.vcf': cards('Anna Lindqvist', 'Bo Ek'), 'b.vcf': card('Cleo Marsh') });
  await button(page, 'Import 3 contacts').click();
  await banner(page, '3 contacts imported from Outlook').waitFor();
  await drop(page, { 'c.vcf': card('Dana Hoff') }, false);
  await adding(page).waitFor();
  await page.evaluate(() => document.body.dispatchEvent(new DragEvent('dragleave', { dataTransfer: new DataTransfer(), bubbles: true })));
  await adding(page).waitFor({ state: 'detached' });
});

test('a file that is gone: the account says so, its contacts stay, another file can be chosen', async (t) => {
  const w = await world(t);
  const [file] = await files(w, { 'archive.vcf': cards('Anna Lindqvist', 'Bo Ek') });
  await w.kith('outlook', 'add', file, '--name', 'archive');
  const page = await w.browse({ at: '#/accounts' });
  await page.getByText(/Up to date/).waitFor();
  const { rm } = await import('node:fs/promises');
  await rm(file);
  await page.getByRole('button', { name: 'Refresh all' }).click();
  const failed = banner(page, 'File could not be read');
  await failed.getByText(/What was imported from it before is still here\./).waitFor();
  await page.getByText(/The file is no longer in/).first().waitFor();
  assert.equal(await page.locator('.account-count b').textContent(), '2');
  await failed.getByRole('button', { name: 'Choose another file' }).click();
  await pick(page, HANDS.mouse.press, 'Choose files', await files(w, { 'new.vcf': cards('Cleo Marsh') }));
  await button(page, 'Import 1 contact').click();
  await banner(page, '1 contact imported from Outlook').waitFor();
  assert.equal(await failed.count(), 0);
});

test('two pages agree about files', async (t) => {
  const w = await world(t);
  const one = await w.browse({ at: '#/settings' });
  const two = await w.browse({ context: one.context(), at: '#/settings' });
  await drop(one, { 'a.vcf': card('Anna Lindqvist') });
  await button(one, 'Import 1 contact').click();
  await two.bringToFront();
  await two.getByText(/is imported\. 1 contact\./).waitFor();
  await two.locator('.barred').waitFor();
});
