// What stands in the cells of the table of jobs.

import { clock, duration, wildcardText } from "../format.js";
import { mark, STATES, stateWord } from "../states.js";
import { NONE } from "./snapshot.js";

/** @typedef {import("./store.js").RunStore} RunStore */

export const COLUMNS = [
  { name: "State", class: "c-state" },
  { name: "Rule", class: "c-rule" },
  { name: "Wildcards", class: "c-wildcards mono" },
  { name: "Started", class: "c-time c-begun num" },
  { name: "Ran", class: "c-time num" },
  { name: "Output, or why it failed", class: "c-output mono" },
  { name: "Try", class: "c-few num" },
  { name: "Executor", class: "c-executor" },
];

/**
 * @param {RunStore} store
 * @param {number} row
 * @param {import("./details.js").Detail | undefined} detail
 * @returns {string[]} a text a column
 */
export function cellsOf(store, row, detail) {
  const { state, rule, started, attempts, executor } = store.columns;
  const begun = started[row] !== NONE;
  return [
    stateWord(state[row], store.over),
    store.rules[rule[row]] ?? "",
    detail ? wildcardText(detail.wildcards) : "…",
    begun ? clock(store.base + started[row]) : "",
    ranText(store, row),
    detail ? (state[row] === 6 && detail.failure) || detail.output[0] || "" : "",
    attempts[row] > 1 ? String(attempts[row]) : "",
    begun ? store.executors[executor[row]] ?? "" : "",
  ];
}

/** @param {RunStore} store @param {number} row how long its last attempt ran, or runs */
function ranText(store, row) {
  const { running, ended } = store.columns;
  if (running[row] === NONE) {
    return "";
  }
  if (ended[row] !== NONE) {
    return duration(ended[row] - running[row]);
  }
  // Whole seconds while it goes on: digits behind the point would flicker.
  const seconds = Math.floor((store.now() - running[row]) / 1000);
  return store.over ? "" : seconds < 1 ? "< 1 s" : duration(seconds * 1000);
}

/** @param {HTMLElement} element @param {number} code */
export function paintMark(element, code) {
  element.className = `mark st-${STATES[code]}`;
  element.replaceChildren(...mark(code).childNodes);
}
