// Where the list's rows come from: StoredRows are fetched in blocks as they come into view, the least
// recently seen forgotten; FoundRows answer a search and are all here at once.
import * as api from './api.js';

const BLOCK = 60;
const KEPT_BLOCKS = 24;
const PARALLEL = 3;
const AGAIN_MS = 1000;

export class StoredRows {
	constructor(filter, index, changed, stale) {
		Object.assign(this, { filter, changed, stale, n: index.n, version: index.data_version, headings: index.letters.map((l) => ({ text: l.letter, index: l.index })) });
		this.blocks = new Map(); // in the order last needed
		this.asked = new Map();
	}

	row(i) {
		const block = this.blocks.get(Math.floor(i / BLOCK));
		return block ? block[i % BLOCK] : undefined;
	}

	// Whether row(i) is of this list, not one of the list before that stands in.
	isOwn(i) {
		return !this.old?.has(Math.floor(i / BLOCK));
	}

	// The rows before stand in until ours are here: nothing blinks.
	inherit(other) {
		for (const [k, block] of other.blocks) if (block.length === BLOCK || k === Math.floor((this.n - 1) / BLOCK)) this.blocks.set(k, block);
		this.old = new Set(this.blocks.keys());
	}

	need(from, to) {
		if (to <= from) return;
		const first = Math.floor(from / BLOCK);
		const last = Math.floor((to - 1) / BLOCK);
		for (const [k, abort] of this.asked) if (k < first || k > last) abort.abort();
		for (let k = first; k <= last; k++) {
			const block = this.blocks.get(k);
			if (block) {
				this.blocks.delete(k);
				this.blocks.set(k, block);
			}
			const wanted = !block || (this.old && this.old.has(k));
			if (wanted && !this.asked.has(k) && this.asked.size < PARALLEL) this.ask(k);
		}
	}

	async ask(k) {
		const abort = new AbortController();
		this.asked.set(k, abort);
		try {
			const got = await api.getRows(this.filter, k * BLOCK, BLOCK, abort.signal);
			this.asked.delete(k);
			if (got.data_version !== this.version) return this.stale();
			this.blocks.delete(k);
			this.blocks.set(k, got.rows);
			if (this.old) this.old.delete(k);
			for (const oldest of [...this.blocks.keys()].slice(0, Math.max(0, this.blocks.size - KEPT_BLOCKS))) this.blocks.delete(oldest);
		} catch (e) {
			if (e.name !== 'AbortError' && !e.failure) throw e;
			if (e.failure) return setTimeout(() => { this.asked.delete(k); if (!e.status) this.changed(this); }, AGAIN_MS);
			this.asked.delete(k);
		}
		return this.changed(this);
	}

	drop() {
		for (const abort of this.asked.values()) abort.abort();
		this.changed = () => {};
		this.stale = () => {};
	}
}

export class FoundRows {
	constructor(typed, found) {
		this.typed = typed;
		this.rows = found.rows;
		this.n = found.rows.length;
		this.more = found.more;
		this.headings = found.number ? groups(found.rows) : [];
	}

	row(i) {
		return this.rows[i];
	}

	need() {}

	drop() {}
}

function groups(rows) {
	const heads = [];
	rows.forEach(({ where: text }, index) => {
		if (text && (!heads.length || heads[heads.length - 1].text !== text)) heads.push({ text, index });
	});
	return heads;
}
