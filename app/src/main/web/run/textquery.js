// The text query: the server finds it in wildcards and outputs, page by page.

import { get, query, url } from "../api.js";

const PAGE = 1000;
const MOST = 20_000;

/**
 * @param {string} run
 * @param {string} q
 * @param {number} rows
 * @param {AbortSignal} signal
 * @param {(job: import("./details.js").Detail) => void} keep
 * @returns {Promise<{hits: Uint8Array, n: number, more: boolean}>} which rows have it; `more`: not all were fetched
 */
export async function findRows(run, q, rows, signal, keep) {
  const hits = new Uint8Array(rows);
  let n = 0;
  /** @type {number | null} */
  let after = null;
  do {
    const page = await get(url("runs", run, "jobs") + query({ q, after, limit: PAGE }), signal);
    for (const job of page.jobs) {
      hits[job.row] = 1;
      keep(job);
      n++;
    }
    after = page.next ?? null;
  } while (after !== null && n < MOST);
  return { hits, n, more: after !== null };
}
