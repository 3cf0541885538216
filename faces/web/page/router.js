/* SPDX-License-Identifier: MIT */
/*
 * router.js - which page the address names.
 *
 *   #/                       My Contacts        #/contacts/12      one contact
 *   #/accounts               Linked Accounts    #/settings         Settings > Contacts
 *
 * ?account=NAME behind the first two shows one account's contacts only. The address
 * is the whole memory: reload, back and forward, and a link all lead to the same place.
 */

let watcher = null;
let current = read();
let previous = null;

function read() {
  const [path, search] = (location.hash.slice(1) || '/').split('?');
  const account = new URLSearchParams(search || '').get('account') || '';
  const contact = /^\/contacts\/(\d{1,18})$/.exec(path);
  if (contact) return { page: 'contacts', contact: Number(contact[1]), account };
  if (path === '/accounts') return { page: 'accounts', contact: 0, account: '' };
  if (path === '/settings') return { page: 'settings', contact: 0, account: '' };
  return { page: 'contacts', contact: 0, account };
}

/* fn(route, previous route) is called after every change of the address. */
export function watch(fn) {
  watcher = fn;
  addEventListener('hashchange', changed);
}

function changed() {
  previous = current;
  current = read();
  watcher(current, previous);
}

export const get = () => current;

export function addressOf(page, contact = 0, account = current.account) {
  if (page !== 'contacts') return '#/' + page;
  const suffix = account ? '?account=' + encodeURIComponent(account) : '';
  return (contact ? '#/contacts/' + contact : '#/') + suffix;
}

export function go(address) {
  if (location.hash === address) return;
  location.hash = address;
}

/* Without a new step of "back": for what follows the typing. */
export function replace(address) {
  if (location.hash === address) return;
  history.replaceState(null, '', address);
  changed();
}

/* One step back if the list is where the person came from, else to the list. */
export function backToList() {
  if (previous && previous.page === 'contacts' && !previous.contact && previous.account === current.account) history.back();
  else go(addressOf('contacts'));
}
