/* SPDX-License-Identifier: MIT */
/*
 * many.test.mjs - 100,000 contacts as smoothly as 10 (KITH_MANY sets another number).
 *
 * What depends on the machine is measured and written down, not asserted: the time to the first rows, the longest
 * task while typing (by the browser's own trace), the memory while scrolling to the end. What does not depend on it
 * is asserted: how many elements there are, and that the end is reached.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test, { after } from 'node:test';
import { closeBrowser, until, world } from './rig.mjs';

after(closeBrowser);
const MANY = Number(process.env.KITH_MANY || 100000);
const TYPED = ['marina', 'an', 'rosewater', '+44 7', 'example', 'de la'];

/* The longest tasks of the page's main thread in a trace, in ms. */
function longest(trace) {
  const events = trace.traceEvents;
  const mains = new Set(events.filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain').map((e) => e.pid + ' ' + e.tid));
  return events.filter((e) => e.name === 'RunTask' && mains.has(e.pid + ' ' + e.tid)).map((e) => e.dur / 1000).sort((a, b) => b - a).slice(0, 3);
}

const round = (x) => Math.round(x * 10) / 10;

test(`${MANY} contacts: first rows, typing, scrolling to the end`, { timeout: 1200000 }, async (t) => {
  const w = await world(t, { contacts: MANY, set: '\n[import]\nlimit = 0\n' });
  const page = await w.signedIn(undefined, 600000);
  const said = {};

  /* Opening: from the address to the first rows, several times. */
  const opened = [];
  for (let i = 0; i < 5; i++) {
    await page.goto('about:blank');
    await page.goto(`http://localhost:${w.port}/#/`);
    await page.locator('.row-link').first().waitFor();
    opened.push(await page.evaluate(() => performance.getEntriesByName('first-rows')[0].startTime));
  }
  said.first_rows_ms = round(opened.sort((a, b) => a - b)[2]);
  assert.equal(await page.locator('.list-count').textContent(), new Intl.NumberFormat('en-GB').format(MANY));

  /* Typing, with the browser's own trace. */
  const browser = page.context().browser();
  const file = path.join(os.tmpdir(), `kith-trace-${process.pid}.json`);
  await browser.startTracing(page, { path: file, categories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline', '__metadata'] });
  const field = page.getByRole('searchbox');
  for (const word of TYPED) {
    await field.focus();
    for (const key of word) await page.keyboard.type(key, { delay: 30 });
    await page.locator('.list-count').filter({ hasText: /found/ }).waitFor();
    await page.keyboard.press('Escape');
  }
  await browser.stopTracing();
  said.longest_tasks_while_typing_ms = longest(JSON.parse(await readFile(file, 'utf8'))).map(round);

  /* Scrolling to the end, a window at a time at first, then in great steps; the memory after a collection. */
  const cdp = await page.context().newCDPSession(page);
  const heap = async () => { await cdp.send('HeapProfiler.collectGarbage'); return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1048576; };
  const scroller = page.locator('.list-scroll');
  const memory = [await heap()];
  const height = await scroller.evaluate((el) => el.scrollHeight);
  for (let step = 1; step <= 200; step++) {
    await scroller.evaluate((el, y) => { el.scrollTop = y; }, step < 50 ? step * 600 : (height * step) / 200);
    if (step % 50) continue;
    await until(async () => (await page.locator('.row').count()) > 0 && (await page.locator('.row:not(:has(.row-link))').count()) === 0, 'rows');
    memory.push(await heap());
    assert.ok(await page.locator('.row').count() <= 80);
  }
  said.heap_mib_while_scrolling = memory.map(round);
  assert.equal(Number(await page.locator('.row').last().getAttribute('aria-posinset')), MANY);

  t.diagnostic(JSON.stringify(said));
  if (process.env.KITH_MANY_OUT) await writeFile(process.env.KITH_MANY_OUT, JSON.stringify({ contacts: MANY, ...said }, null, 2) + '\n');
});
