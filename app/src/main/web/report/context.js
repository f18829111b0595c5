// The context of the views in a report: details and the text query are at hand, and rows can be sorted.

import { RunContext } from "../run/context.js";
import { NONE } from "../run/snapshot.js";
import { FAILED, STATES } from "../states.js";
import { data } from "./data.js";

/** @typedef {import("../run/details.js").Detail} Detail */
/** @typedef {import("../run/store.js").RunStore} RunStore */

/** Orders of the table: the name, and the value by which it is sorted, ascending. */
export const ORDERS = /** @type {Record<string, {name: string, of: (store: RunStore, row: number) => number}>} */ ({
  plan: { name: "in the order of the plan", of: (_, row) => row },
  failed: { name: "failed first", of: (store, row) => (store.columns.state[row] === FAILED ? 0 : 1) },
  longest: { name: "longest first", of: (store, row) => -ran(store, row) },
  queued: { name: "queued longest first", of: (store, row) => -queued(store, row) },
  started: { name: "by start", of: (store, row) => store.columns.started[row] },
  ended: { name: "by end", of: (store, row) => store.columns.ended[row] },
  attempts: { name: "most attempts first", of: (store, row) => -store.columns.attempts[row] },
});

/** @param {RunStore} store @param {number} row */
function ran({ columns: { running, ended } }, row) {
  return running[row] === NONE || ended[row] === NONE ? -1 : ended[row] - running[row];
}

/** @param {RunStore} store @param {number} row */
function queued({ columns: { started, running } }, row) {
  return started[row] === NONE || running[row] === NONE ? -1 : running[row] - started[row];
}

/**
 * Sorts rows that stand ascending; equal ones keep the order of the plan.
 *
 * @param {Int32Array} rows
 * @param {number} n
 * @param {RunStore} store
 * @param {string} order
 */
export function sortRows(rows, n, store, order) {
  const chosen = ORDERS[order];
  if (chosen && order !== "plan") {
    const values = new Float64Array(store.rows);
    for (let row = 0; row < store.rows; row++) {
      values[row] = chosen.of(store, row);
    }
    rows.subarray(0, n).sort((a, b) => values[a] - values[b] || a - b);
  }
}

/**
 * The jobs in which a text occurs: in wildcards, outputs, the rule's name or the key.
 *
 * @param {string} q
 * @param {RunStore} store
 * @param {typeof data.jobs} jobs
 */
export function findIn(q, store, jobs) {
  const text = q.toLowerCase();
  const hits = new Uint8Array(store.rows);
  let n = 0;
  for (let row = 0; row < store.rows; row++) {
    const words = [store.rules[store.columns.rule[row]], ...Object.values(jobs.wildcards[row] ?? {}), ...(jobs.outputs[row] ?? [])];
    if (words.some((word) => word.toLowerCase().includes(text)) || (jobs.keys[row] ?? "").startsWith(text)) {
      hits[row] = 1;
      n++;
    }
  }
  return { hits, n, more: false };
}

/** Details of which all are known. */
class LocalDetails {
  /** @param {RunStore} store */
  constructor(store) {
    this.store = store;
  }

  /** @param {number} row @returns {Detail | undefined} */
  of(row) {
    const { columns, rules } = this.store;
    return row < 0 || row >= this.store.rows
      ? undefined
      : {
          row,
          job: data.jobs.keys[row] ?? "",
          rule: rules[columns.rule[row]],
          wildcards: data.jobs.wildcards[row] ?? {},
          output: data.jobs.outputs[row] ?? [],
          failure: data.jobs.failures[row] ?? null,
          state: STATES[columns.state[row]],
        };
  }

  /** @param {number} row */
  async get(row) {
    return this.of(row) ?? null;
  }

  want() {}

  clear() {}

  forget() {}

  keep() {}
}

export class ReportContext extends RunContext {
  /** @param {string} run @param {RunStore} store @param {AbortSignal} signal */
  constructor(run, store, signal) {
    super(run, store, signal);
    this.details = /** @type {any} */ (new LocalDetails(store));
    this.order = "plan";
  }

  /** @param {string} order one of {@link ORDERS} */
  setOrder(order) {
    this.order = order;
    this.stale = true;
    this.tell("match");
  }

  /** @override @param {import("../run/store.js").Change} change */
  follow(change) {
    const rematched = super.follow(change);
    // Only the table has an order: the other views look rows up from the least to the greatest.
    if (rematched && this.address.view === "jobs") {
      sortRows(this.matched, this.n, this.store, this.order);
    }
    return rematched;
  }

  /** @override */
  async search() {
    const { q } = this.address.filter;
    if (q !== "" && this.found?.q !== q) {
      this.found = { q, plan: this.store.plan, ...findIn(q, this.store, data.jobs) };
      this.stale = true;
      this.tell("filter");
      this.tell("match");
    }
  }
}
