// Cells of the overview: how large, how many in a line, which one is under the pointer. Pure.

const SIZES = [14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2];

/** @typedef {{cell: number, gap: number, across: number, lines: number, width: number, height: number}} Grid */

/**
 * The largest cells with which all fit; when even the smallest do not, the grid is higher than the room.
 *
 * @param {number} n cells
 * @param {number} width device pixels of the room
 * @param {number} height
 * @param {number} ratio device pixels a CSS pixel
 * @returns {Grid} in device pixels
 */
export function layOut(n, width, height, ratio) {
  /** @type {Grid | null} */
  let grid = null;
  for (const size of SIZES) {
    const cell = Math.max(1, Math.round(size * ratio));
    const gap = size >= 5 ? Math.max(1, Math.round(ratio)) : size >= 3 ? 1 : 0;
    const across = Math.max(1, Math.floor(width / cell));
    const lines = Math.ceil(n / across);
    grid = { cell, gap, across, lines, width: across * cell, height: lines * cell };
    if (grid.height <= height) {
      return grid;
    }
  }
  return /** @type {Grid} */ (grid);
}

/**
 * @param {Grid} grid
 * @param {number} x device pixels
 * @param {number} y
 * @param {number} n
 * @returns {number} the cell, or -1
 */
export function cellAt(grid, x, y, n) {
  const column = Math.floor(x / grid.cell);
  const line = Math.floor(y / grid.cell);
  if (x < 0 || y < 0 || column >= grid.across) {
    return -1;
  }
  const index = line * grid.across + column;
  return index < n ? index : -1;
}

/**
 * A colour laid thinly over another, as pixels.
 *
 * @param {number} over 0xAABBGGRR
 * @param {number} under
 * @param {number} share of `over`, 0 to 1
 * @returns {number}
 */
export function blend(over, under, share) {
  let mixed = 0xff000000;
  for (const shift of [0, 8, 16]) {
    const a = (over >>> shift) & 0xff;
    const b = (under >>> shift) & 0xff;
    mixed |= Math.round(a * share + b * (1 - share)) << shift;
  }
  return mixed >>> 0;
}
