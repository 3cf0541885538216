// The address is the whole memory: #/ #/contacts/12 #/accounts #/settings; ?account=NAME or ?run=ID after the first two.

let watcher = null;
let at = location.hash;
let current = read();
let previous = null;

function read() {
	const [path, search] = (location.hash.slice(1) || '/').split('?');
	if (path === '/accounts' || path === '/settings') return { page: path.slice(1), contact: 0, list: '' };
	const contact = /^\/contacts\/(\d{1,15})$/.exec(path);
	return { page: 'contacts', contact: contact ? Number(contact[1]) : 0, list: listOf(new URLSearchParams(search)) };
}

// Which contacts are listed, as the server is asked for them; "" all.
function listOf(params) {
	const key = ['account', 'run'].find((k) => params.get(k));
	return key ? key + '=' + encodeURIComponent(params.get(key)) : '';
}

export const accountOf = (list) => new URLSearchParams(list).get('account') || '';

export function watch(fn) {
	watcher = fn;
	addEventListener('hashchange', changed);
}

function changed() {
	if (at === location.hash) return; // the event of our own step
	at = location.hash;
	previous = current;
	current = read();
	watcher(current, previous);
}

export const get = () => current;

export const addressOf = (contact, list = current.list) => (contact ? '#/contacts/' + contact : '#/') + (list && '?' + list);

// At once: the event comes later, and what the person types next belongs to the new page.
function go(address) {
	location.hash = address;
	changed();
}

export const toPage = (page) => go('#/' + page);
export const toContacts = (list = '') => go(addressOf(0, list));
export const toAccount = (name) => toContacts('account=' + encodeURIComponent(name));
export const toContact = (id) => go(addressOf(id));

// Without a new step of "back".
export function replace(address) {
	if (location.hash === address) return;
	history.replaceState(null, '', address);
	changed();
}

// One step back if that is the list.
export function backToList() {
	if (previous?.page === 'contacts' && !previous.contact && previous.list === current.list) history.back();
	else toContacts(current.list);
}
