// Pure.

/**
 * Puts ascending numbers together into spans that are worth one request each.
 *
 * @param {number[]} rows ascending
 * @param {number} gap how many numbers nobody asked for a span may bridge
 * @param {number} longest
 * @returns {[number, number][]} first and last of each
 */
export function spans(rows, gap, longest) {
  /** @type {[number, number][]} */
  const found = [];
  for (const row of rows) {
    const span = found[found.length - 1];
    if (span && row - span[1] <= gap && row - span[0] < longest) {
      span[1] = row;
    } else {
      found.push([row, row]);
    }
  }
  return found;
}
