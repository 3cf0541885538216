// The one place that speaks to the server (docs/api/openapi.yaml): the parsed body, or a refusal in words.

const refusal = (status, failure) => Object.assign(new Error(failure.title), { status, failure });

let broken = () => {};
// What cannot be read is told here once: whoever asked has nothing to show anyway.
export const watchBroken = (fn) => { broken = fn; };

export const STOPPED = { id: 'stopped', title: 'kith has stopped', sentence: 'Start it again; this page goes on by itself.' };

async function ask(method, path, body, signal) {
	const init = { method, signal, cache: 'no-store' };
	const file = body instanceof Blob;
	if (body) Object.assign(init, { body: file ? body : JSON.stringify(body), headers: { 'Content-Type': 'application/' + (file ? 'octet-stream' : 'json'), 'X-Kith': '1' } });
	let answer;
	try {
		answer = await fetch(path, init);
	} catch (e) {
		throw e.name === 'AbortError' ? e : refusal(0, STOPPED);
	}
	if (answer.status === 204) return null;
	const read = (answer.headers.get('Content-Type') || '').includes('json') ? await answer.json() : await answer.text();
	if (answer.ok) return read;
	if (answer.status === 500 && method === 'GET' && path !== '/api/state') broken(read.error);
	throw refusal(answer.status, read.error || { ...STOPPED, id: 'internal', title: 'kith made a mistake', sentence: `The answer was ${answer.status}.` });
}

export const get = (path, signal) => ask('GET', '/api/' + path, null, signal);
export const post = (path, body = {}) => ask('POST', '/api/' + path, body);
// Without what is "", save what was typed.
function query(params) {
	const given = new URLSearchParams(Object.entries(params).filter(([key, value]) => (value !== '' && value !== null) || key === 'q'));
	return given.size ? '?' + given : '';
}

const ofAccount = (name) => `accounts/${encodeURIComponent(name)}/`;

// What is asked in one place alone is named there.
export const getIndex = (list) => get('contacts/index' + (list && '?' + list));
export const getRows = (list, from, count, signal) => get('contacts/rows' + query({ from, count }) + (list && '&' + list), signal);
export const getContact = (id, typed, signal) => get('contacts/' + id + query({ typed }), signal);
export const getPosition = (id, list) => get(`contacts/${id}/position` + (list && '?' + list));
export const find = (q, account, limit, signal) => get('find' + query({ q, account, limit }), signal);
export const signIn = (source, again, device) => post('signin', { source, ...(again && { again }), ...(device && { device }) });
export const cancelSignIn = (id) => post(`signin/${id}/cancel`);
export const getHeld = (name) => get(ofAccount(name) + 'held');
export const cancelRun = (id) => post(`runs/${id}/cancel`);
export const signOut = (name, keep) => post(ofAccount(name) + 'sign-out', { keep_contacts: keep });
export const rename = (name, next) => post(ofAccount(name) + 'rename', { name: next });
export const sendFile = (id, file, signal) => ask('POST', `/api/uploads/${id}/file` + query({ name: file.name }), file, signal);
export const changeSettings = (change) => ask('PATCH', '/api/settings', change);

export const EVENTS = '/api/events';
// Another picture of the same contact has another address.
export const photoAddress = ({ id, photo_tag: tag }) => `/api/contacts/${id}/photo?tag=${tag}`;
export const vcardAddress = (id) => `/api/contacts/${id}/vcard`;
export const exportAddress = (format, account) => '/api/export' + query({ format, account });
