/* SPDX-License-Identifier: MIT */
/*
 * everyone.test.mjs - the page for everyone: no axe violation in any state, in light and dark, at 360 px and at
 * 200 % zoom; nothing sideways; focus and announcements; right to left; and what a state looks like that a test
 * cannot bring about for real, staged by changing what the server says.
 */
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { banner, closeBrowser, sound, tabTo, until, worker, world } from './rig.mjs';

let w = null;
let signedIn = null;
let end = () => {};

before(async () => {
  w = await world({ after: (fn) => { end = fn; } }, { contacts: 300 });
  signedIn = await w.signedIn();
});
after(async () => {
  await end();
  await closeBrowser();
});

/* 640 px is a window of 1280 at 200 %; 320 the narrowest that must work. */
const LOOKS = [
  { width: 1280, height: 800 }, { width: 1280, height: 800, dark: true }, { width: 768, height: 900, dark: true },
  { width: 360, height: 740, touch: true }, { width: 360, height: 740, touch: true, dark: true }, { width: 640, height: 400 }, { width: 320, height: 480 },
];

const FAILURE = {
  id: 'service', title: 'Microsoft 365 could not answer', sentence: 'The fault is there; nothing changed here.', button: 'Try again', remedy: 'try-again', command: '', source: 'microsoft365', account: 'work', identity: worker,
  link: '', request_id: '', setting: '', retry_at_s: 0, count: 0, details: 'for a report',
};
const failed = (more) => ({ ...FAILURE, ...more });
const imp = (phase, more = {}) => ({ account: 'work', source: 'microsoft365', phase, done: 0, total: -1, wait_until_ms: 0, again: false, in_short: '', result: null, error: null, ...more });
const run = (imports, more = {}) => ({ id: 'r' + Math.random().toString(36).slice(2), kind: 'import', signin: '', started_s: 1, ended_s: imports.every((i) => i.phase === 'done' || i.phase === 'failed') ? 2 : 0, imports, closing: null, ...more });
const RESULT = { reported: 300, imported: 300, added: 300, changed: 0, removed: 0, unchanged: 0, held: 0, by_changes: false, again: false, skipped: 0, partial: 0, limit: 10000, limit_reached: false };
const ended = (closing) => run([imp('done', { result: RESULT })], { closing: { look: 'done', title: '300 contacts imported from Microsoft 365', sentence: 'They are on this device now, ready to search and to call.', action: 'contacts', ...closing } });
const LINK = failed({ id: 'permission-missing', title: 'Permission to read contacts is missing', sentence: 'Nothing was imported. An administrator of locked.example must allow Contacts.Read for kith. Send one this link:', button: 'Copy the link', remedy: 'copy-link', link: 'https://login.example/locked.example/v2.0/adminconsent?client_id=00000000-0000-4000-8000-000000000000&scope=Contacts.Read' });
const waiting = { id: 's1', source: 'microsoft365', again: '', url: 'about:blank', state: 'waiting', expires_at_s: Math.floor(Date.now() / 1000) + 900, approval: LINK, error: null };
const HELD = failed({ id: 'removals-held', title: 'A refresh would remove 100 contacts', sentence: '“work” would go from 300 to 200. Until you decide, all are here.', button: 'Decide', remedy: 'decide', count: 100 });
const heldBack = (s) => ({ accounts: [account('work', { id: s.accounts[0].id, state: 'failed', error: HELD, ...status('alert', 'warn', 'Held back: 100 would be removed') })(s)], runs: [run([imp('failed', { error: HELD, result: { ...RESULT, added: 7, changed: 5, held: 100 } })], { kind: 'refresh' })] });
const bars = (id, name) => (s) => ({ sources: s.sources.map((x) => ({ ...x, in_the_way: x.id === id ? name : '' })) });
const EMPTY = { n_contacts: 0, accounts: [] };
const status = (icon, tone, text) => ({ status: { icon, tone, text } });
const account = (name, more) => (s) => ({ ...s.accounts[0], id: name.length + 10, name, ...more });

/* Change the server's state on its way to the page; mutate(state) answers what is different. */
async function stage(page, mutate) {
  await page.unrouteAll();
  if (!mutate) return;
  await page.route('**/api/events', async (route) => {
    const answer = await page.request.get(`http://localhost:${w.port}/api/state`);
    const state = await answer.json();
    await route.fulfill({ status: 200, contentType: 'text/event-stream', body: 'retry: 1000\n\nevent: state\ndata: ' + JSON.stringify({ ...state, ...mutate(state) }) + '\n\n' }).catch(() => {}); /* the page has gone on */
  });
}

