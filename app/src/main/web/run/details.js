// What the columns do not hold of a job (its key, wildcards, outputs, failure), fetched by row and kept.

import { get, isAbort, query, url } from "../api.js";
import { spans } from "./spans.js";

/**
 * @typedef {object} Detail
 * @property {number} row
 * @property {string} job
 * @property {string} rule
 * @property {Record<string, string>} wildcards
 * @property {string[]} output
 * @property {string | null} failure
 * @property {string} state
 */

const KEPT = 20_000;
const AT_ONCE = 4;
/** So many rows that nobody asked for may come along in a request. */
const GAP = 60;
const LONGEST = 200;
const FAR_APART = 2;
const SPARE = 20;

export class Details {
  /** @param {string} run @param {AbortSignal} signal @param {() => void} onNews something that was asked for is there */
  constructor(run, signal, onNews) {
    this.run = run;
    this.signal = signal;
    this.onNews = onNews;
    /** @type {Map<number, Detail>} */
    this.known = new Map();
    /** @type {Set<number>} */
    this.asked = new Set();
    /** @type {(() => Promise<void>)[]} */
    this.queue = [];
    this.under = 0;
  }

  /** Forgets all: rows mean other jobs now. */
  clear() {
    this.known.clear();
    this.asked.clear();
    this.queue = [];
  }

  /** @param {number} row its failure may have changed */
  forget(row) {
    this.known.delete(row);
    this.asked.delete(row);
  }

  /** @param {number} row @returns {Detail | undefined} */
  of(row) {
    return this.known.get(row);
  }

  /**
   * Asks for rows that are not known yet; older wishes that were not begun are dropped, since one has scrolled on.
   *
   * @param {number[]} rows ascending
   * @param {Record<string, string>} [filter] as GET …/jobs takes it, where these rows are all that pass it between the
   *     first and the last: one request may bring rows that stand far apart
   */
  want(rows, filter) {
    const missing = rows.filter((row) => !this.known.has(row) && !this.asked.has(row));
    if (missing.length === 0) {
      return;
    }
    const parts = spans(missing, GAP, LONGEST);
    if (filter && parts.length > FAR_APART) {
      const first = missing[0];
      this.queue = [
        async () => {
          await this.fetch(first, first, { ...filter, limit: String(missing.length + SPARE) });
          // States move: what did not pass any more when the server looked is asked for by its row.
          const left = missing.filter((row) => !this.known.has(row));
          this.queue.push(...spans(left, GAP, LONGEST).map(([from, to]) => () => this.fetch(from, to)));
        },
      ];
    } else {
      this.queue = parts.map(([from, to]) => () => this.fetch(from, to));
    }
    this.pump();
  }

  /**
   * @param {number} row
   * @returns {Promise<Detail | null>}
   */
  async get(row) {
    if (!this.known.has(row)) {
      await this.fetch(row, row);
    }
    return this.known.get(row) ?? null;
  }

  /** @private */
  pump() {
    while (this.under < AT_ONCE && this.queue.length > 0) {
      const next = /** @type {() => Promise<void>} */ (this.queue.shift());
      this.under++;
      void next().finally(() => {
        this.under--;
        this.pump();
      });
    }
  }

  /** @private @param {number} from @param {number} to both included @param {Record<string, string>} [more] */
  async fetch(from, to, more) {
    for (let row = from; row <= to; row++) {
      this.asked.add(row);
    }
    const after = from > 0 ? from - 1 : null;
    try {
      const page = await get(url("runs", this.run, "jobs") + query({ after, limit: to - from + 1, ...more }), this.signal);
      for (const job of page.jobs) {
        this.keep(job);
      }
      if (more) {
        this.release(from, to);
      }
      this.onNews();
    } catch (error) {
      this.release(from, to);
      if (!isAbort(error)) {
        console.warn("jobs could not be fetched", error);
      }
    }
  }

  /** @private @param {number} from @param {number} to may be asked for again; a row that the server does not have is not */
  release(from, to) {
    for (let row = from; row <= to; row++) {
      this.asked.delete(row);
    }
  }

  /** @param {Detail} job as GET …/jobs gives it */
  keep(job) {
    if (this.known.size >= KEPT) {
      for (const row of this.known.keys()) {
        this.forget(row);
        if (this.known.size < KEPT / 2) {
          break;
        }
      }
    }
    this.known.set(job.row, job);
    this.asked.delete(job.row);
  }
}
