/* SPDX-License-Identifier: MIT */
/*
 * many.test.mjs - 100,000 contacts as smoothly as 10 (KITH_MANY sets another number): few elements, the end is
 * reached, memory stays flat on the way. How fast it is depends on the machine; measure.mjs says that.
 */
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { closeBrowser, until, world } from './rig.mjs';

after(closeBrowser);
const MANY = Number(process.env.KITH_MANY || 100000);
const IMPORT_MS = 600000;
const MOST_ROWS = 80;

test(`${MANY} contacts: the list is whole, and small`, { timeout: 2 * IMPORT_MS }, async (t) => {
  const w = await world(t, { contacts: MANY, set: '\n[import]\nlimit = 0\n' });
  const page = await w.signedIn(undefined, IMPORT_MS);
  assert.equal(await page.locator('.list-count').textContent(), new Intl.NumberFormat('en-GB').format(MANY));
  const cdp = await page.context().newCDPSession(page);
  const heap = async () => { await cdp.send('HeapProfiler.collectGarbage'); return (await cdp.send('Runtime.getHeapUsage')).usedSize; };
  const scroller = page.locator('.list-scroll');
  const height = await scroller.evaluate((el) => el.scrollHeight);
  const memory = [];
  for (let step = 1; step <= 200; step++) {
    await scroller.evaluate((el, y) => { el.scrollTop = y; }, step < 50 ? step * 600 : (height * step) / 200);
    if (step % 50) continue;
    await until(async () => (await page.locator('.row').count()) > 0 && (await page.locator('.row:not(:has(.row-link))').count()) === 0, 'rows');
    memory.push(await heap());
    assert.ok(await page.locator('.row').count() <= MOST_ROWS);
  }
  assert.equal(Number(await page.locator('.row').last().getAttribute('aria-posinset')), MANY);
  assert.ok(memory.at(-1) < memory[0] * 2, 'memory in the order measured: ' + memory);
});
