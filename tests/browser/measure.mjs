/* SPDX-License-Identifier: MIT */
/*
 * measure.mjs - the page with 100,000 contacts, by the browser's own trace; prints the table of docs/page-performance.md:
 *
 *     KITH=build/demo/faces/cli/kith KITH_SANDBOX=build/demo/sandbox/kith-sandbox node tests/browser/measure.mjs
 *
 * Not a test: a busy machine would make it fail for no fault of the page. Each figure is the median of five.
 */
import { closeBrowser, world } from './rig.mjs';

const ROUNDS = 5;
const TYPED = ['mari', 'bau an', '5550', 'x'];
const ends = [];
const run = { after: (fn) => ends.push(fn) };

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/* The longest piece of work of the page's main thread while act() runs, in ms, from the trace. */
async function longestTask(page, act) {
  const cdp = await page.context().newCDPSession(page);
  const events = [];
  cdp.on('Tracing.dataCollected', (e) => events.push(...e.value));
  await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', '__metadata'] } });
  await act();
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  await complete;
  await cdp.detach();
  const mains = new Set(events.filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain').map((e) => `${e.pid}/${e.tid}`));
  const tasks = events.filter((e) => e.ph === 'X' && /RunTask$/.test(e.name) && mains.has(`${e.pid}/${e.tid}`)).map((e) => e.dur / 1000);
  return Math.max(0, ...tasks);
}

async function heap(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  await cdp.detach();
  const of = (name) => metrics.find((m) => m.name === name).value;
  return { mib: of('JSHeapUsedSize') / 1048576, nodes: of('Nodes') };
}

async function firstRows(page, address) {
  await page.goto('about:blank');
  await page.goto(address);
  await page.locator('.row-link').first().waitFor();
  return page.evaluate(() => globalThis.firstRowAt);
}

async function scrollToEnd(page) {
  const list = await page.evaluateHandle(() => [...document.querySelectorAll('*')].filter((e) => e.scrollHeight > e.clientHeight * 20).sort((a, b) => b.scrollHeight - a.scrollHeight)[0]);
  for (let i = 1; i <= 300; i++) {
    await list.evaluate((e, part) => { e.scrollTop = e.scrollHeight * part; }, i / 300);
    await page.waitForTimeout(15);
  }
  await page.waitForTimeout(500);
}

try {
  const w = await world(run, { contacts: 100000, set: '[import]\nlimit = 0\n' });
  await w.kith('accounts');
  const page = await w.signedIn();
  await page.addInitScript(() => {
    const look = new MutationObserver(() => {
      if (!document.querySelector('.row-link')) return;
      look.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.firstRowAt = performance.now(); }));
    });
    look.observe(document, { childList: true, subtree: true });
  });
  const address = `http://localhost:${w.port}/#/`;
  const opened = [];
  for (let i = 0; i < ROUNDS; i++) {
    await firstRows(page, address);
    await page.waitForFunction(() => globalThis.firstRowAt);
    opened.push(await page.evaluate(() => globalThis.firstRowAt));
  }
  console.log(`| first rows drawn after opening | ${median(opened).toFixed(0)} ms |`);

  const search = page.locator('input[type=search]');
  for (const text of TYPED) {
    const longest = [];
    for (let i = 0; i < ROUNDS; i++) {
      await search.fill('');
      longest.push(await longestTask(page, async () => { await search.pressSequentially(text, { delay: 60 }); await page.waitForTimeout(500); }));
    }
    console.log(`| longest task of the main thread while "${text}" is typed | ${median(longest).toFixed(1)} ms |`);
  }

  await search.fill('');
  await page.waitForTimeout(500);
  const before = await heap(page);
  const longest = await longestTask(page, () => scrollToEnd(page));
  const after = await heap(page);
  await scrollToEnd(page);
  const again = await heap(page);
  console.log(`| longest task while scrolling to the end | ${longest.toFixed(1)} ms |`);
  for (const [when, m] of [['before scrolling', before], ['at the end', after], ['after scrolling once more', again]])
    console.log(`| memory of scripts, nodes ${when} | ${m.mib.toFixed(1)} MiB, ${m.nodes} |`);
} finally {
  for (const end of ends.reverse()) await end();
  await closeBrowser();
}
