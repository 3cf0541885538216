/* SPDX-License-Identifier: MIT */
/*
 * banners.js - the region above every page: what runs, what ended, what failed.
 *
 * A banner is made from the state alone, so that two open pages show the same ones;
 * model() says what each is, draw() how it looks, announce() what is said aloud.
 */
import * as api from './api.js';
import * as dialogs from './dialogs.js';
import * as live from './live.js';
import * as local from './local.js';
import * as remedy from './remedy.js';
import * as router from './router.js';
import * as state from './state.js';
import { byId, h, patch } from './dom.js';
import { icon } from './icons.js';
import { clock, count, quoted } from './text.js';
import * as words from './words.js';

const SHOWN = 3;
const DONE_CLOSES_MS = 30000;
const ORDER = { failed: 0, neutral: 0, partly: 0, running: 1, done: 2 };
const ICONS = { failed: 'stop', partly: 'alert', done: 'done', neutral: 'close', running: 'refresh' };

const approvals = new Set(); /* sign-ins whose "Approval needed?" was pressed here */
const cancelling = new Set(); /* runs and sign-ins that were told to stop and have not yet said so */
let showAll = false;

export function start() {
  state.watch(update);
  local.watch(update);
  setInterval(closeDone, 1000);
  const region = byId('banners');
  new ResizeObserver(keepPlace).observe(region);
}

/* --- what there is to show --- */

function models() {
  const s = state.get();
  const list = [];
  if (state.connection() === 'stopped' && s) list.push(stopped());
  for (const f of local.get()) list.push(failure(f.key, f.failure, f.ctx, () => local.close(f.key)));
  if (s) {
    for (const signin of s.signins) list.push(...ofSignIn(signin));
    for (const run of s.runs) list.push(ofRun(run));
  }
  return list.map((m, i) => [m, i]).sort(([a, i], [b, j]) => ORDER[a.look] - ORDER[b.look] || i - j).map(([m]) => m);
}

function stopped() {
  return { key: 'stopped', look: 'failed', title: 'kith has stopped', sentence: 'Start it again; this page goes on by itself.', buttons: [] };
}

function ofSignIn(signin) {
  const key = 'signin-' + signin.id;
  const ctx = { source: signin.source, account: signin.again, again: signin.again, kind: 'signin', url: signin.url };
  if (signin.state === 'failed') return [failure(key, signin.error, ctx, () => api.closeSignIn(signin.id))];
  if (signin.state === 'finishing') {
    return [{ key, look: 'running', title: words.importing(signin.source), sentence: words.counting, bar: -1, buttons: [cancel(signin.id, () => api.cancelSignIn(signin.id))] }];
  }
  const open = () => window.open(signin.url, '_blank', 'noopener');
  const waiting = {
    key, look: 'running', icon: 'browser', title: words.waitingTitle, sentence: words.waitingSentence(signin),
    buttons: [
      { label: 'Open the page again', icon: 'external', cls: 'outlined', on: open },
      signin.approval && { label: 'Approval needed?', cls: 'quiet', on: () => { approvals.add(signin.id); update(); } },
      cancel(signin.id, () => api.cancelSignIn(signin.id), 'quiet'),
    ],
  };
  if (!signin.approval || !approvals.has(signin.id)) return [waiting];
  return [waiting, failure(key + '-approval', signin.approval, ctx, () => { approvals.delete(signin.id); update(); })];
}

function ofRun(run) {
  /* A run takes the place of the sign-in it follows: the same banner goes on. */
  const key = run.signin ? 'signin-' + run.signin : 'run-' + run.id;
  const close = () => api.closeRun(run.id);
  if (!run.ended_s) return running(run, key);
  if (run.imports.length > 1) return ofSeveral(run, key, close);
  const [imp] = run.imports;
  if (imp.phase === 'failed') return failure(key, imp.error, { account: imp.account, source: imp.source, kind: run.kind }, close);
  const end = words.closing(imp, run.kind);
  return { key, ...end, buttons: [ACTIONS[end.action]], close, run };
}

const ACTIONS = {
  limit: { label: 'Change the limit', cls: 'plain', on: () => { router.go(router.addressOf('settings')); setTimeout(() => byId('limit') && byId('limit').focus(), 50); } },
  contacts: { label: 'Show contacts', cls: 'plain', on: () => router.go(router.addressOf('contacts', 0, '')) },
};

