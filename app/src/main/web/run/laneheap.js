// Pure.

/** A heap of free lanes, the one that was free first on top; of several the lowest. */
export class LaneHeap {
  constructor() {
    /** @type {number[]} */
    this.ends = [];
    /** @type {number[]} */
    this.lanes = [];
  }

  /** @returns {number} when the first lane is free; Infinity: there is none */
  firstEnd() {
    return this.ends.length ? this.ends[0] : Number.POSITIVE_INFINITY;
  }

  /** @param {number} end @param {number} lane */
  push(end, lane) {
    let at = this.ends.length;
    this.ends.push(end);
    this.lanes.push(lane);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.less(at, above)) {
        break;
      }
      this.swap(at, above);
      at = above;
    }
  }

  /** @returns {number} the lane */
  pop() {
    const top = this.lanes[0];
    const end = /** @type {number} */ (this.ends.pop());
    const lane = /** @type {number} */ (this.lanes.pop());
    if (this.ends.length) {
      this.ends[0] = end;
      this.lanes[0] = lane;
      this.sink();
    }
    return top;
  }

  /** @private */
  sink() {
    let at = 0;
    for (;;) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < this.ends.length && this.less(below, least)) {
          least = below;
        }
      }
      if (least === at) {
        return;
      }
      this.swap(at, least);
      at = least;
    }
  }

  /** @param {number} a @param {number} b @private */
  less(a, b) {
    return this.ends[a] < this.ends[b] || (this.ends[a] === this.ends[b] && this.lanes[a] < this.lanes[b]);
  }

  /** @param {number} a @param {number} b @private */
  swap(a, b) {
    [this.ends[a], this.ends[b]] = [this.ends[b], this.ends[a]];
    [this.lanes[a], this.lanes[b]] = [this.lanes[b], this.lanes[a]];
  }
}
