// Where the list's rows come from: stored rows are fetched in blocks as they come into view, the least
// recently seen forgotten; found rows answer a search and are all here at once.
import * as api from './api.js';

const BLOCK = 60;
const KEPT_BLOCKS = 24;
const PARALLEL = 3;
const AGAIN_MS = 1000;

export function storedRows(filter, index, changed, stale) {
	const { n, data_version: version } = index;
	const blocks = new Map(); // in the order last needed
	const asked = new Map();
	let old = new Set(); // of the list before, which stand in until ours are here: nothing blinks

	function need(from, to) {
		if (to <= from) return;
		const first = Math.floor(from / BLOCK);
		const last = Math.floor((to - 1) / BLOCK);
		for (const [k, abort] of asked) if (k < first || k > last) abort.abort();
		for (let k = first; k <= last; k++) {
			const block = blocks.get(k);
			if (block) {
				blocks.delete(k);
				blocks.set(k, block);
			}
			if ((!block || old.has(k)) && !asked.has(k) && asked.size < PARALLEL) ask(k);
		}
	}

	async function ask(k) {
		const abort = new AbortController();
		asked.set(k, abort);
		try {
			const got = await api.getRows(filter, k * BLOCK, BLOCK, abort.signal);
			asked.delete(k);
			if (got.data_version !== version) return stale();
			blocks.delete(k);
			blocks.set(k, got.rows);
			old.delete(k);
			for (const oldest of [...blocks.keys()].slice(0, Math.max(0, blocks.size - KEPT_BLOCKS))) blocks.delete(oldest);
		} catch (e) {
			if (e.name !== 'AbortError' && !e.failure) throw e;
			if (e.failure) return setTimeout(() => { asked.delete(k); if (!e.status) changed(); }, AGAIN_MS);
			asked.delete(k);
		}
		return changed();
	}

	return {
		n, blocks, need, headings: index.letters.map((l) => ({ text: l.letter, index: l.index })),
		row: (i) => blocks.get(Math.floor(i / BLOCK))?.[i % BLOCK],
		isOwn: (i) => !old.has(Math.floor(i / BLOCK)),
		inherit(other) {
			for (const [k, block] of other.blocks) if (block.length === BLOCK || k === Math.floor((n - 1) / BLOCK)) blocks.set(k, block);
			old = new Set(blocks.keys());
		},
		drop() {
			for (const abort of asked.values()) abort.abort();
		},
	};
}

export const foundRows = (typed, { rows, more, number }) => ({ typed, rows, more, n: rows.length, headings: number ? groups(rows) : [], row: (i) => rows[i], need() {} });

function groups(rows) {
	const heads = [];
	rows.forEach(({ where: text }, index) => {
		if (text && heads.at(-1)?.text !== text) heads.push({ text, index });
	});
	return heads;
}
