// Puts the Gantt view on its canvas.

import { FINISHED, QUEUED, RUNNING, STAGING, stateColours } from "../states.js";
import { density, highest, layerAt, LAYERS } from "./density.js";
import { TOP, xOf } from "./ganttgeometry.js";
import { NONE } from "./snapshot.js";
import { ticks, tickText } from "./timescale.js";

/** @typedef {import("./ganttgeometry.js").Frame} Frame */
/** @typedef {import("./bars.js").Bars} Bars */

/** The colours and fonts in force. */
export function look() {
  const style = getComputedStyle(document.documentElement);
  const of = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return { states: stateColours().css, ink: of("--ink"), ink2: of("--ink-2"), ink3: of("--ink-3"), line: of("--line"), ground: of("--surface"), focus: of("--focus"), font: `11px ${of("--font")}` };
}

/** @typedef {ReturnType<typeof look>} Look */

/** @param {CanvasRenderingContext2D} pen @param {Frame} frame @param {Look} colours */
function axis(pen, frame, colours) {
  const { step, at } = ticks(frame.span.from - frame.whole.from, frame.span.to - frame.whole.from, frame.width - frame.left);
  pen.font = colours.font;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  for (const t of at) {
    const x = Math.round(xOf(frame, t + frame.whole.from)) + 0.5;
    pen.fillStyle = colours.line;
    pen.fillRect(x - 0.5, 16, 1, frame.height);
    if (x + 40 < frame.width) {
      pen.fillStyle = colours.ink3;
      pen.fillText(tickText(t, step), x + 4, 11);
    }
  }
  pen.fillStyle = colours.line;
  pen.fillRect(0, TOP - 1, frame.width, 1);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Frame} frame
 * @param {Bars} bars
 * @param {number} now
 * @param {Look} colours
 * @param {number} chosen row
 * @param {((lane: number) => string) | null} label
 */
export function drawBars(pen, frame, bars, now, colours, chosen, label) {
  axis(pen, frame, colours);
  pen.save();
  pen.beginPath();
  pen.rect(frame.left, TOP, frame.width - frame.left, frame.height - TOP);
  pen.clip();
  const gap = frame.laneHeight >= 6 ? 2 : frame.laneHeight >= 4 ? 1 : 0;
  const height = Math.max(2, Math.round(frame.laneHeight) - gap);
  const { from, to } = frame.span;
  for (let bar = 0; bar < bars.n; bar++) {
    const end = bars.ended[bar] === NONE ? Math.max(now, bars.started[bar]) : bars.ended[bar];
    const y = Math.round(TOP + bars.lane[bar] * frame.laneHeight - frame.top) + gap / 2;
    if (end < from || bars.started[bar] > to || y + height < TOP || y > frame.height) {
      continue;
    }
    const run = bars.running[bar] === NONE ? end : Math.min(end, bars.running[bar]);
    const x0 = xOf(frame, bars.started[bar]);
    const x1 = xOf(frame, run);
    const x2 = Math.max(xOf(frame, end), x0 + 1);
    const state = bars.state[bar];
    if (x1 - x0 > 0.3) {
      // What queued or staged is drawn thinner: it held no machine.
      pen.fillStyle = colours.states[state === STAGING ? STAGING : bars.running[bar] === NONE && state > FINISHED ? state : QUEUED];
      pen.fillRect(x0, y + height * 0.25, x1 - x0, Math.max(1.5, height * 0.5));
    }
    if (bars.running[bar] !== NONE || x1 - x0 <= 0.3) {
      pen.fillStyle = colours.states[colourOf(state)];
      pen.fillRect(x1, y, Math.max(1, x2 - x1), height);
    }
    if (bars.row[bar] === chosen) {
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 1.5;
      pen.strokeRect(x0 - 1, y - 1, x2 - x0 + 2, height + 2);
    }
  }
  pen.restore();
  if (label && frame.left > 0) {
    names(pen, frame, bars, colours, label, chosen);
  }
}

/** @param {number} state how the running part is coloured */
function colourOf(state) {
  return state === QUEUED || state === STAGING ? RUNNING : state;
}

/** @param {CanvasRenderingContext2D} pen @param {Frame} frame @param {Bars} bars @param {Look} colours @param {(lane: number) => string} label @param {number} chosen */
function names(pen, frame, bars, colours, label, chosen) {
  pen.save();
  pen.beginPath();
  pen.rect(0, TOP, frame.left - 8, frame.height - TOP);
  pen.clip();
  pen.font = colours.font;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  const every = Math.max(1, Math.ceil(12 / frame.laneHeight));
  for (let lane = 0; lane < bars.lanes; lane += every) {
    const y = TOP + lane * frame.laneHeight - frame.top + frame.laneHeight / 2;
    pen.fillStyle = bars.rowOfLane[lane] === chosen ? colours.ink : colours.ink2;
    pen.fillText(label(lane), 10, y);
  }
  pen.restore();
}

/** @type {Float32Array | undefined} */
let sums;

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Frame} frame
 * @param {Bars} bars
 * @param {number} now
 * @param {Look} colours
 */
export function drawDensity(pen, frame, bars, now, colours) {
  axis(pen, frame, colours);
  const bins = Math.max(1, Math.floor((frame.width - frame.left) / 2));
  const { from, to } = frame.span;
  sums = density(bars, from, to, bins, now, sums);
  const most = Math.max(1, highest(sums, bins));
  const height = frame.height - TOP - 8;
  const width = (frame.width - frame.left) / bins;
  for (let layer = 0; layer < LAYERS.length; layer++) {
    pen.fillStyle = colours.states[LAYERS[layer]];
    for (let bin = 0; bin < bins; bin++) {
      let below = 0;
      for (let under = 0; under < layer; under++) {
        below += sums[layerAt(under, bins) + bin];
      }
      const n = sums[layerAt(layer, bins) + bin];
      if (n > 0) {
        const y1 = frame.height - (below / most) * height;
        const y0 = frame.height - ((below + n) / most) * height;
        pen.fillRect(frame.left + bin * width, y0, width + 0.3, y1 - y0);
      }
    }
  }
  pen.fillStyle = colours.ink2;
  pen.font = colours.font;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  pen.fillText(`${Math.round(most).toLocaleString("en")} at once`, frame.width - 8, TOP + 9);
}
