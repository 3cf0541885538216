// Copies text and says so in a toast.
import { h } from './dom.js';
import { toast } from './toast.js';

export async function copy(text, said = 'Copied') {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyTheOldWay(text);
  }
  toast(said);
}

// Where pages may not use the clipboard, a selection still goes through.
function copyTheOldWay(text) {
  const area = h('textarea.unseen', { value: text });
  const focused = document.activeElement;
  (document.querySelector('dialog[open]') || document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
  focused?.focus();
}
