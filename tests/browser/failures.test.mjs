/* SPDX-License-Identifier: MIT */
/*
 * failures.test.mjs - failures that come from this device and not from a service, met for real: the clock, a certificate
 * that nobody vouches for, a full disk, a folder that may not be written, a damaged or newer file, a defect.
 *
 * Each is read in the words of the catalogue, and its remedy is pressed with the mouse and with the keyboard alone.
 */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import nodeTest, { after } from 'node:test';
import { promisify } from 'node:util';
import { HANDS, accept, banner, closeBrowser, managed, until, worker, world } from './rig.mjs';

after(closeBrowser);
const run = promisify(execFile);
const isRoot = process.getuid() === 0;
/* Root as everybody else is: bound by the permissions of files. */
const BOUND = isRoot ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : [];
const UNSAVED = 'Contacts could not be saved';

function test(name, body, skip = () => '') {
  for (const [hand, hands] of Object.entries(HANDS)) nodeTest(`${name}, with the ${hand}`, (t) => { const why = skip(); return why ? t.skip(why) : body(t, hands); });
}

async function refreshAll(page) {
  await page.getByRole('link', { name: /^Linked Accounts/ }).click();
  await page.getByRole('button', { name: 'Refresh all' }).click();
}

const mended = (page) => page.locator('.banner-done').getByText(/is up to date|imported from/).waitFor();

/* Press a remedy that leads to the provider, and accept there. */
async function pressAndAccept(page, hands, button) {
  const tab = page.context().waitForEvent('page');
  await hands.press(page, button);
  await accept(await tab);
  await mended(page);
}

