// Where things stand in the Gantt view. Pure.

import { NONE } from "./snapshot.js";

/** Height of the axis. */
export const TOP = 24;

/**
 * @typedef {object} Frame
 * @property {number} width CSS pixels
 * @property {number} height
 * @property {number} left room for names
 * @property {number} top how far the lanes are scrolled
 * @property {number} laneHeight
 * @property {{from: number, to: number}} span the window of time that is seen
 * @property {{from: number, to: number}} whole
 * @property {boolean} following whether the window is the whole run, and grows with it
 */

/** @param {Frame} frame @param {number} t @returns {number} x */
export function xOf({ span, left, width }, t) {
  return left + ((t - span.from) / (span.to - span.from)) * (width - left);
}

/** @param {Frame} frame @param {number} x @returns {number} time */
export function timeAt({ span, left, width }, x) {
  return span.from + ((x - left) / Math.max(1, width - left)) * (span.to - span.from);
}

/** @param {import("./bars.js").Bars} bars @param {number} now @returns {{from: number, to: number}} all there is, with a little room */
export function whole(bars, now) {
  const from = bars.n === 0 || bars.first === NONE ? 0 : bars.first;
  const to = Math.max(from + 1000, now);
  return { from, to: to + (to - from) * 0.015 };
}

/**
 * @param {import("./bars.js").Bars} bars
 * @param {Frame} frame
 * @param {number} now
 * @param {number} enough stops counting beyond it
 * @returns {number} how many bars can be seen, at most enough + 1
 */
export function countIn(bars, frame, now, enough) {
  const firstLane = Math.floor(frame.top / frame.laneHeight);
  const lastLane = Math.ceil((frame.top + frame.height - TOP) / frame.laneHeight);
  const { from, to } = frame.span;
  let n = 0;
  for (let bar = 0; bar < bars.n && n <= enough; bar++) {
    const lane = bars.lane[bar];
    const end = bars.ended[bar] === NONE ? now : bars.ended[bar];
    if (lane >= firstLane && lane <= lastLane && end >= from && bars.started[bar] <= to) {
      n++;
    }
  }
  return n;
}

/**
 * @param {import("./bars.js").Bars} bars
 * @param {Frame} frame
 * @param {number} x
 * @param {number} y
 * @param {number} now
 * @returns {number} the bar under a point (thin ones are given 2 pixels on both sides), or -1
 */
export function barAt(bars, frame, x, y, now) {
  if (y < TOP || x < frame.left) {
    return -1;
  }
  const lane = Math.floor((y - TOP + frame.top) / frame.laneHeight);
  let found = -1;
  for (let bar = 0; bar < bars.n; bar++) {
    if (bars.lane[bar] === lane) {
      const end = bars.ended[bar] === NONE ? now : bars.ended[bar];
      if (x >= xOf(frame, bars.started[bar]) - 2 && x <= xOf(frame, end) + 2) {
        found = bar;
      }
    }
  }
  return found;
}
