// The overview: a cell a job, in the order of the plan. Only cells that changed are written.

import { h } from "../dom.js";
import { count, wildcardText } from "../format.js";
import { BAR_ORDER, pixel, stateColours, STATES, stateWord } from "../states.js";
import { navigate } from "../router.js";
import { blend, cellAt, layOut } from "./grid.js";
import { floatingTip } from "./tip.js";

/** @typedef {import("./context.js").RunContext} RunContext */
/** @typedef {import("./context.js").Part} Part */

const DIM = 16;
const TIP_MILLIS = 80;

/** @param {RunContext} context @returns {Part} */
export function overviewView(context) {
  const { store } = context;
  const canvas = h("canvas", { role: "img", tabindex: 0, on: { pointermove: moved, pointerleave: () => tip.hide(), click: clicked, dblclick: opened, keydown: keys } });
  const frame = h("div", { class: "cell-frame", hidden: true, "aria-hidden": "true" });
  const tip = floatingTip();
  const room = h("div", { class: "room" }, canvas, frame, tip.element);
  const element = h("div", { class: "overview" }, room, h("p", { class: "muted note" }, "A cell a job, in the order of the plan. The job table says the same in words."));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  /** @type {import("./grid.js").Grid} */
  let grid = layOut(0, 1, 1, 1);
  let image = new ImageData(1, 1);
  let pixels = new Uint32Array(image.data.buffer);
  /** What is painted, by row: the state, and DIM when it does not pass the filter. */
  let painted = new Uint8Array(0);
  let palette = new Uint32Array(32);
  let ratio = 1;
  let low = 0;
  let high = -1;
  /** @type {number | undefined} */
  let timer;
  let labelled = Number.NEGATIVE_INFINITY;
  const sizes = new ResizeObserver(() => redraw());
  sizes.observe(room);
  context.signal.addEventListener("abort", () => sizes.disconnect(), { once: true });
  document.addEventListener("themechange", redraw, { signal: context.signal });

  function redraw() {
    if (context.address.view !== "overview" || room.clientWidth === 0) {
      return;
    }
    const ground = pixel(getComputedStyle(document.documentElement).getPropertyValue("--surface").trim());
    const colours = stateColours().rgba;
    palette = new Uint32Array(32).fill(ground);
    for (let code = 0; code < STATES.length; code++) {
      palette[code] = colours[code];
      palette[code | DIM] = blend(colours[code], ground, 0.16);
    }
    ratio = devicePixelRatio || 1;
    grid = layOut(store.rows, Math.floor(room.clientWidth * ratio), Math.floor(room.clientHeight * ratio), ratio);
    canvas.width = Math.max(1, grid.width);
    canvas.height = Math.max(1, grid.height);
    canvas.style.width = `${canvas.width / ratio}px`;
    canvas.style.height = `${canvas.height / ratio}px`;
    image = new ImageData(canvas.width, canvas.height);
    pixels = new Uint32Array(image.data.buffer).fill(ground);
    painted = new Uint8Array(store.rows).fill(255);
    low = 0;
    high = grid.height;
    repaint();
    outline();
  }

  /** Compares every row with what is painted. */
  function repaint() {
    for (let row = 0; row < store.rows; row++) {
      paintRow(row);
    }
    flush();
  }

  /** @param {number} row */
  function paintRow(row) {
    const look = store.columns.state[row] | (context.mask[row] ? 0 : DIM);
    if (painted[row] === look) {
      return;
    }
    painted[row] = look;
    const side = grid.cell - grid.gap;
    const line = Math.floor(row / grid.across);
    const x = (row - line * grid.across) * grid.cell;
    const y = line * grid.cell;
    const colour = palette[look];
    for (let dy = 0; dy < side; dy++) {
      const at = (y + dy) * grid.width + x;
      pixels.fill(colour, at, at + side);
    }
    low = low < y ? low : y;
    high = high > y + side ? high : y + side;
  }

  function flush() {
    if (high > low) {
      pen.putImageData(image, 0, 0, 0, low, grid.width, high - low);
    }
    low = grid.height;
    high = -1;
    label();
  }

  function label() {
    const now = performance.now();
    if (now - labelled < 2000) {
      return;
    }
    labelled = now;
    const words = BAR_ORDER.filter((code) => store.counts[code] > 0).map((code) => `${count(store.counts[code])} ${stateWord(code, store.over)}`);
    canvas.setAttribute("aria-label", `Overview of ${count(store.rows)} jobs: ${words.join(", ")}. Arrow keys choose a job, Enter opens it.`);
  }

  function outline() {
    const { row } = context;
    frame.hidden = row < 0 || row >= store.rows;
    if (frame.hidden) {
      return;
    }
    const line = Math.floor(row / grid.across);
    const size = (grid.cell - grid.gap) / ratio;
    frame.style.transform = `translate(${((row - line * grid.across) * grid.cell) / ratio}px, ${(line * grid.cell) / ratio}px)`;
    frame.style.width = frame.style.height = `${size}px`;
  }

  /** @param {MouseEvent} event */
  function rowAt(event) {
    const box = canvas.getBoundingClientRect();
    return cellAt(grid, (event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio, store.rows);
  }

  /** @param {PointerEvent} event */
  function moved(event) {
    const row = rowAt(event);
    clearTimeout(timer);
    if (row < 0) {
      tip.hide();
      return;
    }
    tip.show(event.clientX, event.clientY, row, store.columns.state[row], store.rules[store.columns.rule[row]], known(row), store.over);
    if (!context.details.of(row)) {
      timer = window.setTimeout(() => context.details.want([row]), TIP_MILLIS);
    }
  }

  /** @param {number} row */
  function known(row) {
    const detail = context.details.of(row);
    return detail ? wildcardText(detail.wildcards) : "";
  }

  /** @param {MouseEvent} event */
  function clicked(event) {
    const row = rowAt(event);
    if (row >= 0) {
      void context.select(row);
    }
  }

  async function opened() {
    const to = context.row >= 0 ? await context.jobUrl(context.row) : null;
    if (to) {
      navigate(to);
    }
  }

  /** @param {KeyboardEvent} event */
  function keys(event) {
    /** @type {Record<string, number>} */
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: grid.across, ArrowUp: -grid.across };
    if (event.key === "Enter") {
      event.preventDefault();
      void opened();
    } else if (event.key in steps && store.rows > 0) {
      event.preventDefault();
      const to = context.row < 0 ? 0 : context.row + steps[event.key];
      if (to >= 0 && to < store.rows) {
        void context.select(to);
      }
    }
  }

  return {
    element,
    update: (change, rematched) => {
      if (change.all || painted.length !== store.rows) {
        redraw();
      } else if (rematched) {
        repaint();
      } else if (change.n > 0) {
        for (let i = 0; i < change.n; i++) {
          paintRow(change.rows[i]);
        }
        flush();
      }
    },
    shown: redraw,
    selected: outline,
    detailed: () => {
      if (tip.row >= 0) {
        tip.rename(known(tip.row));
      }
    },
    focus: () => canvas.focus(),
  };
}
