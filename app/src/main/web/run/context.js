// What the parts of the run page share: the run, the filter, which rows pass it, and the chosen job.

import { get, url } from "../api.js";
import { setQuery } from "../router.js";
import { toastError } from "../toast.js";
import { REMOVED } from "../states.js";
import { Details } from "./details.js";
import { matchRows, passesAll, readAddress, stateNames, writeAddress } from "./filter.js";
import { findRows } from "./textquery.js";

/** @typedef {import("./store.js").RunStore} RunStore */
/** @typedef {import("./store.js").Change} Change */
/** @typedef {import("./filter.js").Address} Address */

/**
 * A view of the page. Only the one that is seen is told of changes.
 *
 * @typedef {object} Part
 * @property {HTMLElement} element
 * @property {(change: Change, rematched: boolean) => void} update a frame in which something changed
 * @property {() => void} shown it is seen from now on; draws all
 * @property {() => void} selected another job was chosen
 * @property {() => void} detailed details that it asked for are there
 * @property {() => void} focus
 */

export class RunContext {
  /** @param {string} run @param {RunStore} store @param {AbortSignal} signal */
  constructor(run, store, signal) {
    this.run = run;
    this.store = store;
    this.signal = signal;
    /** @type {Address} */
    this.address = readAddress(location.search);
    /** @type {number} the row of the chosen job, or -1 */
    this.row = -1;
    /** Rows that pass the filter, ascending; the first `n` of it count. */
    this.matched = new Int32Array(0);
    this.n = 0;
    /** 1 by row that passes. */
    this.mask = new Uint8Array(0);
    /** @type {{q: string, plan: number, hits: Uint8Array, more: boolean, n: number} | null} */
    this.found = null;
    this.searching = false;
    this.removed = -1;
    this.stale = true;
    this.details = new Details(run, signal, () => this.tell("details"));
    /** @type {Map<string, Set<() => void>>} */
    this.listeners = new Map();
    addEventListener("querychange", () => this.readLocation(), { signal });
  }

  /** @param {"filter" | "view" | "select" | "details" | "match"} what @param {() => void} listener */
  on(what, listener) {
    const known = this.listeners.get(what) ?? new Set();
    known.add(listener);
    this.listeners.set(what, known);
  }

  /** @param {string} what */
  tell(what) {
    for (const listener of this.listeners.get(what) ?? []) {
      listener();
    }
  }

  /** @param {Partial<import("./filter.js").Filter>} part */
  setFilter(part) {
    this.address = { ...this.address, filter: { ...this.address.filter, ...part } };
    this.write();
    this.refilter();
  }

  /** @param {import("./filter.js").View} view */
  setView(view) {
    if (this.address.view !== view) {
      this.address = { ...this.address, view };
      this.write(true);
      this.tell("view");
    }
  }

  /** @param {number} hops 0: all rules; else the neighbourhood of the chosen job */
  setAround(hops) {
    this.address = { ...this.address, around: hops };
    this.write();
    this.tell("select");
  }

  /**
   * Chooses a job by its row; -1: none.
   *
   * @param {number} row
   */
  async select(row) {
    if (row === this.row) {
      return;
    }
    this.row = row;
    this.tell("select");
    if (row < 0) {
      this.address = { ...this.address, job: "", around: 0 };
      this.write();
      return;
    }
    const detail = await this.details.get(row);
    if (detail && this.row === row && !this.signal.aborted) {
      this.address = { ...this.address, job: detail.job };
      this.write();
      this.tell("details");
    }
  }

  /** Finds the row of the job that the address names. */
  async selectByKey() {
    const key = this.address.job;
    if (key === "") {
      this.row = -1;
      this.tell("select");
      return;
    }
    try {
      const job = await get(url("runs", this.run, "jobs", key), this.signal);
      if (typeof job.row === "number" && this.address.job === key) {
        this.row = job.row;
        this.tell("select");
      }
    } catch (error) {
      toastError(error);
    }
  }

  /**
   * Brings the matched rows up to date.
   *
   * @param {Change} change
   * @returns {boolean} whether another set of rows passes
   */
  follow(change) {
    const { store } = this;
    if (change.all) {
      if (this.matched.length !== store.rows) {
        this.matched = new Int32Array(store.rows);
        this.mask = new Uint8Array(store.rows);
      }
      this.details.clear();
      if (this.found && this.found.hits.length !== store.rows) {
        this.found = null;
        void this.search();
      }
      this.stale = true;
    }
    for (let i = 0; i < change.n; i++) {
      const known = this.details.of(change.rows[i]);
      if (known && known.failure === null && store.columns.state[change.rows[i]] >= 6) {
        this.details.forget(change.rows[i]);
      }
    }
    const removed = store.counts[REMOVED];
    const due = this.stale || this.address.filter.states !== 0 || removed !== this.removed;
    this.removed = removed;
    if (!due || (change.n === 0 && !this.stale)) {
      return false;
    }
    this.stale = false;
    this.n = matchRows(this.address.filter, store, this.hits(), this.matched);
    this.mask.fill(0);
    for (let i = 0; i < this.n; i++) {
      this.mask[this.matched[i]] = 1;
    }
    return true;
  }

  /** Asks for details of rows that stand one behind the other among those that pass. @param {number[]} rows ascending */
  wantMatched(rows) {
    const { states, rule, q } = this.address.filter;
    const all = passesAll(this.address.filter);
    this.details.want(rows, all ? undefined : { state: stateNames(states).join(","), rule, q });
  }

  /** The address of a job's page. @param {number} row */
  async jobUrl(row) {
    const detail = await this.details.get(row);
    return detail ? `/runs/${encodeURIComponent(this.run)}/jobs/${encodeURIComponent(detail.job)}` : null;
  }

  /** @private @returns {Uint8Array | null} */
  hits() {
    const { q } = this.address.filter;
    if (q === "") {
      return null;
    }
    return this.found?.q === q ? this.found.hits : new Uint8Array(this.store.rows);
  }

  /** @private */
  refilter() {
    this.stale = true;
    this.tell("filter");
    this.tell("match");
    void this.search();
  }

  /** Asks the server for the text query when it is another one. */
  async search() {
    const { q } = this.address.filter;
    if (q === "" || this.found?.q === q || this.store.rows === 0) {
      return;
    }
    this.searching = true;
    this.tell("filter");
    try {
      const { plan, rows } = this.store;
      const found = await findRows(this.run, q, rows, this.signal, (job) => this.details.keep(job));
      if (this.address.filter.q === q && rows === this.store.rows) {
        this.found = { q, plan, ...found };
        this.searching = false;
        this.stale = true;
        this.tell("filter");
        this.tell("match");
      }
    } catch (error) {
      this.searching = false;
      toastError(error);
    }
  }

  /** @private @param {boolean} [push] */
  write(push) {
    setQuery(writeAddress(this.address), push);
  }

  /** @private The back button, or a link to the same page. */
  readLocation() {
    const before = this.address;
    this.address = readAddress(location.search);
    if (before.view !== this.address.view) {
      this.tell("view");
    }
    this.refilter();
    if (before.job !== this.address.job) {
      void this.selectByKey();
    }
  }
}