function running(run, key) {
  const stop = cancel(run.id, () => api.cancelRun(run.id));
  if (run.imports.length > 1) return { key, look: 'running', title: words.refreshing(run.imports.length), parts: run.imports, buttons: [stop], run };
  const [imp] = run.imports;
  const model = { key, look: 'running', title: words.importing(imp.source), sentence: words.counting, bar: -1, buttons: [stop], run };
  if (imp.phase === 'waiting') {
    return { ...model, icon: 'clock', title: words.asksToWait(imp.source), sentence: words.goingOn(imp), ...bar(imp) };
  }
  if (imp.total < 0 || imp.phase === 'counting' || imp.phase === 'next') return model;
  return { ...model, into: imp.account, sentence: '', ...bar(imp) };
}

function bar(imp) {
  if (imp.total < 0) return {};
  return { bar: imp.total ? imp.done / imp.total : 1, progress: words.progress(imp) };
}

function ofSeveral(run, key, close) {
  const failed = run.imports.filter((i) => i.phase === 'failed');
  if (failed.length && failed.every((i) => i.error.id === 'cancelled')) {
    return failure(key, failed[0].error, { kind: 'refresh', accounts: run.imports.map((i) => i.account), account: failed[0].account }, close);
  }
  const end = words.closingOfSeveral(run, (name) => { const a = state.accountNamed(name); return a ? a.n_contacts : 0; });
  const again = { label: 'Try again', cls: 'plain', on: () => { remedy.refresh(failed.map((i) => i.account)); close(); } };
  return { key, ...end, buttons: [end.action === 'again' && again], close, run };
}

function failure(key, f, ctx, close) {
  const look = { cancelled: 'neutral', 'signin-cancelled': 'neutral', offline: 'neutral', throttled: 'neutral', 'removals-held': 'partly' }[f.id] || 'failed';
  const sign = { offline: 'offline', throttled: 'clock' }[f.id];
  const later = f.id === 'throttled' && f.retry_at_s * 1000 > Date.now();
  const done = (call) => () => { call(); if (!STAYS.has(f.remedy)) close(); };
  const main = f.button && { label: f.button, cls: 'plain', on: done(() => remedy.act(f, ctx)), disabled: later ? 'from ' + clock(f.retry_at_s) + ' on' : '' };
  const isLink = f.remedy === 'copy-link' && f.link;
  return {
    key, look, icon: sign, title: f.title, sentence: f.sentence, failure: f, close,
    link: isLink ? f.link : '', small: f.request_id && !f.sentence.includes(f.request_id) ? 'Request ' + f.request_id : '',
    buttons: [isLink ? null : main, ...remedy.quiet(f, ctx).map(([label, on]) => ({ label, cls: isLink ? 'plain' : 'quiet', on: f.id === 'permission-missing' ? () => { on(); close(); } : on }))],
  };
}

/* These remedies only show or copy something: the banner is still true afterwards. */
const STAYS = new Set(['copy-link', 'show-accounts', 'show-progress', 'open-guide', 'open-folder', 'repair', 'report', 'decide']);

/* Answers at once: the word changes with the press, the banner when the server says so. */
function cancel(id, call, cls = 'outlined') {
  const pressed = cancelling.has(id);
  return {
    label: pressed ? 'Cancelling' : 'Cancel', cls, busy: pressed,
    on: () => {
      if (cancelling.has(id)) return;
      cancelling.add(id);
      update();
      remedy.attempt(call).then((ok) => { if (!ok) { cancelling.delete(id); update(); } });
    },
  };
}

/* --- how it looks --- */

function update() {
  const list = models();
  const shown = showAll ? list : list.slice(0, SHOWN);
  const held = focusedKey();
  const more = list.length - shown.length;
  patch(byId('banners'), shown.map(draw), more > 0 && h('button.button.quiet.banners-more', { key: 'more', onclick: () => { showAll = true; update(); } }, count(more) + ' more'));
  if (list.length <= SHOWN) showAll = false;
  if (held && !list.some((m) => m.key === held)) focusAfter();
  announce(list);
}

function draw(m) {
  const buttons = m.buttons.filter(Boolean);
  return h('article', { key: m.key, class: 'banner banner-' + m.look, 'data-key': m.key, 'aria-label': m.title },
    h('span', { class: 'banner-icon' + (m.look === 'running' && !m.icon ? ' turning' : '') }, icon(m.icon || ICONS[m.look])),
    h('div.banner-words',
      h('p.banner-title', h('b', m.title), m.into && h('span', ' into ', h('bdi', quoted(m.into)))),
      m.sentence && h('p.banner-sentence', m.sentence),
      m.link && dialogs.copyField(m.link, 'Link for an administrator', m.failure.button || 'Copy the link', 'Link copied', true),
      m.small && h('p.banner-small', m.small),
      m.parts && h('ul.banner-parts', m.parts.map(part)),
      m.bar !== undefined && progressBar(m)),
    buttons.length > 0 && h('div.banner-buttons', buttons.map(drawButton)),
    m.close && h('button.icon-button.banner-close', { 'aria-label': 'Close: ' + m.title, title: 'Close', onclick: () => close(m) }, icon('close')));
}