async function folderFor(t) {
  const folder = await mkdtemp(path.join(tmpdir(), 'kith-failures-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/* Python's sqlite3 is on every machine that builds kith: what another program does to the file. */
const sql = (w, ...statements) => run('python3', ['-c', 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\nfor line in sys.argv[2:]: print(*db.execute(line).fetchone() or [])\ndb.commit()', path.join(w.data, 'contacts.db'), ...statements]).then(({ stdout }) => stdout.trim());

/* Bytes that no database has, over a part of the file; nobody has it open. */
async function overwrite(w, from, length) {
  const file = await open(path.join(w.data, 'contacts.db'), 'r+');
  await file.write(Buffer.alloc(length, 0xa5), 0, length, from);
  await file.close();
}

const keptCopies = async (w) => (await readdir(w.data)).filter((name) => /^contacts\.db\.damaged-\d+$/.test(name));

/* --- The sign-in -------------------------------------------------------------------------- */

/* libfaketime gives the program another clock, as a device that slept meanwhile has. */
function clockLibrary() {
  const places = readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/faketime/libfaketimeMT.so.1`);
  return places.find((file) => existsSync(file)) || '';
}

test('signin-expired: 15 minutes go by', async (t, hands) => {
  const clock = path.join(await folderFor(t), 'clock');
  await writeFile(clock, '+0');
  const env = { LD_PRELOAD: clockLibrary(), FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
  const w = await world(t, { env });
  const page = await w.browse({ at: '#/settings' });
  await w.openSignIn(page);
  await writeFile(clock, '+16m');
  const failed = banner(page, 'Sign-in took too long');
  await failed.getByText('The browser gave no answer within 15 minutes. Nothing was imported.').waitFor({ timeout: 60000 });
  await page.bringToFront();
  await pressAndAccept(page, hands, failed.getByRole('button', { name: 'Start again' }));
}, () => (clockLibrary() ? '' : 'the package faketime is not installed'));

test('permission-missing: the administrator must allow it', async (t, hands) => {
  const w = await world(t);
  const page = await w.browse({ at: '#/settings' });
  const tab = await w.openSignIn(page);
  await tab.getByRole('button', { name: managed }).click();
  await tab.getByText('Back without agreeing').click();
  await page.bringToFront();
  const failed = banner(page, 'Permission to read contacts is missing');
  await failed.getByText(/^Nothing was imported\. An administrator of (locked\.example|your organization) must allow Contacts\.Read for kith\. Send one this link:$/).waitFor();
  await hands.press(page, failed.getByRole('button', { name: 'Copy the link' }));
  await page.locator('.toast').getByText('Link copied').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, await failed.getByLabel('Link for an administrator').inputValue());
  assert.match(link, /adminconsent/);
  await pressAndAccept(page, hands, failed.getByRole('button', { name: 'Try again' }));
});

test('tls: a certificate that nobody vouches for, and then somebody does', async (t, hands) => {
  const certificate = path.join(await folderFor(t), 'sandbox');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', certificate + '.key', '-out', certificate + '.pem', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], { stdio: 'ignore' });
  const w = await world(t, { tls: [certificate + '.pem', certificate + '.key'], set: '\n[network]\nca_file =\n' });
  const page = await w.browse({ at: '#/settings' });
  await accept(await w.openSignIn(page)).catch(() => {}); /* its tab hears that it failed */
  await page.bringToFront();
  const failed = banner(page, 'Connection is not safe');
  await failed.getByText(/^Something between this device and Microsoft 365 shows a certificate that cannot be trusted \(.+\)\. kith stopped before sending anything\.$/).waitFor();
  await hands.press(page, failed.getByRole('button', { name: 'What this means' }));
  assert.match(await page.getByRole('dialog', { name: 'Connection is not safe' }).getByRole('textbox').inputValue(), /network\.ca_file/);
  await page.keyboard.press('Escape');
  await w.kith('config', 'set', 'network.ca_file', certificate + '.pem');
  await pressAndAccept(page, hands, failed.getByRole('button', { name: 'Try again' }));
});

/* --- The folder ----------------------------------------------------------------------------- */

function mayMount() {
  const folder = mkdtempSync(path.join(tmpdir(), 'kith-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'kith-test', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}

/* A disk of less than a megabyte; who may not mount one gets a limit on the size of files, which a writer meets in the same way. */
function smallDisk() {
  if (!mayMount()) return { wrap: ['sh', '-c', 'trap "" XFSZ; ulimit -Sf 600; exec "$@"', 'sh'], widen: (w) => run('prlimit', ['--pid', String(w.server.pid), '--fsize=unlimited']), gone: () => {} };
  let mounted = '';
  return {
    prepare: async (w) => {
      await mkdir(w.data, { mode: 0o700 });
      await run('mount', ['-t', 'tmpfs', '-o', 'size=900k,mode=700', 'kith-test', w.data]);
      mounted = w.data;
    },
    widen: () => run('mount', ['-o', 'remount,size=100m', mounted]),
    gone: () => mounted && run('umount', ['-l', mounted]),
  };
}

test('store: the disk is full, and then it is not', async (t, hands) => {
  const disk = smallDisk();
  t.after(disk.gone);
  const w = await world(t, { contacts: 3000, ...disk });
  const page = await w.browse({ at: '#/settings' });
  const tab = await w.openSignIn(page);
  await accept(tab);
  await page.bringToFront();
  const failed = banner(page, UNSAVED);
  await failed.getByText('The disk is full: more room is needed. Nothing that was here is lost.').waitFor();
  await disk.widen(w);
  await hands.press(page, failed.getByRole('button', { name: 'Try again' }));
  await mended(page);
  assert.match(await w.kith('status'), /Contacts +3,000 /);
});

/* The folder that the dialog of "Open the folder" shows. */
async function folderShown(page) {
  const dialog = page.getByRole('dialog', { name: UNSAVED });
  const folder = await dialog.getByLabel('Contacts are kept in this folder:').inputValue();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  return folder;
}

test('store: kith may not write to its folder any more', async (t, hands) => {
  const w = await world(t, { wrap: BOUND });
  const page = await w.signedIn();
  await w.fault({ do: 'token-expired', path: '/v1.0', times: 1 }); /* the token that comes instead is to be kept */
  await chmod(w.data, 0o500);
  await refreshAll(page);
  const failed = banner(page, UNSAVED);
  await failed.getByText(`kith may not write to ${w.data}. Nothing that was here is lost.`).waitFor();
  await hands.press(page, failed.getByRole('button', { name: 'Open the folder' }));
  assert.equal(await folderShown(page), w.data);
  await chmod(w.data, 0o700);
  await hands.press(page, failed.getByRole('button', { name: /^Close/ }));
  await hands.press(page, page.getByRole('button', { name: 'Refresh all' }));
  await page.locator('.banner').getByText(/is up to date|sign in to/).waitFor(); /* the sandbox may have used up the token */
});

test('store: kith starts although it may not write, and the page says so until it may', async (t, hands) => {
  const w = await world(t, { wrap: BOUND, prepare: (w) => mkdir(w.data, { mode: 0o500 }) });
  const page = await w.browse();
  await page.getByRole('heading', { name: UNSAVED }).waitFor();
  await page.getByRole('main').getByText(`kith may not write to ${w.data}. Nothing that was here is lost.`).waitFor();
  await hands.press(page, page.getByRole('button', { name: 'Open the folder' }));
  assert.equal(await folderShown(page), w.data);
  await chmod(w.data, 0o700);
  await page.getByRole('heading', { name: 'No contacts yet' }).waitFor();
});

/* --- The file ---------------------------------------------------------------------------------- */

test('store: damaged from the first byte; a copy is kept, a new one begun', async (t, hands) => {
  const w = await world(t);
  await (await w.signedIn()).close();
  await w.stopServing();
  await overwrite(w, 0, 8192);
  const size = (await stat(path.join(w.data, 'contacts.db'))).size;
  await w.serve();
  const page = await w.browse();
  await page.getByRole('heading', { name: UNSAVED }).waitFor();
  await page.getByRole('main').getByText('The contacts’ file is damaged; a copy is kept. Nothing that was here is lost.').waitFor();
  await hands.press(page, page.getByRole('button', { name: 'Check and repair' }));
  const told = await page.getByRole('dialog', { name: 'Checked and repaired' }).getByLabel('The file was damaged; a copy was kept:').inputValue();
  assert.deepEqual([path.join(w.data, (await keptCopies(w))[0]), (await stat(told)).size], [told, size]);
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'No contacts yet' }).waitFor();
  await pressAndAccept(page, hands, page.getByRole('button', { name: 'Sign in with Microsoft' }));
  assert.match(await w.kith('status', '--check'), /sound/);
});

test('store: damaged within; the account comes over, and a refresh brings its contacts', async (t, hands) => {
  const w = await world(t);
  await (await w.signedIn()).close();
  await w.stopServing();
  const page_of = async (table) => (Number(await sql(w, `SELECT rootpage FROM sqlite_schema WHERE name = '${table}'`)) - 1) * 4096;
  await overwrite(w, await page_of('contact'), 4096);
  await w.serve();
  const page = await w.browse();
  const failed = banner(page, UNSAVED).first();
  await failed.getByText('The contacts’ file is damaged; a copy is kept. Nothing that was here is lost.').waitFor();
  await hands.press(page, failed.getByRole('button', { name: 'Check and repair' }));
  await page.getByRole('dialog', { name: 'Checked and repaired' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal((await keptCopies(w)).length, 1);
  assert.equal(await banner(page, UNSAVED).count(), 0);
  await refreshAll(page);
  await mended(page);
  await page.getByText('60 contacts from 1 account').waitFor();
  assert.match(await w.kith('status', '--check'), /sound/);
});

nodeTest('store: damaged under an open page, mended by the command line, and the page goes on by itself', async (t) => {
  const w = await world(t);
  const page = await w.signedIn();
  await sql(w, 'PRAGMA wal_checkpoint(TRUNCATE)'); /* what is read comes from the file, not from its log */
  await overwrite(w, 0, (await stat(path.join(w.data, 'contacts.db'))).size);
  await page.getByRole('link', { name: /^Linked Accounts/ }).click();
  await page.getByRole('button', { name: 'Refresh all' }).click();
  await banner(page, UNSAVED).first().getByText('The contacts’ file is damaged; a copy is kept. Nothing that was here is lost.').waitFor();
  await w.kith('status', '--repair');
  await until(async () => (await page.getByRole('heading', { name: 'No linked accounts' }).count()) > 0, 'the page sees the new file');
});

nodeTest('store: a sign-in that cannot be read is tried again, or replaced by a new one', async (t) => {
  const w = await world(t);
  const page = await w.signedIn();
  await writeFile(path.join(w.data, 'tokens.enc'), 'made on another device, as it seems');
  await page.getByRole('link', { name: /^Linked Accounts/ }).click();
  await refreshAll(page);
  const unread = banner(page, 'The sign-in cannot be read');
  await unread.getByText('The saved sign-ins cannot be opened: they were made on another device, or are damaged. Your contacts here still work.').waitFor();
  assert.equal(await unread.getByRole('button', { name: 'Try again' }).count(), 1);
  const opened = page.context().waitForEvent('page');
  await unread.getByRole('button', { name: 'Sign in again' }).click();
  await accept(await opened);
  await mended(page);
});

nodeTest('store: a newer kith wrote it', async (t) => {
  const w = await world(t);
  await (await w.signedIn()).close();
  await w.stopServing();
  const version = await sql(w, 'PRAGMA user_version');
  await sql(w, "UPDATE meta SET value = '9.1.0' WHERE key = 'kith'", 'PRAGMA user_version = 99');
  await w.serve();
  const page = await w.browse();
  await page.getByRole('heading', { name: UNSAVED }).waitFor();
  await page.getByRole('main').getByText('A newer kith wrote it; install 9.1.0 or newer. Nothing that was here is lost.').waitFor();
  assert.equal(await page.locator('main button').count(), 0);
  await sql(w, `PRAGMA user_version = ${version}`);
  await page.locator('.row-link').first().waitFor();
});

/* --- kith itself --------------------------------------------------------------------------------- */

test('internal: a store that has lost a table, which no version of kith makes', async (t, hands) => {
  const w = await world(t);
  const page = await w.signedIn();
  await sql(w, 'DROP TABLE held');
  await refreshAll(page);
  const failed = banner(page, 'kith made a mistake');
  await failed.getByText('Your contacts are as they were. The details hold no names, numbers or sign-ins. Please report them.').waitFor();
  await hands.press(page, failed.getByRole('button', { name: 'Copy the details' }));
  await page.locator('.toast').getByText('Copied').waitFor();
  const details = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(details, /^internal\nkith [\d.]+, internal.*no such table/);
  assert.ok(!details.includes(worker) && !details.includes('work'), details);
  await hands.press(page, failed.getByRole('button', { name: 'How to report' }));
  assert.match(await page.getByRole('dialog', { name: 'How to report' }).getByRole('textbox').inputValue(), /internal/);
});

test('not-found: an account that was signed out while its refresh was pressed', async (t, hands) => {
  const w = await world(t);
  const page = await w.signedIn();
  await page.getByRole('link', { name: /^Linked Accounts/ }).click();
  w.server.kill('SIGSTOP'); /* so that the press and the sign-out come at the same time, every time */
  await hands.press(page, page.getByRole('button', { name: 'Refresh, work' }));
  await w.kith('sign-out', 'work');
  w.server.kill('SIGCONT');
  const failed = banner(page, 'This account is no longer here');
  await failed.getByText('There is no account “work” on this device. It was signed out, perhaps in another window.').waitFor();
  await page.getByRole('link', { name: /^Settings/ }).click();
  await hands.press(page, failed.getByRole('button', { name: 'Show Linked Accounts' }));
  await page.getByRole('heading', { name: 'No linked accounts' }).waitFor();
});
