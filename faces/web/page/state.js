/* SPDX-License-Identifier: MIT */
/*
 * state.js - what the server says is going on, kept up to date.
 *
 * The page never guesses: a button asks the server, and what the server then says
 * on the event stream is what is drawn, here and in every other open page.
 */
import * as api from './api.js';

const RETRY_MS = 1000;
const STOPPED_AFTER_MS = 2500; /* a restart of the server is not worth a word */
const HIDDEN_CLOSE_MS = 30000; /* browsers allow six connections: a hidden page gives its own back */

let state = null;
let link = 'connecting'; /* connecting, live, stopped, locked (no cookie) */
let stream = null;
let brokenSince = 0;
let retryTimer = 0;
let hiddenTimer = 0;
const watchers = new Set();
const dataWatchers = new Set();

export const get = () => state;
export const connection = () => link;

/* fn is called after every change of the state or of the connection; answers how to stop that. */
export function watch(fn) {
  watchers.add(fn);
  return () => watchers.delete(fn);
}

/* fn is called when contacts have changed. */
export function watchData(fn) {
  dataWatchers.add(fn);
  return () => dataWatchers.delete(fn);
}

export function start() {
  connect();
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(disconnect, HIDDEN_CLOSE_MS);
    else if (!stream) connect();
  });
}

function connect() {
  clearTimeout(retryTimer);
  stream = new EventSource(api.eventsAddress);
  on('state', (next) => {
    const moved = state && state.data_version !== next.data_version;
    state = next;
    brokenSince = 0;
    link = 'live';
    tell();
    if (moved) tellData();
  });
  on('run', (run) => put('runs', run));
  on('signin', (signin) => put('signins', signin));
  on('data', (data) => {
    if (!state || state.data_version === data.data_version) return;
    state = { ...state, ...data };
    tell();
    tellData();
  });
  stream.onerror = () => {
    disconnect();
    retry();
  };
}

function disconnect() {
  if (stream) stream.close();
  stream = null;
}

function on(name, fn) {
  stream.addEventListener(name, (event) => fn(JSON.parse(event.data)));
}

/* An EventSource does not say why it failed; asking for the state does. */
async function retry() {
  brokenSince = brokenSince || Date.now();
  try {
    await api.getState();
    connect();
    return;
  } catch (e) {
    if (e.status === 401) link = 'locked';
    else if (!state || Date.now() - brokenSince >= STOPPED_AFTER_MS) link = 'stopped';
    tell();
  }
  retryTimer = setTimeout(retry, RETRY_MS);
}

/* Replace the thing of this id, keeping its place; a new one comes last. */
function put(list, thing) {
  if (!state) return;
  const known = state[list].some((t) => t.id === thing.id);
  let things = known ? state[list].map((t) => (t.id === thing.id ? thing : t)) : [...state[list], thing];
  if (list === 'signins') things = things.filter((t) => t.state !== 'done');
  state = { ...state, [list]: things };
  tell();
}

function tell() {
  for (const fn of [...watchers]) fn(state, link);
}

function tellData() {
  for (const fn of [...dataWatchers]) fn();
}

/* --- questions about the state --- */

export const accountNamed = (name) => state.accounts.find((a) => a.name === name);
export const runOf = (name) => state.runs.find((r) => !r.ended_s && r.imports.some((i) => i.account === name && i.phase !== 'done' && i.phase !== 'failed'));
export const importOf = (name) => { const run = runOf(name); return run ? run.imports.find((i) => i.account === name) : null; };
export const signInFor = (source) => state.signins.find((s) => s.source === source && s.state !== 'failed');
export const linked = () => state.accounts.filter((a) => a.state !== 'signed-out');
export const isRefreshing = () => state.runs.some((r) => !r.ended_s);

/* Failures that go away by themselves or by trying again do not need the person. */
const PASSING = new Set(['offline', 'throttled', 'service', 'cancelled', 'import-running']);
export const needsPerson = (a) => a.state === 'failed' && a.error !== null && !PASSING.has(a.error.id) && !a.importing;
