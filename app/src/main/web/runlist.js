// The list of runs as data: what belongs to a filter, and rows put together. Pure.

/**
 * A row of GET /runs.
 *
 * @typedef {object} RunRow
 * @property {string} run
 * @property {string} state
 * @property {string | null} [name]
 * @property {string | null} [owner]
 * @property {string | null} [started]
 * @property {string | null} [submitted]
 * @property {string | null} [ended]
 * @property {string | null} [last_fact]
 * @property {number} done
 * @property {number} total
 * @property {number} failures
 * @property {number} [queued_jobs]
 * @property {number} [running_jobs]
 * @property {number | null} [bytes]
 * @property {string | null} [reason]
 * @property {string | null} [failure]
 * @property {string | null} [diagnosis]
 */

/**
 * Whether a row that was told by an event is among those asked for; as the server decides it.
 *
 * @param {RunRow} row
 * @param {{q: string, state: string, owner: string}} asked empty: any
 */
export function belongs(row, asked) {
  const text = asked.q.toLowerCase();
  return (
    (asked.state === "" || row.state === asked.state) &&
    (asked.owner === "" || row.owner === asked.owner) &&
    (text === "" || row.run.toLowerCase().includes(text) || (row.name ?? "").toLowerCase().includes(text))
  );
}

/**
 * Both lists as one, the newest first; of a run that stands in both, what is newer.
 *
 * @param {readonly RunRow[]} known
 * @param {readonly RunRow[]} newer
 * @returns {RunRow[]}
 */
export function merged(known, newer) {
  const all = new Map(known.map((row) => [row.run, row]));
  for (const row of newer) {
    all.set(row.run, row);
  }
  return [...all.values()].sort((a, b) => (a.run < b.run ? 1 : a.run > b.run ? -1 : 0));
}
