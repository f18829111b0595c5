// Wheel, drag and keys of the Gantt view. Changes the frame; the view draws.

import { timeAt, TOP } from "./ganttgeometry.js";
import { clampSpan, zoom } from "./timescale.js";

/** @typedef {import("./ganttgeometry.js").Frame} Frame */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Frame} frame
 * @param {object} on
 * @param {() => void} on.request
 * @param {(x: number, y: number, clientX: number, clientY: number) => void} on.hover
 * @param {(x: number, y: number) => void} on.click
 * @param {() => void} on.open
 * @param {() => number} on.lanes
 * @param {(by: number) => void} on.step
 */
export function follow(canvas, frame, on) {
  /** @type {{x: number, y: number, span: {from: number, to: number}, top: number, moved: boolean} | null} */
  let drag = null;

  /** @param {number} factor @param {number} x */
  function zoomAt(factor, x) {
    frame.span = zoom(frame.span, factor, timeAt(frame, x), frame.whole);
    frame.following = frame.span.to - frame.span.from >= (frame.whole.to - frame.whole.from) * 0.999;
    on.request();
  }

  /** @param {number} pixels @param {number} down */
  function pan(pixels, down) {
    const by = (pixels / Math.max(1, frame.width - frame.left)) * (frame.span.to - frame.span.from);
    frame.span = clampSpan({ from: frame.span.from + by, to: frame.span.to + by }, frame.whole);
    frame.top = scrolled(frame.top + down);
    on.request();
  }

  /** @param {number} top */
  function scrolled(top) {
    return Math.max(0, Math.min(top, on.lanes() * frame.laneHeight - (frame.height - TOP)));
  }

  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        pan(event.deltaX || event.deltaY, 0);
      } else {
        zoomAt(Math.exp(event.deltaY / 500), event.offsetX);
      }
    },
    { passive: false },
  );
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button === 0) {
      drag = { x: event.clientX, y: event.clientY, span: frame.span, top: frame.top, moved: false };
      canvas.setPointerCapture(event.pointerId);
    }
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drag) {
      on.hover(event.offsetX, event.offsetY, event.clientX, event.clientY);
      return;
    }
    const dx = drag.x - event.clientX;
    const dy = drag.y - event.clientY;
    if (drag.moved || Math.hypot(dx, dy) > 4) {
      drag.moved = true;
      frame.span = drag.span;
      frame.top = drag.top;
      pan(dx, dy);
    }
  });
  canvas.addEventListener("pointerup", (event) => {
    if (drag && !drag.moved) {
      on.click(event.offsetX, event.offsetY);
    }
    drag = null;
  });
  canvas.addEventListener("pointercancel", () => {
    drag = null;
  });
  canvas.addEventListener("pointerleave", () => on.hover(-1, -1, 0, 0));
  canvas.addEventListener("dblclick", () => on.open());
  canvas.addEventListener("keydown", (event) => {
    const middle = frame.left + (frame.width - frame.left) / 2;
    /** @type {Record<string, () => void>} */
    const keys = {
      "+": () => zoomAt(0.7, middle),
      "=": () => zoomAt(0.7, middle),
      "-": () => zoomAt(1 / 0.7, middle),
      0: () => zoomAt(1e9, middle),
      ArrowLeft: () => pan(-60, 0),
      ArrowRight: () => pan(60, 0),
      ArrowUp: () => pan(0, -40),
      ArrowDown: () => pan(0, 40),
      "[": () => on.step(-1),
      "]": () => on.step(1),
      Enter: () => on.open(),
    };
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (run) {
      event.preventDefault();
      run();
    }
  });
}
