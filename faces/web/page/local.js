// Presses that the server refused: failures of this page alone.

let failures = [];
let nextKey = 1;
let watcher = () => {};

export const watch = (fn) => { watcher = fn; };
export const get = () => failures;

// The same failure of the same thing is one banner.
export function fail(failure, ctx) {
  failures = failures.filter((f) => f.failure.id !== failure.id || f.ctx.account !== ctx.account);
  failures.push({ key: 'local-' + nextKey++, failure, ctx });
  watcher();
}

export function close(key) {
  failures = failures.filter((f) => f.key !== key);
  watcher();
}
