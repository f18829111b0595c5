// What a report holds: packed into the page itself, so that no server is asked for anything.

/** @typedef {import("../run/details.js").Detail} Detail */

/**
 * How much of something the jobs of a rule used.
 *
 * @typedef {{least: number, middle: number, most: number}} Spread
 */

/**
 * @typedef {object} RuleUse
 * @property {string} rule
 * @property {number} jobs that finished
 * @property {Spread | null} seconds
 * @property {Spread | null} cores
 * @property {Spread | null} memory
 * @property {number | null} threads
 * @property {number | null} asked_memory
 */

/**
 * @typedef {object} ReportData
 * @property {string} title
 * @property {string} made when the report was made
 * @property {string} version of Sluice
 * @property {any} run as `sluice status --json` has it, without its jobs
 * @property {any} graph
 * @property {RuleUse[]} use
 * @property {{keys: string[], wildcards: Record<string, string>[], outputs: string[][], failures: Record<string, string>}} jobs
 * @property {Record<string, string>} logs ends of logs by job and attempt
 * @property {string[]} left_out what does not stand in it, in sentences
 */

/** @type {ReportData} */
export let data;

/** Unpacks all; resolves to the columns. */
export async function unpack() {
  data = await unpacked("run-data").json();
  return unpacked("run-columns").arrayBuffer();
}

/** @param {string} id */
function unpacked(id) {
  const text = document.getElementById(id)?.textContent?.trim() ?? "";
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}
