// Builds elements, from text nodes only, never from markup; patch() changes those that are there
// instead of replacing them, so focus and scroll position outlive every update.
import { languageOf } from './text.js';

const SVG = 'http://www.w3.org/2000/svg';
const PROPERTIES = ['value', 'checked'];

// h('button.button.main', { onclick: go }, 'Call'). `vars`: CSS custom properties; `key`: which of its neighbours
// an element was before, for patch(). Children are elements, text, arrays; null, '' and false leave nothing.
export const h = (spec, ...args) => build((tag) => document.createElement(tag), spec, args);
export const svg = (spec, ...args) => build((tag) => document.createElementNS(SVG, tag), spec, args);
export const byId = (id) => document.getElementById(id);
export const easing = 'cubic-bezier(.2, 0, 0, 1)';
export const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
export const silent = { 'aria-hidden': 'true' }; // for those who see

// A text of the contact's own, in its direction and, where that is sure, its language.
export const own = (text, nodes = text, props = {}) => h('bdi', { lang: languageOf(text), ...props }, nodes);

export function handled(event) {
	event.preventDefault();
	event.stopPropagation();
}

function build(create, spec, args) {
	const [tag, ...classes] = spec.split('.');
	const el = create(tag);
	const props = isProps(args[0]) ? args.shift() : {};
	if (classes.length) el.setAttribute('class', classes.join(' '));
	if (tag === 'button') el.type = 'button';
	el.kithOn = {};
	for (const [name, value] of Object.entries(props)) {
		if (name === 'vars') setVars(el, value);
		else if (name === 'key') el.kithKey = String(value);
		else if (name.startsWith('on')) el[name] = el.kithOn[name] = value;
		else if (!PROPERTIES.includes(name) && !nothing(value)) el.setAttribute(name, value === true ? '' : value);
	}
	el.append(...nodes(args));
	for (const name of PROPERTIES) if (name in props) el[name] = props[name]; // a select needs its options first
	return el;
}

const isProps = (x) => Boolean(x) && Object.getPrototypeOf(x) === Object.prototype;
const nothing = (x) => x === null || x === undefined || x === false;
const nodes = (list) => list.flat(Infinity).filter((x) => !nothing(x) && x !== '').map((x) => (x instanceof Node ? x : document.createTextNode(x)));

// The page's policy refuses style attributes.
function setVars(el, vars = {}) {
	for (const name of Object.keys(el.kithVars || {})) if (!(name in vars)) el.style.removeProperty(name);
	for (const [name, value] of Object.entries(vars)) el.style.setProperty(name, value);
	el.kithVars = vars;
}

// An element of the same key and tag is kept.
export function patch(parent, ...children) {
	const kept = new Map();
	for (const old of parent.childNodes) if (old.kithKey !== undefined) kept.set(old.kithKey, old);
	let at = parent.firstChild;
	for (const next of nodes(children)) {
		const key = next.kithKey;
		const old = key === undefined ? at && at.kithKey === undefined && at : kept.get(key);
		kept.delete(key);
		if (!old || old.nodeName !== next.nodeName) {
			parent.insertBefore(next, at);
			continue;
		}
		if (old === at) at = at.nextSibling;
		else parent.insertBefore(old, at);
		update(old, next);
	}
	while (at) {
		const gone = at;
		at = at.nextSibling;
		if (!gone.kithFloats) gone.remove(); // an open menu
	}
}

function update(old, next) {
	if (old === next) return;
	if (old.nodeType === Node.TEXT_NODE) {
		if (old.data !== next.data) old.data = next.data;
		return;
	}
	for (const { name } of [...old.attributes]) if (name !== 'style' && !next.hasAttribute(name)) old.removeAttribute(name);
	for (const { name, value } of next.attributes) if (name !== 'style' && old.getAttribute(name) !== value) old.setAttribute(name, value);
	const on = next.kithOn || {};
	for (const name of Object.keys(old.kithOn || {})) if (!on[name]) old[name] = null;
	Object.assign(old, on, { kithOn: on });
	setVars(old, next.kithVars);
	if ('value' in next && old !== document.activeElement && old.value !== next.value) old.value = next.value;
	if ('checked' in next) old.checked = next.checked;
	if (old.nodeName !== 'SELECT' || old.length !== next.length) patch(old, [...next.childNodes]);
}
