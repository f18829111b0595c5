// What the page knows of a run: columns by row, counts kept as they change, and whom to tell.

import { FAILED, FINISHED, REMOVED, STATES } from "../states.js";
import { grown, timeOf } from "./snapshot.js";

/** @typedef {import("./snapshot.js").Head} Head */
/** @typedef {import("./snapshot.js").Header} Header */
/** @typedef {import("./snapshot.js").Columns} Columns */
/** @typedef {import("./snapshot.js").Delta} Delta */
/** @typedef {{started: number, running: number, ended: number, state: number, executor: number}} Attempt */

/**
 * What changed since the last frame. `all`: everything may have; else the first `n` of `rows`, each once.
 *
 * @typedef {{all: boolean, rows: Int32Array, n: number, head: boolean}} Change
 */

const S = STATES.length;

/** Never touches the document; `tick` is handed in so that tests can drive it. */
export class RunStore {
  /** @param {(callback: () => void) => void} tick such as requestAnimationFrame */
  constructor(tick) {
    this.tick = tick;
    this.rows = 0;
    this.seq = "";
    this.base = 0;
    this.plan = 0;
    /** The server's clock less this machine's. */
    this.skew = 0;
    /** @type {string[]} */
    this.rules = [];
    /** @type {string[]} */
    this.executors = [];
    /** @type {Columns} */
    this.columns = {
      state: new Uint8Array(0),
      executor: new Uint8Array(0),
      attempts: new Uint8Array(0),
      rule: new Uint16Array(0),
      started: new Uint32Array(0),
      running: new Uint32Array(0),
      ended: new Uint32Array(0),
    };
    /** Attempts before the last, by row. @type {Map<number, Attempt[]>} */
    this.earlier = new Map();
    /** @type {Head | null} */
    this.head = null;
    this.counts = new Uint32Array(S);
    this.byRule = new Uint32Array(0);
    /** @type {Set<(store: RunStore, change: Change) => void>} */
    this.subscribers = new Set();
    /** @type {Change} */
    this.change = { all: false, rows: new Int32Array(0), n: 0, head: false };
    this.marked = new Uint8Array(0);
    this.due = false;
  }

  /**
   * Takes a whole snapshot in place of all that was known.
   *
   * @param {Header} header
   * @param {Columns} columns
   * @param {number} [now] this machine's clock
   */
  load(header, columns, now = Date.now()) {
    this.rows = header.rows;
    this.seq = header.seq;
    this.base = header.base;
    this.plan = header.plan;
    this.skew = header.now - now;
    this.rules = header.rules;
    this.executors = header.executors;
    this.columns = columns;
    this.head = header.head;
    this.earlier.clear();
    for (const one of header.earlier ?? []) {
      this.addEarlier(one);
    }
    this.counts = new Uint32Array(S);
    this.byRule = new Uint32Array(header.rules.length * S);
    const { state, rule } = columns;
    for (let row = 0; row < this.rows; row++) {
      this.counts[state[row]]++;
      this.byRule[rule[row] * S + state[row]]++;
    }
    this.change.rows = new Int32Array(this.rows);
    this.change.n = 0;
    this.marked = new Uint8Array(this.rows);
    this.change.all = true;
    this.change.head = true;
    this.wake();
  }

  /**
   * @param {Delta} delta
   * @param {number} [now] this machine's clock
   * @returns {boolean} false: it speaks of rows that are not known here, so a snapshot is due
   */
  apply(delta, now = Date.now()) {
    if (delta.size !== undefined && delta.size > this.rows && !this.grow(delta)) {
      return false;
    }
    const { state, executor, attempts, rule, started, running, ended } = this.columns;
    const changed = delta.rows ?? [];
    for (let i = 0; i < changed.length; i++) {
      const row = changed[i];
      if (row >= this.rows) {
        return false;
      }
      const before = state[row];
      const after = delta.state[i];
      if (before !== after) {
        this.counts[before]--;
        this.counts[after]++;
        this.byRule[rule[row] * S + before]--;
        this.byRule[rule[row] * S + after]++;
        state[row] = after;
      }
      executor[row] = delta.executor[i];
      attempts[row] = delta.attempts[i];
      started[row] = timeOf(delta.started[i]);
      running[row] = timeOf(delta.running[i]);
      ended[row] = timeOf(delta.ended[i]);
      this.earlier.delete(row);
      this.mark(row);
    }
    for (const one of delta.earlier ?? []) {
      this.addEarlier(one);
    }
    if (delta.executors) {
      this.executors = delta.executors;
    }
    this.seq = delta.seq;
    this.skew = delta.now - now;
    if (delta.head) {
      this.head = delta.head;
      this.change.head = true;
    }
    this.wake();
    return true;
  }

