// Numbers and times as people read them. Pure; times are epoch milliseconds or ISO texts.

const COUNT = new Intl.NumberFormat("en", { useGrouping: true });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const DAY_YEAR = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** @param {number} n 12345 → 12,345 */
export function count(n) {
  return COUNT.format(n);
}

/** @param {number} n @param {string} one @param {string} [many] "1 job", "2 jobs" */
export function counted(n, one, many) {
  return `${count(n)} ${n === 1 ? one : many ?? `${one}s`}`;
}

/** @param {number | null | undefined} n powers of 1000 */
export function bytes(n) {
  if (n === null || n === undefined) {
    return "–";
  }
  let value = n;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** @param {number | null | undefined} millis 83_000 → "1 min 23 s"; two units at most */
export function duration(millis) {
  if (millis === null || millis === undefined || Number.isNaN(millis)) {
    return "–";
  }
  const seconds = Math.max(0, millis) / 1000;
  if (seconds < 1) {
    return `${Math.round(seconds * 1000)} ms`;
  }
  if (seconds < 59.95) {
    return `${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 3600) {
    return pair(Math.floor(whole / 60), "min", whole % 60, "s");
  }
  if (whole < 86_400) {
    return pair(Math.floor(whole / 3600), "h", Math.floor((whole % 3600) / 60), "min");
  }
  return pair(Math.floor(whole / 86_400), "d", Math.floor((whole % 86_400) / 3600), "h");
}

/** @param {number} a @param {string} unitA @param {number} b @param {string} unitB */
function pair(a, unitA, b, unitB) {
  return b === 0 ? `${a} ${unitA}` : `${a} ${unitA} ${b} ${unitB}`;
}

/** @param {string | number | null | undefined} time @returns {number} epoch millis, NaN for none */
export function millis(time) {
  return time === null || time === undefined ? Number.NaN : typeof time === "number" ? time : Date.parse(time);
}

/**
 * The time of day, with the day when it is another one than today's.
 *
 * @param {string | number | null | undefined} time
 * @param {number} [now]
 */
export function clock(time, now = Date.now()) {
  const at = new Date(millis(time));
  if (Number.isNaN(at.getTime())) {
    return "–";
  }
  const today = new Date(now);
  if (at.toDateString() === today.toDateString()) {
    return CLOCK.format(at);
  }
  const day = at.getFullYear() === today.getFullYear() ? DAY.format(at) : DAY_YEAR.format(at);
  return `${day} ${CLOCK.format(at)}`;
}

/** @param {string | number | null | undefined} time @param {number} [now] "3 min ago" */
export function ago(time, now = Date.now()) {
  const passed = now - millis(time);
  if (Number.isNaN(passed)) {
    return "–";
  }
  if (passed < 5000) {
    return "just now";
  }
  return `${duration(passed).split(" ").slice(0, 2).join(" ")} ago`;
}

/** @param {Record<string, string> | null | undefined} wildcards "sample=A, lane=1" */
export function wildcardText(wildcards) {
  return Object.entries(wildcards ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}

/** @param {number} part @param {number} whole never 100 % before it is */
export function percent(part, whole) {
  if (whole <= 0) {
    return "0 %";
  }
  const exact = (100 * part) / whole;
  return `${part < whole ? Math.min(99, Math.floor(exact)) : 100} %`;
}
