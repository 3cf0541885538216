// The one thing that the page itself remembers: whether single keys are shortcuts.

const KEY = 'kith.single-keys';

export function singleKeys() {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true; // storage may be switched off
  }
}

export function setSingleKeys(on) {
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // not remembered
  }
}
