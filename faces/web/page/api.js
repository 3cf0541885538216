/* SPDX-License-Identifier: MIT */
/*
 * api.js - the one place that speaks to the server (docs/api/openapi.yaml).
 *
 * Every call answers with the parsed body or throws a Refusal that holds the
 * failure in words. A server that does not answer at all is a Refusal too, with
 * the id "stopped", so that callers have one way to fail.
 */

export class Refusal extends Error {
  constructor(status, failure) {
    super(failure.sentence || failure.title);
    this.status = status;
    this.failure = failure;
  }
}

const STOPPED = {
  id: 'stopped', title: 'kith has stopped', sentence: 'Start it again; this page goes on by itself.', button: '', remedy: 'none',
  command: '', source: '', account: '', identity: '', link: '', request_id: '', setting: '', retry_at_s: 0, count: 0, details: '',
};

async function ask(method, path, body, signal) {
  const init = { method, signal, credentials: 'same-origin', cache: 'no-store', headers: {} };
  if (body !== undefined) {
    init.headers = { 'Content-Type': 'application/json', 'X-Kith': '1' };
    init.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path, init);
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Refusal(0, STOPPED);
  }
  if (answer.status === 204) return null;
  const isJson = (answer.headers.get('Content-Type') || '').includes('json');
  if (answer.ok) return isJson ? answer.json() : answer.text();
  const failure = isJson ? (await answer.json()).error : null;
  throw new Refusal(answer.status, failure || { ...STOPPED, id: 'internal', title: 'kith made a mistake', sentence: 'The answer was ' + answer.status + '.' });
}

const query = (params) => {
  const set = Object.entries(params).filter(([, v]) => v !== '' && v !== null && v !== undefined);
  return set.length ? '?' + new URLSearchParams(set) : '';
};
const account = (name) => '/api/accounts/' + encodeURIComponent(name);

export const getState = () => ask('GET', '/api/state');
export const getIndex = (filter) => ask('GET', '/api/contacts/index' + query({ account: filter }));
export const getRows = (filter, from, count, signal) => ask('GET', '/api/contacts/rows' + query({ account: filter, from, count }), undefined, signal);
export const getContact = (id, signal) => ask('GET', '/api/contacts/' + id, undefined, signal);
export const getPosition = (id, filter) => ask('GET', '/api/contacts/' + id + '/position' + query({ account: filter }));
export const getVcard = (id) => ask('GET', '/api/contacts/' + id + '/vcard');
export const find = (q, filter, limit, signal) => ask('GET', '/api/find?' + new URLSearchParams({ q, limit, ...(filter ? { account: filter } : {}) }), undefined, signal);
export const signIn = (source, again) => ask('POST', '/api/signin', again ? { source, again } : { source });
export const cancelSignIn = (id) => ask('POST', '/api/signin/' + id + '/cancel', {});
export const pasteSignIn = (id, text) => ask('POST', '/api/signin/' + id + '/paste', { text });
export const closeSignIn = (id) => ask('POST', '/api/signin/' + id + '/close', {});
export const startImport = (name) => ask('POST', '/api/import', { account: name });
export const refresh = (names, allowRemovals) => ask('POST', '/api/refresh', { ...(names ? { accounts: names } : {}), ...(allowRemovals ? { allow_removals: true } : {}) });
export const cancelRun = (id) => ask('POST', '/api/runs/' + id + '/cancel', {});
export const closeRun = (id) => ask('POST', '/api/runs/' + id + '/close', {});
export const signOut = (name, keep) => ask('POST', account(name) + '/sign-out', { keep_contacts: keep });
export const rename = (name, next) => ask('POST', account(name) + '/rename', { name: next });
export const changeSettings = (change) => ask('PATCH', '/api/settings', change);
export const removeEverything = () => ask('POST', '/api/remove-everything', {});

export const vcardAddress = (id) => '/api/contacts/' + id + '/vcard';
export const exportAddress = (format, filter) => '/api/export' + query({ format, account: filter });
export const eventsAddress = '/api/events';
