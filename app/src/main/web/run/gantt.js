// The Gantt view: a bar an attempt on a canvas, or, where bars would be too many to tell apart, how many attempts were
// in which state when.

import { h, setText } from "../dom.js";
import { count, duration, wildcardText } from "../format.js";
import { navigate } from "../router.js";
import { Bars } from "./bars.js";
import { drawBars, drawDensity, look } from "./ganttdraw.js";
import { follow } from "./ganttinput.js";
import { barAt, countIn, TOP, whole } from "./ganttgeometry.js";
import { NONE } from "./snapshot.js";
import { clampSpan } from "./timescale.js";
import { floatingTip } from "./tip.js";

/** @typedef {import("./context.js").RunContext} RunContext */

/** Above this many bars in sight the picture is drawn as density. */
export const MANY = 3000;
const ROWS_OF_THEIR_OWN = 60;
const REBUILD_MILLIS = 1000;
const DETAIL_MILLIS = 80;

/** @param {RunContext} context @returns {import("./context.js").Part} */
export function ganttView(context) {
  const { store } = context;
  const canvas = h("canvas", { role: "img", tabindex: 0 });
  const tip = floatingTip();
  const room = h("div", { class: "room" }, canvas, tip.element);
  const note = h("p", { class: "muted note num" });
  const fitButton = h("button", { type: "button", class: "quiet", on: { click: () => fit() } }, "Fit");
  const blank = h("div", { class: "blank", hidden: true }, h("h2", null, "Nothing was started yet"), h("p", null, "A bar shows here for each attempt once jobs are handed to an executor."));
  const element = h("div", { class: "gantt" }, h("div", { class: "graph-bar" }, note, h("span", { class: "grow" }), fitButton), room, blank);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const bars = new Bars();
  /** @type {import("./ganttgeometry.js").Frame} */
  const frame = { width: 0, height: 0, left: 0, top: 0, laneHeight: 10, span: { from: 0, to: 1 }, whole: { from: 0, to: 1 }, following: true };
  let colours = look();
  let stale = true;
  let builtAt = 0;
  /** @type {number | undefined} */
  let rebuild;
  /** @type {number | undefined} */
  let timer;
  let asked = false;
  let dense = false;
  let labelled = "";

  const sizes = new ResizeObserver(() => resize());
  sizes.observe(room);
  context.signal.addEventListener("abort", () => sizes.disconnect(), { once: true });
  document.addEventListener("themechange", () => { colours = look(); request(); }, { signal: context.signal });
  const clock = setInterval(() => { if (seen() && !store.over && !document.hidden) request(); }, 1000);
  context.signal.addEventListener("abort", () => clearInterval(clock), { once: true });
  follow(canvas, frame, { request, hover, click: (x, y) => void choose(x, y), open: () => void open(), lanes: () => bars.lanes, step });

  const seen = () => context.address.view === "gantt" && frame.width > 0;

  function resize() {
    const ratio = devicePixelRatio || 1;
    frame.width = room.clientWidth;
    frame.height = room.clientHeight;
    canvas.width = Math.max(1, Math.round(frame.width * ratio));
    canvas.height = Math.max(1, Math.round(frame.height * ratio));
    canvas.style.width = `${frame.width}px`;
    canvas.style.height = `${frame.height}px`;
    draw();
  }

  function request() {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        draw();
      });
    }
  }

  function build() {
    clearTimeout(rebuild);
    rebuild = undefined;
    stale = false;
    builtAt = performance.now();
    bars.build(store, context.matched, context.n, context.n <= ROWS_OF_THEIR_OWN);
    wantNames();
  }

  function wantNames() {
    if (bars.byRow) {
      context.wantMatched(Array.from(bars.rowOfLane).sort((a, b) => a - b));
    }
  }

  /** A filter by state makes the set of bars move with every change; once a second is enough then. */
  function buildSoon() {
    stale = true;
    const wait = builtAt + REBUILD_MILLIS - performance.now();
    if (wait <= 0) {
      build();
    } else if (rebuild === undefined) {
      rebuild = window.setTimeout(() => { if (seen()) { build(); request(); } else { rebuild = undefined; } }, wait);
    }
  }

  function fit() {
    frame.following = true;
    frame.top = 0;
    request();
  }

  function draw() {
    if (!seen()) {
      return;
    }
    if (stale && rebuild === undefined) {
      build();
    }
    const now = store.over ? last() : store.now();
    frame.whole = whole(bars, now);
    frame.span = frame.following ? frame.whole : clampSpan(frame.span, frame.whole);
    frame.left = bars.byRow && frame.width > 600 ? 200 : 0;
    const space = frame.height - TOP;
    frame.laneHeight = Math.min(22, Math.max(3, space / Math.max(1, bars.lanes)));
    frame.top = Math.min(frame.top, Math.max(0, bars.lanes * frame.laneHeight - space));
    const n = countIn(bars, frame, now, MANY);
    dense = n > MANY;
    const ratio = devicePixelRatio || 1;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, frame.width, frame.height);
    if (dense) {
      drawDensity(pen, frame, bars, now, colours);
    } else {
      drawBars(pen, frame, bars, now, colours, context.row, bars.byRow ? label : null);
    }
    blank.hidden = bars.n > 0;
    say();
  }

  function last() {
    let end = 0;
    for (let bar = 0; bar < bars.n; bar++) {
      end = Math.max(end, bars.ended[bar] === NONE ? bars.started[bar] : bars.ended[bar]);
    }
    return end;
  }

  function say() {
    const what = dense ? "attempts by state over time; zoom in for single ones" : bars.byRow ? "a line a job" : `on ${count(bars.lanes)} lanes, which others use again once free`;
    setText(note, bars.n === 0 ? "" : `${count(bars.n)} attempts, ${what}`);
    const text = `Gantt chart of ${count(bars.n)} attempts over ${duration(frame.whole.to - frame.whole.from)}. Plus and minus zoom, arrows move; the job table says the same in words.`;
    if (text !== labelled) {
      labelled = text;
      canvas.setAttribute("aria-label", text);
    }
  }

  /** @param {number} lane */
  function label(lane) {
    const row = bars.rowOfLane[lane];
    const detail = context.details.of(row);
    const rule = store.rules[store.columns.rule[row]] ?? "";
    return detail ? `${rule} ${wildcardText(detail.wildcards)}` : rule;
  }

  /** @param {number} x @param {number} y @param {number} clientX @param {number} clientY */
  function hover(x, y, clientX, clientY) {
    const bar = dense ? -1 : barAt(bars, frame, x, y, store.over ? last() : store.now());
    clearTimeout(timer);
    if (bar < 0) {
      tip.hide();
      canvas.style.cursor = "";
      return;
    }
    canvas.style.cursor = "pointer";
    const row = bars.row[bar];
    const end = bars.ended[bar] === NONE ? store.now() : bars.ended[bar];
    const run = bars.running[bar] === NONE ? end : bars.running[bar];
    const text = `queued ${duration(run - bars.started[bar])}, ran ${duration(end - run)}${bars.last[row] === bar ? "" : ", an earlier attempt"}`;
    const detail = context.details.of(row);
    tip.show(clientX, clientY, row, bars.state[bar], store.rules[store.columns.rule[row]], detail ? wildcardText(detail.wildcards) : "", store.over, text);
    if (!detail) {
      timer = window.setTimeout(() => context.details.want([row]), DETAIL_MILLIS);
    }
  }

  /** @param {number} x @param {number} y */
  async function choose(x, y) {
    const bar = dense ? -1 : barAt(bars, frame, x, y, store.over ? last() : store.now());
    if (bar >= 0) {
      await context.select(bars.row[bar]);
    }
  }

  /** @param {number} by the next job that has a bar, in the order of the starts */
  function step(by) {
    const at = context.row >= 0 && context.row < bars.last.length ? bars.last[context.row] : -1;
    const to = Math.min(bars.n - 1, Math.max(0, at + by));
    if (bars.n > 0) {
      void context.select(bars.row[to]);
    }
  }

  async function open() {
    const to = context.row >= 0 ? await context.jobUrl(context.row) : null;
    if (to) {
      navigate(to);
    }
  }

  return {
    element,
    update: (change, rematched) => {
      if (change.all) {
        stale = true;
        builtAt = 0;
      }
      if (stale || rematched || change.all) {
        if (change.n === 0 || change.all) {
          build();
        } else {
          buildSoon();
        }
      } else if (change.n > 0) {
        bars.update(store, change.rows, change.n, context.mask);
      }
      request();
    },
    shown: () => {
      stale = true;
      clearTimeout(rebuild);
      rebuild = undefined;
      resize();
    },
    selected: request,
    detailed: () => {
      const detail = tip.row >= 0 ? context.details.of(tip.row) : undefined;
      if (detail) {
        tip.rename(wildcardText(detail.wildcards));
      }
      wantNames();
      request();
    },
    focus: () => canvas.focus(),
  };
}
