// One short message at the bottom that goes by itself. Never for failures.
import { byId, h, patch } from './dom.js';
import { polite } from './live.js';

const SHOWN_MS = 5000;
let timer = 0;

export function toast(text) {
  patch(byId('toasts'), h('div.toast', text));
  polite(text);
  clearTimeout(timer);
  timer = setTimeout(() => patch(byId('toasts')), SHOWN_MS);
}
