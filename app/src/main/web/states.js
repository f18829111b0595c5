// States of jobs and of runs: codes, words, marks and colours. The codes are those of the snapshot.

import { h, svg } from "./dom.js";

/** State names by code. */
export const STATES = /** @type {const} */ ([
  "waiting",
  "queued",
  "staging",
  "running",
  "ending",
  "finished",
  "failed",
  "skipped",
  "again",
  "cancelled",
  "evicted",
  "removed",
]);

export const WAITING = 0;
export const QUEUED = 1;
export const STAGING = 2;
export const RUNNING = 3;
export const ENDING = 4;
export const FINISHED = 5;
export const FAILED = 6;
export const SKIPPED = 7;
export const AGAIN = 8;
export const CANCELLED = 9;
export const EVICTED = 10;
export const REMOVED = 11;

/** Order in bars: what is done first, what went wrong next to it, what goes on, what is to come. */
export const BAR_ORDER = [5, 6, 7, 9, 4, 3, 2, 1, 10, 8, 0];

/** Order of filter chips: what one looks for first. */
export const CHIP_ORDER = [6, 3, 1, 2, 4, 8, 10, 0, 5, 7, 9];

/** @type {readonly string[]} */
const MEANING = [
  "waits for other jobs, or for room",
  "handed to an executor, not running yet",
  "its files are being brought",
  "runs",
  "its files are looked after",
  "finished",
  "failed for good",
  "another job of its task failed first",
  "a new attempt is due",
  "cancelled",
  "taken from its machine; a new attempt is due",
  "no longer in the plan",
];

/** Shapes in a 12 × 12 box, drawn as strokes, so that a state is told without its colour. */
const SHAPES = [
  "M6 3v3l2 1.5",
  "M3 4h6M3 6h6M3 8h6",
  "M6 2.5v6M3.5 6L6 8.5 8.5 6",
  "M4.5 3l4 3-4 3z",
  "M3 6h1M5.6 6h1M8.2 6h1",
  "M2.8 6.4l2.2 2.2 4.2-5",
  "M3.2 3.2l5.6 5.6M8.8 3.2L3.2 8.8",
  "M3 3.5L5.5 6 3 8.5M6.5 3.5L9 6 6.5 8.5",
  "M9 6a3 3 0 1 1-1-2.2M8.6 2v2H6.6",
  "M3 6h6",
  "M6 8.8v-5M3.6 5.8L6 3.4l2.4 2.4M3 10h6",
  "M4 6h4",
];

/**
 * The word for a state code; a job that waits in a run that has ended was not run.
 *
 * @param {number} code
 * @param {boolean} [over] whether the run has ended
 */
export function stateWord(code, over) {
  return code === WAITING && over ? "not run" : STATES[code] ?? "unknown";
}

/** @param {number} code @param {boolean} [over] */
export function stateMeaning(code, over) {
  return code === WAITING && over ? "was never started" : MEANING[code] ?? "";
}

/** @param {string} name @returns {number} the code, or -1; `started` is how the record calls `queued` */
export function codeOf(name) {
  return name === "started" ? QUEUED : STATES.indexOf(/** @type {any} */ (name));
}

/** @param {number | string} state a code or a name @returns {HTMLElement} the coloured mark alone; say the word beside it */
export function mark(state) {
  const code = typeof state === "number" ? state : codeOf(state);
  return h("span", { class: `mark st-${STATES[code] ?? "removed"}`, "aria-hidden": "true" }, shape(code));
}

/** @param {number | string} state @param {boolean} [over] @returns {HTMLElement} mark and word */
export function stateChip(state, over) {
  const code = typeof state === "number" ? state : codeOf(state);
  const word = code < 0 ? String(state) : stateWord(code, over);
  return h("span", { class: "state", title: stateMeaning(code, over) }, mark(code), word);
}

/** @param {number} code */
function shape(code) {
  return svg(
    "svg",
    { viewBox: "0 0 12 12" },
    svg("path", {
      d: SHAPES[code] ?? SHAPES[11],
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 1.7,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }),
  );
}

/**
 * States of runs as docs/json.md names them: the word, the job state whose mark it borrows, what it means.
 *
 * @type {Record<string, {word: string, like: number, meaning: string}>}
 */
export const RUN_STATES = {
  planning: { word: "planning", like: STAGING, meaning: "The plan is being made" },
  running: { word: "running", like: RUNNING, meaning: "Jobs are being run" },
  elsewhere: { word: "running elsewhere", like: RUNNING, meaning: "A process on another machine holds it" },
  queued: { word: "queued", like: QUEUED, meaning: "Waits for a place among the runs of this server" },
  "broken-off": { word: "broken off", like: EVICTED, meaning: "Its engine went away; it can be resumed" },
  succeeded: { word: "succeeded", like: FINISHED, meaning: "All that was asked for is there" },
  failed: { word: "failed", like: FAILED, meaning: "Something failed for good" },
  stopped: { word: "stopped", like: CANCELLED, meaning: "Cancelled; it can be resumed" },
  unreadable: { word: "unreadable", like: REMOVED, meaning: "Its journal cannot be read" },
};

/** @param {string} state @returns {HTMLElement} mark and word of a run's state */
export function runChip(state) {
  const known = RUN_STATES[state];
  return h(
    "span",
    { class: `state run-${state}`, title: known?.meaning },
    mark(known?.like ?? REMOVED),
    known?.word ?? state,
  );
}

/** @param {string} state whether a run in this state is over, for now */
export function isOver(state) {
  return state === "succeeded" || state === "failed" || state === "stopped" || state === "broken-off";
}

/** @param {string} state whether *Resume* makes sense */
export function isResumable(state) {
  return state === "failed" || state === "stopped" || state === "broken-off";
}

/** @type {{css: string[], rgba: Uint32Array} | null} */
let cached = null;

globalThis.document?.addEventListener("themechange", () => {
  cached = null;
});

/** The colours of the states under the theme in force, for canvases: CSS texts, and pixels for ImageData (little endian). */
export function stateColours() {
  if (!cached) {
    const style = getComputedStyle(document.documentElement);
    const css = STATES.map((name) => style.getPropertyValue(`--st-${name}`).trim());
    cached = { css, rgba: Uint32Array.from(css, pixel) };
  }
  return cached;
}

/** @param {string} hex #rrggbb @returns {number} 0xAABBGGRR */
export function pixel(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return (0xff000000 | ((value & 0xff) << 16) | (value & 0xff00) | (value >> 16)) >>> 0;
}
