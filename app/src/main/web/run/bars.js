// The bars of the Gantt view: one an attempt, each on a lane on which no other overlaps it. Pure.

import { LaneHeap } from "./laneheap.js";
import { NONE } from "./snapshot.js";

/** @typedef {import("./store.js").RunStore} RunStore */

/**
 * Bars as columns. Lanes are given in the order of the starts, each time the one that was free first, and never
 * change: what comes later does not move what is there. `byRow` gives each job a lane of its own instead.
 */
export class Bars {
  constructor() {
    this.n = 0;
    this.lanes = 0;
    this.row = new Int32Array(1024);
    this.lane = new Int32Array(1024);
    this.started = new Uint32Array(1024);
    this.running = new Uint32Array(1024);
    this.ended = new Uint32Array(1024);
    this.state = new Uint8Array(1024);
    /** The bar of a row's last attempt, or -1. */
    this.last = new Int32Array(0);
    this.byRow = false;
    this.free = new LaneHeap();
    /** The rows that have bars, by lane, when `byRow`. */
    this.rowOfLane = new Int32Array(0);
    /** @type {Map<number, number>} */
    this.laneOfRow = new Map();
    this.first = NONE;
  }

  /**
   * Makes all bars anew.
   *
   * @param {RunStore} store
   * @param {Int32Array} rows
   * @param {number} n
   * @param {boolean} byRow
   */
  build(store, rows, n, byRow) {
    this.n = 0;
    this.lanes = 0;
    this.byRow = byRow;
    this.free = new LaneHeap();
    this.last = new Int32Array(store.rows).fill(-1);
    this.first = NONE;
    const { started } = store.columns;
    const order = [];
    for (let i = 0; i < n; i++) {
      const row = rows[i];
      for (const attempt of store.earlier.get(row) ?? []) {
        if (attempt.started !== NONE) {
          order.push({ row, at: attempt.started, attempt });
        }
      }
      if (started[row] !== NONE) {
        order.push({ row, at: started[row], attempt: null });
      }
    }
    order.sort((a, b) => a.at - b.at);
    if (byRow) {
      this.laneByRow(order);
    }
    for (const { row, attempt } of order) {
      if (attempt) {
        this.add(row, attempt.started, attempt.running, attempt.ended, attempt.state);
      } else {
        this.addLast(store, row);
      }
    }
  }

  /**
   * Follows a change of some rows.
   *
   * @param {RunStore} store
   * @param {Int32Array} rows changed ones
   * @param {number} n
   * @param {Uint8Array} mask 1 by row that passes the filter; the others have no bars
   */
  update(store, rows, n, mask) {
    const { state, started, running, ended } = store.columns;
    /** @type {number[]} */
    const fresh = [];
    for (let i = 0; i < n; i++) {
      const row = rows[i];
      if (mask[row] === 0) {
        continue;
      }
      const bar = this.last[row];
      if (bar >= 0 && this.started[bar] === started[row]) {
        this.running[bar] = running[row];
        this.state[bar] = state[row];
        this.close(bar, ended[row]);
      } else if (started[row] !== NONE) {
        if (bar >= 0) {
          this.closeEarlier(store, row, bar);
        }
        fresh.push(row);
      }
    }
    fresh.sort((a, b) => started[a] - started[b]);
    for (const row of fresh) {
      this.addLast(store, row);
    }
  }

  /** @param {{row: number}[]} order @private */
  laneByRow(order) {
    const lanes = new Map();
    for (const { row } of order) {
      if (!lanes.has(row)) {
        lanes.set(row, lanes.size);
      }
    }
    this.rowOfLane = Int32Array.from(lanes.keys());
    this.laneOfRow = lanes;
    this.lanes = lanes.size;
  }

  /** @param {RunStore} store @param {number} row @private */
  addLast(store, row) {
    const { state, started, running, ended } = store.columns;
    this.last[row] = this.add(row, started[row], running[row], ended[row], state[row]);
  }

  /** @param {RunStore} store @param {number} row @param {number} bar @private */
  closeEarlier(store, row, bar) {
    const attempt = store.earlier.get(row)?.find((one) => one.started === this.started[bar]);
    if (attempt) {
      this.running[bar] = attempt.running;
      this.state[bar] = attempt.state;
    }
    const end = attempt && attempt.ended !== NONE ? attempt.ended : store.columns.started[row];
    this.close(bar, end);
  }

  /** @param {number} bar @param {number} end @private */
  close(bar, end) {
    if (this.ended[bar] === NONE && end !== NONE && !this.byRow) {
      this.free.push(end, this.lane[bar]);
    }
    this.ended[bar] = end;
  }

  /**
   * @param {number} row
   * @param {number} started
   * @param {number} running
   * @param {number} ended
   * @param {number} state
   * @returns {number} the bar
   * @private
   */
  add(row, started, running, ended, state) {
    if (this.n === this.row.length) {
      this.grow();
    }
    const bar = this.n++;
    this.row[bar] = row;
    this.started[bar] = started;
    this.running[bar] = running;
    this.ended[bar] = ended;
    this.state[bar] = state;
    this.first = Math.min(this.first, started);
    if (this.byRow) {
      let lane = this.laneOfRow.get(row);
      if (lane === undefined) {
        lane = this.lanes++;
        this.laneOfRow.set(row, lane);
        this.rowOfLane = Int32Array.from(this.laneOfRow.keys());
      }
      this.lane[bar] = lane;
    } else {
      this.lane[bar] = this.free.firstEnd() <= started ? this.free.pop() : this.lanes++;
      if (ended !== NONE) {
        this.free.push(ended, this.lane[bar]);
      }
    }
    return bar;
  }

  /** @private */
  grow() {
    const size = this.n * 2;
    for (const name of /** @type {const} */ (["row", "lane", "started", "running", "ended", "state"])) {
      const wider = new /** @type {any} */ (this[name].constructor)(size);
      wider.set(this[name]);
      /** @type {any} */ (this)[name] = wider;
    }
  }
}
