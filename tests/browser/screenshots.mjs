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
import { accept, banner, choose, closeBrowser, managed, worker, world } from './rig.mjs';

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
  await look(w, 'page-accounts', { at: '#/accounts' });
  await look(w, 'page-settings', { at: '#/settings' });

  await page.goto(`http://localhost:${w.port}/#/settings`);
  const denied = await w.openSignIn(page, 'Add another');
  await choose(denied, managed);
  await denied.getByRole('button', { name: 'Back without agreeing' }).click();
  await page.bringToFront();
  await banner(page, /Permission to read contacts is missing/).waitFor();
  await shoot(page, 'page-permission-missing');
} finally {
  for (const end of ends.reverse()) await end();
  await closeBrowser();
}
