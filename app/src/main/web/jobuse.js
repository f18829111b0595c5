// What an attempt used against what it asked for. Pure.

import { bytes, duration } from "./format.js";

/**
 * @typedef {object} Use
 * @property {number | null} used
 * @property {number | null} asked
 * @property {(n: number) => string} text
 * @property {string} title
 */

/** Names of resources that ask for memory, in the order in which they count, with the bytes of their unit. */
const MEMORY = /** @type {const} */ ([
  ["mem_mb", 1_000_000],
  ["mem_mib", 1_048_576],
  ["mem_gb", 1_000_000_000],
]);

/**
 * @param {{threads: number, resources: Record<string, number>, cpu_seconds: number | null, max_rss_bytes: number | null, duration_seconds: number | null}} attempt
 * @returns {{cpu: Use, memory: Use}}
 */
export function used(attempt) {
  const seconds = attempt.duration_seconds;
  const cpu = attempt.cpu_seconds;
  return {
    cpu: {
      used: cpu === null || !seconds ? null : cpu / seconds,
      asked: attempt.threads > 0 ? attempt.threads : null,
      text: cores,
      title: cpu === null ? "" : `${duration(cpu * 1000)} of processor time in ${duration((seconds ?? 0) * 1000)}`,
    },
    memory: {
      used: attempt.max_rss_bytes,
      asked: askedMemory(attempt.resources),
      text: bytes,
      title: "the most it held at once",
    },
  };
}

/** @param {Record<string, number>} resources @returns {number | null} bytes */
export function askedMemory(resources) {
  for (const [name, unit] of MEMORY) {
    const amount = resources[name];
    if (typeof amount === "number" && amount > 0) {
      return amount * unit;
    }
  }
  return null;
}

/** @param {number} n */
function cores(n) {
  return String(n < 9.95 ? Math.round(10 * n) / 10 : Math.round(n));
}
