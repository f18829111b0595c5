// Round marks on an axis of time, and the window that one looks through. Pure.

const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5, 18e5, 36e5, 72e5,
  108e5, 216e5, 432e5, 864e5, 1728e5, 6048e5,
];

/**
 * Where marks stand: about one a `gap` pixels, on round times since the start.
 *
 * @param {number} from millis
 * @param {number} to millis
 * @param {number} width pixels
 * @param {number} [gap] pixels
 * @returns {{step: number, at: number[]}}
 */
export function ticks(from, to, width, gap = 110) {
  const wanted = ((to - from) / Math.max(1, width)) * gap;
  const step = STEPS.find((candidate) => candidate >= wanted) ?? STEPS[STEPS.length - 1];
  const at = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
    at.push(t);
  }
  return { step, at };
}

/** @param {number} t millis since the start @param {number} step @returns {string} "1:05:00", "12:30", "4.5 s" */
export function tickText(t, step) {
  const sign = t < 0 ? "−" : "";
  const abs = Math.abs(t);
  if (step < 1000) {
    return `${sign}${(abs / 1000).toFixed(step < 10 ? 3 : step < 100 ? 2 : 1)} s`;
  }
  const s = Math.round(abs / 1000);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  if (s >= 86_400) {
    const hours = Math.floor((s % 86_400) / 3600);
    return `${sign}${Math.floor(s / 86_400)} d${hours || step < 864e5 ? ` ${two(hours)} h` : ""}`;
  }
  const h = Math.floor(s / 3600);
  const rest = `${h ? two(Math.floor((s % 3600) / 60)) : Math.floor(s / 60)}:${two(s % 60)}`;
  return `${sign}${h ? `${h}:` : ""}${rest}`;
}

/**
 * A window moved by a factor about a point, kept within what there is.
 *
 * @param {{from: number, to: number}} span
 * @param {number} factor below 1: closer
 * @param {number} about time that stays where it is
 * @param {{from: number, to: number}} whole
 * @returns {{from: number, to: number}}
 */
export function zoom(span, factor, about, whole) {
  const least = 10;
  const length = Math.min(Math.max((span.to - span.from) * factor, least), whole.to - whole.from);
  const share = (about - span.from) / (span.to - span.from || 1);
  return clampSpan({ from: about - share * length, to: about - share * length + length }, whole);
}

/**
 * @param {{from: number, to: number}} span
 * @param {{from: number, to: number}} whole
 * @returns {{from: number, to: number}} of the same length, inside
 */
export function clampSpan(span, whole) {
  const length = Math.min(span.to - span.from, whole.to - whole.from);
  const from = Math.min(Math.max(span.from, whole.from), whole.to - length);
  return { from, to: from + length };
}