  /**
   * Calls at most once a frame, and once soon when there is something already.
   *
   * @param {(store: RunStore, change: Change) => void} subscriber must not keep the change
   * @param {AbortSignal} signal
   */
  subscribe(subscriber, signal) {
    this.subscribers.add(subscriber);
    signal.addEventListener("abort", () => this.subscribers.delete(subscriber), { once: true });
  }

  /** Milliseconds since `base` on the server's clock. @param {number} [now] */
  now(now = Date.now()) {
    return now + this.skew - this.base;
  }

  /** @param {number} rule @param {number} state */
  countOf(rule, state) {
    return this.byRule[rule * S + state];
  }

  /** @param {number} rule how many jobs of it are in the plan */
  totalOf(rule) {
    let total = 0;
    for (let s = 0; s < S - 1; s++) {
      total += this.byRule[rule * S + s];
    }
    return total;
  }

  /**
   * How far the run is, jobs that were finished before it was resumed among them: the head speaks of the last plan only.
   *
   * @returns {{done: number, total: number, failed: number}}
   */
  get progress() {
    const { head, counts, rows } = this;
    return rows > 0
      ? { done: counts[FINISHED], total: rows - counts[REMOVED], failed: counts[FAILED] }
      : { done: head?.done ?? 0, total: head?.total ?? 0, failed: head?.failures ?? 0 };
  }

  /** Whether all is over, as far as the server told. */
  get over() {
    const state = this.head?.state;
    return state === "succeeded" || state === "failed" || state === "stopped" || state === "broken-off";
  }

  /** @private @param {number} row */
  mark(row) {
    if (this.marked[row] === 0) {
      this.marked[row] = 1;
      this.change.rows[this.change.n++] = row;
    }
  }

  /** @private @param {import("./snapshot.js").Earlier} one */
  addEarlier([row, started, running, ended, state, executor]) {
    const attempt = {
      started: timeOf(started),
      running: timeOf(running),
      ended: timeOf(ended),
      state,
      executor,
    };
    const known = this.earlier.get(row);
    if (known) {
      known.push(attempt);
    } else {
      this.earlier.set(row, [attempt]);
    }
  }

  /** A checkpoint brought rows. @private @param {Delta} delta @returns {boolean} false: they cannot be told from this */
  grow(delta) {
    const { rows, rule, size } = delta;
    if (!rule || size === undefined || rule.some((one) => one >= this.rules.length)) {
      return false;
    }
    const first = this.rows;
    this.columns = grown(this.columns, size, REMOVED);
    this.rows = size;
    rows.forEach((row, i) => {
      if (row >= first) {
        this.columns.rule[row] = rule[i];
        this.byRule[rule[i] * S + REMOVED]++;
      }
    });
    this.counts[REMOVED] += size - first;
    const changed = new Int32Array(size);
    changed.set(this.change.rows.subarray(0, this.change.n));
    const marked = new Uint8Array(size);
    marked.set(this.marked);
    this.change.rows = changed;
    this.marked = marked;
    this.change.all = true;
    return true;
  }

  /** @private */
  wake() {
    if (!this.due) {
      this.due = true;
      this.tick(() => this.tell());
    }
  }

  /** @private */
  tell() {
    this.due = false;
    for (const subscriber of this.subscribers) {
      subscriber(this, this.change);
    }
    const { rows, n } = this.change;
    for (let i = 0; i < n; i++) {
      this.marked[rows[i]] = 0;
    }
    this.change.n = 0;
    this.change.all = false;
    this.change.head = false;
  }
}