const STATES = {
  'My Contacts': {},
  'one contact': { at: '#/contacts/1' },
  'a contact that is gone': { at: '#/contacts/999999' },
  'searching': { act: async (page) => { await page.getByRole('searchbox').fill('ma'); await page.locator('mark').first().waitFor(); } },
  'nobody found': { act: async (page) => { await page.getByRole('searchbox').fill('qwxz'); await page.getByText('Nobody by').waitFor(); } },
  'no contacts': { mutate: () => EMPTY },
  'on their way': { mutate: () => ({ ...EMPTY, runs: [run([imp('fetching', { done: 10, total: 300 })])] }) },
  'Linked Accounts': { at: '#/accounts' },
  'no accounts': { at: '#/accounts', mutate: () => EMPTY },
  'accounts in every state': {
    at: '#/accounts', mutate: (s) => ({
      accounts: [account('a', { state: 'new', n_contacts: 0, last_import_s: 0, ...status('clock', '', 'Never imported') }), account('bb', { state: 'signed-out', ...status('sign-out', '', 'Signed out, contacts kept') }),
        account('ccc', { state: 'failed', error: failed({ id: 'offline' }), ...status('offline', '', 'No connection today at 14:02') }), account('dddd', { state: 'failed', error: failed({ id: 'throttled', retry_at_s: 2e9 }), ...status('clock', '', 'Google asks us to wait') }),
        account('eeeee', { state: 'failed', error: LINK, ...status('stop', 'bad', 'Permission to read contacts is missing') }), account('ggggggg', { state: 'failed', error: failed({}), ...status('alert', 'warn', 'Microsoft 365 could not answer today at 14:02') }),
        account('hhhhhhhh', { importing: true, done: 20, total: 300 }), account('google', { source: 'google', identity: 'anna@gmail.example' }),
        account('outlook-one', { source: 'outlook', identity: 'archive.pst', files: 'changed', ...status('alert', 'warn', 'The file changed today at 09:12') }),
        account('outlook-second', { source: 'outlook', identity: 'a folder of vCards', files: 'gone', ...status('stop', 'bad', 'The file is no longer in /home/anna/Documents/Outlook Files') })].map((f) => f(s)),
    }),
  },
  'Settings': { at: '#/settings' },
  'Settings, first run': { at: '#/settings', mutate: (s) => ({ ...EMPTY, ...bars('')(s) }) },
  'Outlook is barred': { at: '#/settings', mutate: bars('outlook', 'work') },
  'Microsoft is barred': { at: '#/settings', mutate: bars('microsoft365', 'an archive with a long name') },
  'other ways to sign in': { at: '#/settings', act: (page) => page.getByRole('button', { name: 'Other ways to sign in' }).click() },
  'removals held back': { at: '#/accounts', mutate: heldBack },
  'the brake': { at: '#/accounts', mutate: heldBack, act: (page) => page.locator('.account-problem').getByRole('button', { name: 'Decide' }).click() },
  'adding files': { at: '#/settings', mutate: (s) => ({ ...EMPTY, ...bars('')(s) }), act: async (page) => { await page.getByRole('button', { name: 'Add files' }).click(); await page.getByRole('dialog').waitFor(); } },
  'waiting for the browser': { at: '#/settings', mutate: () => ({ ...EMPTY, signins: [waiting] }) },
  'running banners': { mutate: () => ({ runs: [run([imp('counting')]), run([imp('waiting', { done: 10, total: 300, wait_until_ms: Date.now() + 60000 })]), run([imp('fetching', { again: true, done: 10, total: 300 })]), run([imp('done', { result: RESULT, in_short: '300 new' }), imp('fetching', { account: 'b', done: 1, total: 9 }), imp('next', { account: 'c' })])] }) },
  'done banners': { mutate: () => ({ runs: [ended({}), ended({ look: 'partly', title: 'Imported 300 contacts, 3 skipped', action: '' }), ended({ action: 'limit' }), ended({ action: '' })] }), act: (page) => page.getByRole('button', { name: '1 more' }).click() },
  'failed banners': { mutate: () => ({ runs: [failed({}), LINK, failed({ id: 'offline' }), failed({ id: 'cancelled' })].map((error) => run([imp('failed', { error })])) }), act: (page) => page.getByRole('button', { name: '1 more' }).click() },
  'a menu': { act: (page) => page.locator('.list-header').getByRole('button', { name: 'More' }).click() },
  'signing out': { at: '#/accounts', act: (page) => page.getByRole('button', { name: 'Sign out, work' }).click() },
  'shortcuts': { act: (page) => page.keyboard.press('?') },
  'removing everything': { at: '#/settings', act: (page) => page.getByRole('button', { name: 'Remove…' }).click() },
};

