/* SPDX-License-Identifier: MIT */
/*
 * dom.js - builds elements and brings what is on the page in line with what should be.
 *
 * Text reaches the page as text nodes and attributes only, never as markup, so
 * nothing that a contact holds can become part of the page. patch() changes the
 * elements that are there instead of replacing them: focus, selection and scroll
 * position outlive every live update.
 */

const SVG = 'http://www.w3.org/2000/svg';
const PROPERTIES = new Set(['value', 'checked']);

/*
 * h('button.button.main', { onclick: go }, 'Call')
 *
 * After the tag and its classes come, where there are any, props: attributes; `on...` for
 * handlers, `vars` for CSS custom properties, `key` tells patch() which of its neighbours
 * an element was before. Then children: elements, text, arrays of them; null and false
 * leave nothing.
 */
export function h(spec, ...args) {
  const [tag, ...classes] = spec.split('.');
  return build(document.createElement(tag), classes, args);
}

export function svg(spec, ...args) {
  const [tag, ...classes] = spec.split('.');
  return build(document.createElementNS(SVG, tag), classes, args);
}

function build(el, classes, args) {
  const props = args.length && isProps(args[0]) ? args.shift() : {};
  el.kithOn = {};
  el.kithVars = {};
  if (classes.length) el.setAttribute('class', classes.join(' '));
  if (el.nodeName === 'BUTTON') el.type = 'button';
  for (const [name, value] of Object.entries(props)) {
    if (name === 'vars') setVars(el, value);
    else if (name === 'key') el.kithKey = String(value);
    else if (name.startsWith('on')) el[name] = el.kithOn[name] = value;
    else if (!PROPERTIES.has(name) && value !== null && value !== undefined && value !== false) el.setAttribute(name, value === true ? '' : value);
  }
  append(el, args);
  for (const name of PROPERTIES) if (name in props) el[name] = props[name]; /* a select needs its options first */
  return el;
}

const isProps = (x) => x && Object.getPrototypeOf(x) === Object.prototype;

function append(el, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(el, child);
    else if (child instanceof Node) el.appendChild(child);
    else if (child !== null && child !== undefined && child !== false) el.appendChild(document.createTextNode(child));
  }
}

function setHandlers(el, on) {
  for (const name of Object.keys(el.kithOn || {})) if (!on[name]) el[name] = null;
  Object.assign(el, on);
  el.kithOn = on;
}

/* Through the style object: the policy of the page refuses style attributes. */
function setVars(el, vars) {
  for (const name of Object.keys(el.kithVars || {})) if (!(name in vars)) el.style.removeProperty(name);
  for (const [name, value] of Object.entries(vars)) el.style.setProperty(name, value);
  el.kithVars = vars;
}

/* Make the children of parent the given ones, keeping each element that was there under the same key and tag. */
export function patch(parent, ...children) {
  const wanted = children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false)
    .map((c) => (c instanceof Node ? c : document.createTextNode(c)));
  const kept = new Map();
  for (const old of parent.childNodes) if (old.kithKey !== undefined) kept.set(old.kithKey, old);

  let at = parent.firstChild;
  for (const next of wanted) {
    const old = next.kithKey !== undefined ? kept.get(next.kithKey) : unkeyed(at);
    if (old && alike(old, next)) {
      if (old !== at) parent.insertBefore(old, at);
      else at = at.nextSibling;
      update(old, next);
    } else {
      parent.insertBefore(next, at);
    }
    if (next.kithKey !== undefined) kept.delete(next.kithKey);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function unkeyed(node) {
  return node && node.kithKey === undefined ? node : null;
}

function alike(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName && a.kithKey === b.kithKey;
}

function update(old, next) {
  if (old === next) return;
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (name !== 'style' && !next.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (name !== 'style' && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  setHandlers(old, next.kithOn || {});
  setVars(old, next.kithVars || {});
  if ('value' in next && old !== document.activeElement && old.value !== next.value) old.value = next.value;
  if ('checked' in next && old.checked !== next.checked) old.checked = next.checked;
  if (old.nodeName === 'SELECT' && old.options.length === next.options.length) return;
  patch(old, [...next.childNodes]);
}

export const byId = (id) => document.getElementById(id);
