// The one filter of all views, as the address says it. Pure.

import { codeOf, STATES } from "../states.js";

/**
 * @typedef {object} Filter
 * @property {number} states bits by state code; 0: all but removed ones
 * @property {string} rule "": all
 * @property {string} q text over wildcards and outputs; "": all
 */

export const VIEWS = /** @type {const} */ (["graph", "jobs", "gantt", "overview"]);

/** @typedef {typeof VIEWS[number]} View */

/**
 * @typedef {object} Address
 * @property {Filter} filter
 * @property {View} view
 * @property {string} job key of the chosen job; "": none
 * @property {number} around how far the graph shows the chosen job's neighbourhood; 0: it shows the rules
 */

/** @param {string} search such as location.search @returns {Address} */
export function readAddress(search) {
  const params = new URLSearchParams(search);
  let states = 0;
  for (const name of (params.get("state") ?? "").split(",")) {
    const code = codeOf(name);
    if (code >= 0) {
      states |= 1 << code;
    }
  }
  const view = params.get("view");
  return {
    filter: { states, rule: params.get("rule") ?? "", q: params.get("q") ?? "" },
    view: VIEWS.find((known) => known === view) ?? "graph",
    job: params.get("job") ?? "",
    around: Math.min(3, Math.max(0, Math.trunc(Number(params.get("around")) || 0))),
  };
}

/** @param {Address} address @returns {Record<string, string>} what stands in the query, with nothing said twice */
export function writeAddress({ filter, view, job, around }) {
  return {
    state: stateNames(filter.states).join(","),
    rule: filter.rule,
    q: filter.q,
    view: view === "graph" ? "" : view,
    job,
    around: around && job ? String(around) : "",
  };
}

/** @param {number} states @returns {string[]} */
export function stateNames(states) {
  return STATES.filter((_, code) => (states & (1 << code)) !== 0);
}

/** @param {Filter} filter whether everything passes */
export function passesAll(filter) {
  return filter.states === 0 && filter.rule === "" && filter.q === "";
}

/** States that may be seen, as bits: a removed job only when asked for. @param {Filter} filter */
export function seenStates(filter) {
  return filter.states === 0 ? (1 << STATES.length) - 1 - (1 << STATES.indexOf("removed")) : filter.states;
}

/**
 * Writes the numbers of the rows that pass into `into`, ascending.
 *
 * @param {Filter} filter
 * @param {{rows: number, columns: {state: Uint8Array, rule: Uint16Array}, rules: string[]}} store
 * @param {Uint8Array | null} hits rows that the text query found, by row; null: no text query
 * @param {Int32Array} into at least as long as there are rows
 * @returns {number} how many
 */
export function matchRows(filter, store, hits, into) {
  const { state, rule } = store.columns;
  const states = seenStates(filter);
  const wanted = filter.rule === "" ? -1 : store.rules.indexOf(filter.rule);
  if (filter.rule !== "" && wanted < 0) {
    return 0;
  }
  let n = 0;
  for (let row = 0; row < store.rows; row++) {
    if ((states >> state[row]) & 1 && (wanted < 0 || rule[row] === wanted) && (hits === null || hits[row] === 1)) {
      into[n++] = row;
    }
  }
  return n;
}
