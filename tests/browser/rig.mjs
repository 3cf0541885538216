/* SPDX-License-Identifier: MIT */
/*
 * rig.mjs - one person's world for a test: a sandbox, `kith serve` with folders of its own,
 * and a browser that follows the start link.
 *
 * KITH and KITH_SANDBOX name the programs, CHROMIUM the browser. Everything that is started
 * here is stopped here, and a console error of the page fails the test.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const KITH = process.env.KITH;
const SANDBOX = process.env.KITH_SANDBOX;
const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';
/* Nothing of the browser's own may look for a network. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const START_MS = 60000;
const WAIT_MS = 15000;
/* What the browser writes for an answer of 400 or more that the test wants; 503 is the last word of a server that ends. */
const EXPECTED = /Failed to load resource: (the server responded with a status of (400|401|404|409|500|503)|net::ERR_CONNECTION_REFUSED|net::ERR_EMPTY_RESPONSE|net::ERR_INCOMPLETE_CHUNKED_ENCODING|net::ERR_CONNECTION_RESET)/;

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser = null;

export const worker = 'worker@contoso.example';
export const admin = 'admin@contoso.example';
export const managed = 'managed@locked.example';
export const unlicensed = 'unlicensed@contoso.example';

/* The first line on standard output that look() answers something for. */
async function firstLine(child, look) {
  let timer = 0;
  const said = [];
  child.stderr.on('data', (d) => said.push(d));
  const lines = readline.createInterface({ input: child.stdout });
  const found = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it did not start: ' + said.join(''))), START_MS);
    lines.on('line', (line) => { const f = look(line); if (f) resolve(f); });
    child.on('exit', (code) => reject(new Error('it ended with ' + code + ': ' + said.join(''))));
  });
  try {
    return await found;
  } finally {
    clearTimeout(timer);
  }
}

function ended(child) {
  return child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));
}

class World {
  /*
   * options: contacts (of each mailbox), clientId (false: none), set (more of the INI file), tls (certificate and key of
   * the sandbox), wrap (a command that starts kith), env (more of its environment), prepare (called before kith starts).
   */
  async begin({ contacts = 60, clientId = true, set = '', tls = null, wrap = [], env = {}, prepare = null } = {}) {
    this.home = await mkdtemp(path.join(tmpdir(), 'kith-page-'));
    this.config = path.join(this.home, 'config');
    this.sandbox = spawn(SANDBOX, ['--contacts', String(contacts), '--config-out', this.config, ...(tls ? ['--tls', ...tls] : [])], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.ready = await firstLine(this.sandbox, (line) => line.startsWith('{') && JSON.parse(line));
    if (!clientId) await appendFile(this.config, '\n[microsoft]\nclient_id =\n');
    await appendFile(this.config, '\n[tokens]\nkeep = file\n' + set);
    this.env = { ...process.env, HOME: this.home, XDG_STATE_HOME: path.join(this.home, 'state'), XDG_CONFIG_HOME: this.home, XDG_DATA_HOME: this.home, LC_ALL: 'C.UTF-8', NO_PROXY: '*', no_proxy: '*' };
    for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'KITH_DEBUG']) delete this.env[name];
    Object.assign(this.env, env);
    this.wrap = wrap;
    await prepare?.(this);
    await this.serve();
    return this;
  }

  get data() {
    return path.join(this.home, 'data');
  }

  arguments(...rest) {
    return [...rest, '--data-dir', this.data, '--config', this.config];
  }

  /* port 0: any. */
  async serve(port = 0) {
    const [command, ...rest] = [...this.wrap, KITH, ...this.arguments('serve', '--no-open', ...(port ? ['--port', String(port)] : []))];
    this.server = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: this.env });
    this.link = await firstLine(this.server, (line) => line.match(/http:\/\/\S+\/start\?key=[\w-]+/)?.[0]);
    this.port = Number(new URL(this.link).port);
  }

  async stopServing() {
    this.server.kill('SIGTERM');
    await ended(this.server);
  }

  async end() {
    for (const context of this.contexts || []) await context.close().catch(() => {});
    await this.stopServing();
    this.sandbox.stdin.end();
    await ended(this.sandbox);
    await rm(this.home, { recursive: true, force: true });
    assert.deepEqual(this.complaints || [], []);
  }

  /* The command line, in the same folders. */
  async kith(...rest) {
    return (await promisify(execFile)(KITH, this.arguments(...rest), { env: this.env })).stdout;
  }

  async control(method, what, body) {
    const answer = await fetch(`http://127.0.0.1:${this.ready.port}/sandbox/${what}`, { method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
    const text = await answer.text();
    assert.ok(answer.ok, text);
    return text ? JSON.parse(text) : null;
  }

  fault(fault) {
    return this.control('POST', 'faults', fault);
  }

  noFaults() {
    return this.control('DELETE', 'faults');
  }

  /* A browser of its own: {width, height, dark, touch, start: false to stay away from the start link}. */
  async browse({ width = 1280, height = 800, dark = false, touch = false, at = '', context = null } = {}) {
    browser ||= await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    const fresh = !context;
    context ||= await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', hasTouch: touch, isMobile: touch, locale: 'en-GB', timezoneId: 'UTC', ignoreHTTPSErrors: true });
    this.contexts = [...(this.contexts || []), context];
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    this.complaints = this.complaints || [];
    page.on('pageerror', (e) => this.complaints.push(e.stack));
    page.on('console', (m) => { if (m.type() === 'error' && !EXPECTED.test(m.text())) this.complaints.push(m.text()); });
    page.on('request', (r) => { if (!r.url().startsWith(`http://localhost:${this.port}/`)) this.complaints.push('it asked for ' + r.url()); });
    await page.goto(fresh && !at.startsWith('http') ? this.link : `http://localhost:${this.port}/`);
    if (at) await page.goto(at.startsWith('http') ? at : `http://localhost:${this.port}/${at}`);
    await page.locator('main h1').first().waitFor();
    return page;
  }

  /* Sign in and import, without looking: the state in which most tests begin. */
  async signedIn(person = worker, within = WAIT_MS) {
    await this.control('POST', 'grant', { person, scope: 'openid profile offline_access https://graph.microsoft.com/Contacts.Read' });
    const page = await this.browse({ at: '#/settings' });
    const tab = await this.openSignIn(page);
    await choose(tab, person);
    await tab.getByText('You can close this tab').waitFor();
    await tab.close(); /* a page behind another one is drawn seldom */
    await page.bringToFront();
    await page.locator('.banner-done').waitFor({ timeout: within });
    await page.getByRole('button', { name: /^Close: / }).click();
    await page.goto(`http://localhost:${this.port}/#/`);
    await page.locator('.row-link').first().waitFor();
    return page;
  }

  /* One account more at Microsoft; the page is where it was. */
  async signIn(page, person) {
    const at = page.url();
    await page.goto(`http://localhost:${this.port}/#/settings`);
    const tab = await this.openSignIn(page, 'Add another');
    await accept(tab, person);
    await tab.close();
    await page.bringToFront();
    await page.locator('.banner-done').waitFor();
    await page.getByRole('button', { name: /^Close: / }).click();
    await page.goto(at);
  }

  /* Press "Sign in with Microsoft"; the provider's page in its new tab. */
  async openSignIn(page, name = 'Sign in with Microsoft') {
    const tab = page.context().waitForEvent('page');
    await page.getByRole('button', { name }).first().click();
    const opened = await tab;
    await opened.waitForURL(/127\.0\.0\.1|localhost/);
    return opened;
  }
}

/* A world for the test t, ended with it. */
export async function world(t, options) {
  const w = new World();
  t.after(() => w.end());
  return w.begin(options);
}

/* Another machine's browser: it reaches the provider, but its own device does not answer. Answers where it ended. */
export async function elsewhere(address, visit) {
  const { host } = new URL(new URL(address).searchParams.get('redirect_uri'));
  const other = await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, `--host-resolver-rules=MAP ${host} ~NOTFOUND`] });
  try {
    const tab = await other.newPage();
    const failed = tab.waitForEvent('requestfailed', { predicate: (r) => new URL(r.url()).host === host, timeout: WAIT_MS });
    await tab.goto(address);
    await visit(tab);
    return (await failed).url();
  } finally {
    await other.close();
  }
}