for (const look of LOOKS) {
  test(`no axe violation and nothing sideways at ${look.width}${look.dark ? ', dark' : ''}`, async () => {
    const page = await w.browse({ ...look, context: await contextFor(look) });
    for (const [what, { at = '#/', mutate, act }] of Object.entries(STATES)) {
      await page.goto('about:blank');
      await stage(page, mutate);
      await page.goto(`http://localhost:${w.port}/${at}`);
      await page.locator('main :is(h1, h2):visible').first().waitFor();
      await page.waitForFunction(() => !document.querySelector('.list-scroll') || document.querySelector('.row-link') || !document.querySelector('.list-scroll').clientHeight);
      if (act && !(look.width < 620 && what === 'shortcuts' && look.touch)) await act(page);
      await sound(page, `${what} at ${JSON.stringify(look)}`);
    }
    await page.context().close();
  });
}

/* A browser that looks otherwise, with the cookie of the one that followed the start link. */
async function contextFor({ width, height, dark, touch }) {
  const context = await signedIn.context().browser().newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', hasTouch: Boolean(touch), isMobile: Boolean(touch), locale: 'en-GB', timezoneId: 'UTC' });
  await context.addCookies(await signedIn.context().cookies());
  return context;
}

async function pageFor(look, mutate, at = '') {
  const page = await w.browse({ context: await contextFor(look) });
  await page.goto('about:blank');
  await stage(page, mutate);
  await page.goto(`http://localhost:${w.port}/${at}`);
  await page.locator('main :is(h1, h2):visible').first().waitFor();
  return page;
}

const DESK = { width: 1280, height: 800 };

test('every remedy of the catalogue does something on the page', async () => {
  const error = (remedy, button, more = {}) => ({ runs: [run([imp('failed', { error: failed({ id: 'store', title: 'It failed', button, remedy, ...more }) })])] });
  const cases = {
    'show-accounts': (page) => page.getByRole('heading', { name: 'Linked Accounts' }).waitFor(),
    'show-progress': (page) => page.getByRole('heading', { name: 'Linked Accounts' }).waitFor(),
    'show-contacts': (page) => page.getByRole('heading', { name: 'My Contacts' }).waitFor(),
    'open-guide': (page) => page.getByRole('dialog', { name: 'A client id in three minutes' }).waitFor(),
    'open-folder': (page) => page.getByRole('dialog', { name: 'It failed' }).getByLabel('Contacts are kept in this folder:').waitFor(),
    report: (page) => page.locator('.toast').getByText('Copied').waitFor(),
    'copy-link': (page) => page.locator('.toast').getByText('Link copied').waitFor(),
  };
  for (const [remedy, shows] of Object.entries(cases)) {
    const page = await pageFor(DESK, () => error(remedy, 'Do it', { count: 100, link: remedy === 'copy-link' ? 'https://login.example/' : '' }), '#/settings');
    await banner(page, 'It failed').getByRole('button', { name: 'Do it' }).click();
    await shows(page);
    await page.context().close();
  }
});

test('at most three banners, failures first', async () => {
  const page = await pageFor(DESK, () => ({ runs: [ended({}), run([imp('fetching', { done: 1, total: 9 })]), run([imp('failed', { error: failed({}) })]), run([imp('failed', { error: failed({ id: 'offline', title: 'No connection' }) })])] }));
  await page.getByRole('button', { name: '1 more' }).waitFor();
  const titles = () => page.getByRole('article').evaluateAll((all) => all.filter((a) => a.classList.contains('banner')).map((a) => a.getAttribute('aria-label')));
  assert.deepEqual(await titles(), ['Microsoft 365 could not answer', 'No connection', 'Importing from Microsoft 365']);
  await page.getByRole('button', { name: '1 more' }).click();
  assert.equal((await titles()).length, 4);
  await page.context().close();
});

test('what changes is said aloud, failures at once', async () => {
  const page = await pageFor(DESK, () => ({ runs: [run([imp('failed', { error: failed({}) })])] }));
  await until(async () => (await page.getByRole('alert').first().textContent()).includes('Microsoft 365 could not answer'), 'the alert');
  await page.getByRole('searchbox').fill('an');
  await until(async () => /found/.test(await page.locator('#polite').textContent()), 'the number of hits');
  await page.context().close();
});

