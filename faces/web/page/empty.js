/* SPDX-License-Identifier: MIT */
/* empty.js - pages that have nothing to show yet, and what to press then. */
import * as remedy from './remedy.js';
import * as state from './state.js';
import { h } from './dom.js';
import { cards } from './icons.js';
import { source } from './words.js';

export function empty(title, text, buttons) {
  return h('div.empty', { key: title }, cards(), h('h1.empty-title', { tabindex: '-1' }, title), h('p.empty-text', text), buttons && h('div.empty-buttons', buttons));
}

/* One button for each source that works; the first is the main one. */
export function signInButtons() {
  return state.get().sources.filter((s) => !s.in_the_way).map((s, i) => {
    const waits = Boolean(state.signInFor(s.id));
    return h('button', {
      key: s.id, class: 'button ' + (waits ? 'waits' : i === 0 ? 'main' : 'outlined'), 'aria-disabled': waits ? 'true' : null,
      onclick: () => { if (!state.signInFor(s.id)) remedy.signIn(s.id); },
    }, waits ? 'Waiting for the browser' : source(s.id).button);
  });
}

export const nothingYet = () => empty('No contacts yet', 'Sign in once and your contacts are on this device, ready to search and to call, also without a connection.', signInButtons());

/* kith does not answer, or not to this page: nothing can be shown at all. */
export function gone(locked) {
  const used = locked && location.pathname === '/start';
  if (used) return empty('This link was used already', 'Start kith again for a new one.');
  if (locked) return empty('This page needs a new start link', 'Start kith again for a new one.');
  return empty('kith has stopped', 'Start it again; this page goes on by itself.');
}
