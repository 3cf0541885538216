/* SPDX-License-Identifier: MIT */
/*
 * screenshots.mjs - takes the pictures in docs/img/ from a real run of the page:
 *
 *     KITH=build/check/faces/cli/kith KITH_SANDBOX=build/check/sandbox/kith-sandbox node tests/browser/screenshots.mjs docs/img
 *
 * Not a test: look at the pictures afterwards.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { accept, allow, banner, choose, closeBrowser, managed, worker, world } from './rig.mjs';

const folder = process.argv[2] || 'docs/img';
const ends = [];
const run = { after: (fn) => ends.push(fn) };

async function shoot(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => { for (const a of document.getAnimations()) if (Number.isFinite(a.effect.getComputedTiming().endTime)) a.finish(); });
  await page.screenshot({ path: path.join(folder, name + '.png') });
  console.log(name);
}

async function look(w, name, options, prepare) {
  const page = await w.browse({ at: '#/', ...options, context: await fresh(w, options) });
  if (prepare) await prepare(page);
  await shoot(page, name);
  await page.close();
}

/* A context that shares the first one's cookie: the start link works once. */
async function fresh(w, { width = 1280, height = 800, dark = false, touch = false } = {}) {
  const first = w.contexts[0];
  const context = await first.browser().newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', hasTouch: touch, isMobile: touch, locale: 'en-GB', timezoneId: 'UTC' });
  await context.addCookies(await first.cookies());
  return context;
}

await mkdir(folder, { recursive: true });
try {
  const w = await world(run, { contacts: 10000 });
  const page = await w.browse({ at: '#/settings' });
  await shoot(page, 'page-settings-first-run');
  const tab = await w.openSignIn(page);
  await banner(page, /wants an answer/).waitFor();
  await shoot(page, 'page-waiting');
  await choose(tab, worker);
  await tab.getByRole('button', { name: 'Accept' }).waitFor();
  await shoot(tab, 'sandbox-consent');
  await accept(tab);
  await shoot(tab, 'browser-tab');
  await tab.close();
  await page.bringToFront();
  await page.locator('.banner-done').waitFor();
  await shoot(page, 'page-done');

  const open = async (p, text) => {
    await p.locator('input[type=search]').fill(text);
    await p.locator('.row-link').first().waitFor();
    await p.waitForTimeout(600);
  };
  const first = async (p) => { await p.locator('.row-link').nth(2).click(); await p.locator('main h2, .contact h2, .contact h1').first().waitFor(); await p.waitForTimeout(300); };
  await look(w, 'page-contacts', {}, first);
  await look(w, 'page-contacts-dark', { dark: true }, first);
  await look(w, 'page-search', {}, (p) => open(p, 'mari'));
  await look(w, 'page-list-360', { width: 360, height: 740, touch: true });
  await look(w, 'page-contact-360-dark', { width: 360, height: 740, touch: true, dark: true }, first);
  await look(w, 'page-list-768', { width: 768, height: 900 }, first);
  await page.goto(`http://localhost:${w.port}/#/settings`);
  const google = await w.openSignIn(page, 'Sign in with Google');
  await allow(google);
  await google.close();
  await page.bringToFront();
  await banner(page, /imported from Google/).waitFor();
  await look(w, 'page-accounts', { at: '#/accounts' });
  await look(w, 'page-settings', { at: '#/settings' });

  await w.control('POST', 'change', { person: worker, add: 7, change: 5, remove: 4182 });
  await page.goto(`http://localhost:${w.port}/#/accounts`);
  await page.getByRole('button', { name: 'Refresh all' }).click();
  await page.locator('.account-problem').getByRole('button', { name: 'Decide' }).click();
  await page.getByRole('button', { name: 'See who would be removed' }).click();
  await page.locator('.held li').first().waitFor();
  await shoot(page, 'page-brake');
  await page.getByRole('button', { name: 'Keep all' }).click();

  await page.goto(`http://localhost:${w.port}/#/settings`);
  const denied = await w.openSignIn(page, 'Add another');
  await choose(denied, managed);
  await denied.getByRole('button', { name: 'Back without agreeing' }).click();
  await page.bringToFront();
  await banner(page, /Permission to read contacts is missing/).waitFor();
  await shoot(page, 'page-permission-missing');

  /* Files go with no Microsoft account, so they have a home of their own. */
  const f = await world(run);
  const files = await f.browse({ at: '#/settings' });
  await files.getByRole('button', { name: 'Add files' }).click();
  const card = (n) => `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${n}\r\nFN:Invented Person ${n}\r\nEND:VCARD\r\n`;
  const cards = (n) => Buffer.from(Array.from({ length: n }, (_, i) => card(i)).join(''));
  await files.locator('input[type=file]').first().setInputFiles([{ name: 'archive.vcf', mimeType: 'text/vcard', buffer: cards(1204) }, { name: 'old-mail.pst', mimeType: 'application/octet-stream', buffer: Buffer.from('no data file') }]);
  await files.getByText('1,204 contacts found').waitFor();
  await files.locator('.drop-file .bad').first().waitFor();
  await shoot(files, 'page-add-files');
  await files.getByRole('button', { name: 'Import 1,204 contacts' }).click();
  await banner(files, /imported from Outlook/).waitFor();
  await shoot(files, 'page-settings-barred');
} finally {
  for (const end of ends.reverse()) await end();
  await closeBrowser();
}