test('the order of the focus is the order of sight, and the skip link leads to the contacts', async () => {
  const page = await pageFor(DESK, () => ({ runs: [run([imp('failed', { error: failed({}) })])] }), '#/contacts/1');
  await page.locator('.contact-name').waitFor();
  await page.locator('.row-link').first().waitFor();
  const order = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    order.push(await page.evaluate(() => { const part = document.activeElement.closest('.skip, .nav, .banners, .list-header, .list-scroll, .rail, .beside'); return part ? part.className.split(' ')[0] : ''; }));
  }
  assert.deepEqual([...new Set(order)].filter(Boolean).slice(0, 7), ['skip', 'nav', 'banners', 'list-header', 'list-scroll', 'rail', 'beside']);
  await page.goto(`http://localhost:${w.port}/#/`);
  await page.reload();
  await page.locator('.row-link').first().waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await until(() => page.evaluate(() => document.activeElement.className === 'row-link'), 'the first contact');
  await page.context().close();
});

test('a closed banner hands the focus on; x closes', async () => {
  const page = await w.browse({ context: await contextFor(DESK) });
  await page.getByRole('navigation').getByRole('link', { name: /^Linked Accounts/ }).click();
  await page.getByRole('button', { name: 'Refresh all' }).click();
  const done = banner(page, '“work” is up to date');
  await tabTo(page, done.getByRole('button', { name: /^Close/ }));
  await page.keyboard.press('x');
  await done.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  await page.context().close();
});

test('at 360 a contact is its own page, with a way back', async () => {
  const page = await pageFor({ width: 360, height: 740, touch: true });
  await page.locator('.row-link').nth(2).tap();
  const name = page.getByRole('heading', { level: 1 });
  await name.and(page.locator('.contact-name')).waitFor();
  await until(() => page.locator('.contact-name').evaluate((el) => el === document.activeElement), 'the name has the focus');
  assert.equal(await page.locator('.list-pane').isVisible(), false);
  await page.getByRole('button', { name: 'Back to My Contacts' }).tap();
  await until(() => page.evaluate(() => document.activeElement.className === 'row-link'), 'the row has the focus');
  const small = await page.evaluate(() => [...document.querySelectorAll('button, a[href]')].filter((el) => el.offsetParent && el.tabIndex >= 0 && !el.closest('.skip')).map((el) => [el.outerHTML.slice(0, 80), el.getBoundingClientRect()]).filter(([, r]) => r.height < 43.5 || r.width < 43.5).map(([html]) => html));
  assert.deepEqual(small, [], 'hits of 44 by 44 for a finger');
  await page.context().close();
});

test('right to left mirrors the page and loses nothing', async () => {
  for (const width of [1280, 360]) {
    const page = await pageFor({ width, height: 800 }, null, '#/contacts/1');
    await page.evaluate(() => { document.dir = 'rtl'; });
    await page.locator('.contact-name').waitFor();
    await sound(page, 'right to left at ' + width);
    if (width > 360) {
      const [nav, main] = await Promise.all(['.nav', 'main'].map((s) => page.locator(s).boundingBox()));
      assert.ok(nav.x > main.x, 'the navigation is at the right');
    }
    await page.context().close();
  }
});

test('with less motion nothing moves', async () => {
  const context = await contextFor(DESK);
  const page = await w.browse({ context });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('about:blank');
  await stage(page, () => ({ runs: [run([imp('counting')])] }));
  await page.goto(`http://localhost:${w.port}/#/`);
  await page.getByRole('progressbar').waitFor();
  await page.waitForTimeout(300);
  assert.deepEqual(await page.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running').map((a) => a.animationName)), []);
  await context.close();
});

test('nothing that a contact holds becomes part of the page', async () => {
  const page = await pageFor(DESK);
  const evil = '<img src=x onerror="document.title=1"><script>1</script>';
  await page.route('**/api/contacts/*', async (route) => {
    const answer = await route.fetch();
    if (!/contacts\/\d+$/.test(route.request().url())) return route.fulfill({ response: answer });
    const body = await answer.json();
    Object.assign(body.row, { shown: evil, second: evil });
    Object.assign(body.contact.text, { notes: evil, company: evil, manager: evil });
    body.contact.emails = [{ place: '', address: 'a@b.example?bcc=c@d.example', name: '', label: evil }];
    body.contact.items = [{ kind: 'web', place: '', label: '', value: 'javascript:alert(1)' }, { kind: 'category', place: '', label: '', value: evil }];
    return route.fulfill({ response: answer, json: body });
  });
  await page.goto(`http://localhost:${w.port}/#/contacts/1`);
  await page.locator('.contact-name').filter({ hasText: '<img' }).waitFor();
  assert.equal(await page.locator('.contact img:not(.picture), .contact script').count(), 0);
  assert.equal(await page.locator('.contact a[href^="javascript"]').count(), 0);
  assert.equal(await page.locator('.contact a[href^="mailto"]').first().getAttribute('href'), 'mailto:a@b.example%3Fbcc%3Dc%40d.example');
  await page.context().close();
});
