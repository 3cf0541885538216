/* SPDX-License-Identifier: MIT */
/* toast.js - one short message at the bottom that goes by itself. Never for failures. */
import { byId, h, patch } from './dom.js';
import * as live from './live.js';

const SHOWN_MS = 5000;
const SHOWN_WITH_ACTION_MS = 10000;
let timer = 0;

/* action: null or [label, function]. */
export function toast(text, action = null) {
  const press = () => { clear(); action[1](); };
  patch(byId('toasts'), h('div.toast', h('span', text), action && h('button', { onclick: press }, action[0])));
  live.polite(text);
  clearTimeout(timer);
  timer = setTimeout(clear, action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
}

function clear() {
  patch(byId('toasts'));
}