export async function closeBrowser() {
  await browser?.close();
  browser = null;
}

/* --- the provider's pages --- */

export async function choose(tab, person) {
  await tab.getByRole('button', { name: person }).click();
}

/* Whatever of it is asked: choose the person, accept. The tab then says that it may be closed. */
export async function accept(tab, person = worker) {
  const name = tab.getByRole('button', { name: person });
  const button = tab.getByRole('button', { name: 'Accept' });
  const end = tab.getByText('You can close this tab');
  await name.or(button).or(end).first().waitFor();
  if (await name.count()) await name.click();
  await button.or(end).first().waitFor();
  if (await button.count()) await button.click();
  await end.waitFor();
}

/* At Google: choose the person, tick the box for contacts, continue. leaves: the tab ends where no page can be shown. */
export async function allow(tab, { person = 'anna@gmail.example', tick = true, leaves = false } = {}) {
  const name = tab.getByRole('button', { name: person });
  const box = tab.getByRole('checkbox', { name: /See and download your contacts/ });
  await name.or(box).first().waitFor();
  if (await name.count()) await name.click();
  if (tick) await box.check();
  await tab.getByRole('button', { name: 'Continue' }).click({ noWaitAfter: leaves });
  if (!leaves) await tab.getByText(tick ? 'You can close this tab' : 'Permission was not given').waitFor();
}

/* --- looking --- */

export const banner = (page, title) => page.getByRole('article', { name: title });

/* Press Tab until the element has the focus, as somebody without a mouse does. */
export async function tabTo(page, locator, limit = 60) {
  for (let i = 0; i < limit; i++) {
    if (await locator.evaluate((el) => el === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail('no way to ' + locator + ' with the Tab key; it is at ' + await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200)));
}

/* The two ways of doing everything: press(page, locator) and fill(page, locator, text). */
export const HANDS = {
  mouse: {
    press: (page, locator) => locator.click(),
    fill: async (page, locator, text) => { await locator.click(); await page.keyboard.press('Control+A'); await page.keyboard.type(text); },
  },
  keyboard: {
    press: async (page, locator, key = 'Enter') => { await tabTo(page, locator); await page.keyboard.press(key); },
    fill: async (page, locator, text) => { await tabTo(page, locator); await page.keyboard.press('Control+A'); await page.keyboard.type(text); },
  },
};

/* No axe violation, nothing sideways. */
export async function sound(page, what) {
  await page.evaluate(() => { for (const a of document.getAnimations()) if (Number.isFinite(a.effect.getComputedTiming().endTime)) a.finish(); });
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary}`), [], what);
  const wide = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll('.column, .sheet, .beside, .place, dialog')].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className));
  assert.deepEqual(wide, [], what + ': wider than the window');
}

export async function until(look, what, ms = 15000) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) assert.fail('it did not happen: ' + what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