function drawButton(b) {
  const reason = b.disabled ? b.label + ' ' + b.disabled : null;
  return h('button', {
    key: b.label === 'Cancelling' ? 'Cancel' : b.label, class: 'button ' + b.cls, 'aria-disabled': b.disabled || b.busy ? 'true' : null,
    'aria-label': reason, title: reason, onclick: () => { if (!b.disabled && !b.busy) b.on(); },
  }, b.icon && icon(b.icon), b.label);
}

function part(imp) {
  const sign = imp.phase === 'done' ? 'done' : imp.phase === 'failed' ? 'stop' : imp.phase === 'next' || imp.phase === 'waiting' ? 'clock' : 'refresh';
  return h('li', { key: imp.account, class: 'part part-' + sign }, icon(sign, 16), words.oneOfSeveral(imp));
}

/* share: 0 to 1, below 0 while nobody knows. */
export function progressBar(m, label = m.title) {
  const known = m.bar >= 0;
  const percent = known ? Math.floor(m.bar * 100) : null;
  return h('div.progress',
    h('div', { class: 'bar' + (known ? '' : ' bar-unknown'), role: 'progressbar', 'aria-label': label, 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': percent, 'aria-valuetext': m.progress || null },
      h('span.bar-done', { vars: known ? { '--share': String(m.bar) } : {} })),
    m.progress && h('span.progress-words', { 'aria-hidden': 'true' }, m.progress));
}

/* --- closing --- */

function close(m) {
  Promise.resolve(m.close()).catch(() => {});
}

function focusedKey() {
  const banner = document.activeElement && document.activeElement.closest('.banner');
  return banner ? banner.dataset.key : '';
}

/* A banner that went while it had the focus hands it to the next one, else to the title. */
function focusAfter() {
  const next = byId('banners').querySelector('.banner button, .banner input');
  const title = document.querySelector('main h1');
  (next || title || byId('main')).focus();
}

export function closeFocused() {
  const banner = document.activeElement && document.activeElement.closest('.banner');
  const button = banner && banner.querySelector('.banner-close');
  if (button) button.click();
  return Boolean(button);
}

/* Done closes itself after 30 s of a visible page, but never under the pointer or the focus. */
const seenMs = new Map();

function closeDone() {
  if (document.hidden) return;
  for (const m of models()) {
    if (m.look !== 'done' || m.problems) continue;
    const el = byId('banners').querySelector('[data-key="' + m.key + '"]');
    if (!el || el.matches(':hover') || el.contains(document.activeElement)) continue;
    const seen = (seenMs.get(m.key) || 0) + 1000;
    seenMs.set(m.key, seen);
    if (seen < DONE_CLOSES_MS) continue;
    seenMs.delete(m.key);
    close(m);
  }
}

/* --- nothing jumps --- */

let height = -1;

/*
 * When the region grows or shrinks, the list is scrolled by as much: the first visible
 * row stays where the eye has it. At its very top the list moves with the sheet, gently.
 */
function keepPlace() {
  const now = byId('banners').offsetHeight;
  const by = now - height;
  const first = height < 0;
  height = now;
  if (first || !by) return;
  const list = document.querySelector('.list-scroll');
  if (list && list.scrollTop > 0) {
    list.scrollTop += by;
    return;
  }
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  byId('main').animate([{ transform: 'translateY(' + -by + 'px)' }, { transform: 'none' }], { duration: 160, easing: 'cubic-bezier(.2, 0, 0, 1)' });
}

/* --- what is said aloud --- */

const said = new Map(); /* key: the last thing said about it */
let begun = false;

function announce(list) {
  for (const key of [...said.keys()]) if (!list.some((m) => m.key === key)) said.delete(key);
  for (const m of list) {
    const now = spoken(m);
    if (said.get(m.key) === now.id) continue;
    said.set(m.key, now.id);
    if (now.words) (now.urgent ? live.urgent : live.polite)(now.words);
  }
  begun = true;
}

/* Starts, every quarter, ends; failures at once. id changes when there is something new to say. */
function spoken(m) {
  const whole = m.title + '. ' + (m.sentence || '');
  if (m.look !== 'running') return { id: m.look + m.title, words: begun || m.look !== 'done' ? whole : '', urgent: m.look === 'failed' || m.look === 'partly' && Boolean(m.failure) };
  if (m.bar === undefined || m.bar < 0) return { id: m.title, words: whole };
  const quarter = Math.floor(m.bar * 4);
  return { id: m.title + quarter, words: quarter === 0 || m.icon ? m.title : m.progress };
}
