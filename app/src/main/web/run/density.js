// How many attempts were in which state when: what the Gantt view draws when bars would be too many. Pure.

import { CANCELLED, EVICTED, FAILED, FINISHED, QUEUED, RUNNING } from "../states.js";
import { NONE } from "./snapshot.js";

/** What is told apart, from the bottom up. */
export const LAYERS = [FINISHED, RUNNING, FAILED, EVICTED, CANCELLED, QUEUED];

/** The layer in which the running part of an attempt counts, by its state. */
const LAYER_OF = layerTable();

/**
 * Attempts by layer and bin, as the mean over the bin. Reuses `into` when it is long enough.
 *
 * @param {import("./bars.js").Bars} bars
 * @param {number} from time where the first bin begins
 * @param {number} to time where the last one ends
 * @param {number} bins
 * @param {number} now where what goes on ends for now
 * @param {Float32Array} [into]
 * @returns {Float32Array} layer after layer, `bins` values each
 */
export function density(bars, from, to, bins, now, into) {
  const size = LAYERS.length * (bins + 2);
  const sums = into && into.length >= size ? into.fill(0) : new Float32Array(size);
  const width = (to - from) / bins;
  const queued = LAYERS.length - 1;
  for (let bar = 0; bar < bars.n; bar++) {
    const end = bars.ended[bar] === NONE ? Math.max(now, bars.started[bar]) : bars.ended[bar];
    const run = bars.running[bar] === NONE ? end : Math.min(bars.running[bar], end);
    spread(sums, queued * (bins + 2), bins, (bars.started[bar] - from) / width, (run - from) / width);
    if (run < end) {
      spread(sums, LAYER_OF[bars.state[bar]] * (bins + 2), bins, (run - from) / width, (end - from) / width);
    }
  }
  for (let layer = 0; layer < LAYERS.length; layer++) {
    integrate(sums, layer * (bins + 2), bins);
  }
  return sums;
}

/** @param {number} layer @param {number} bins where the values of a layer begin */
export function layerAt(layer, bins) {
  return layer * (bins + 2);
}

/**
 * Adds [a, b) in units of bins to a second difference: two additions at each end instead of a loop over bins, so
 * that a part of a bin counts as a part.
 *
 * @param {Float32Array} sums
 * @param {number} at
 * @param {number} bins
 * @param {number} a
 * @param {number} b
 */
function spread(sums, at, bins, a, b) {
  const begin = a < 0 ? 0 : a;
  const end = b > bins ? bins : b;
  if (begin >= end) {
    return;
  }
  const first = Math.floor(begin);
  const last = Math.floor(end);
  // The first difference of the filled share per bin: 1 - (begin - first) in `first`, full behind it, and so on.
  sums[at + first] += 1 - (begin - first);
  sums[at + first + 1] += begin - first;
  sums[at + last] -= 1 - (end - last);
  sums[at + last + 1] -= end - last;
}

/** @param {Float32Array} sums @param {number} at @param {number} bins */
function integrate(sums, at, bins) {
  let sum = 0;
  for (let bin = 0; bin < bins; bin++) {
    sum += sums[at + bin];
    sums[at + bin] = sum < 1e-4 ? 0 : sum;
  }
}

/** @param {Float32Array} sums @param {number} bins @returns {number} the highest stack */
export function highest(sums, bins) {
  let most = 0;
  for (let bin = 0; bin < bins; bin++) {
    let stack = 0;
    for (let layer = 0; layer < LAYERS.length; layer++) {
      stack += sums[layerAt(layer, bins) + bin];
    }
    most = Math.max(most, stack);
  }
  return most;
}

function layerTable() {
  const table = new Uint8Array(256).fill(LAYERS.indexOf(RUNNING));
  for (const state of [FINISHED, FAILED, EVICTED, CANCELLED]) {
    table[state] = LAYERS.indexOf(state);
  }
  table[7] = LAYERS.indexOf(FAILED);
  table[8] = LAYERS.indexOf(FAILED);
  return table;
}
