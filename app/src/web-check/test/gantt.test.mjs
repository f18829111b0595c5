import assert from "node:assert/strict";
import { test } from "node:test";
import { Bars } from "../../main/web/run/bars.js";
import { density, highest, layerAt, LAYERS } from "../../main/web/run/density.js";
import { barAt, countIn, timeAt, TOP, xOf } from "../../main/web/run/ganttgeometry.js";
import { LaneHeap } from "../../main/web/run/laneheap.js";
import { NONE, readSnapshot } from "../../main/web/run/snapshot.js";
import { RunStore } from "../../main/web/run/store.js";
import { clampSpan, ticks, tickText, zoom } from "../../main/web/run/timescale.js";
import { snapshotOf } from "./snapshots.mjs";

function storeOf(shape) {
  const store = new RunStore(() => {});
  const { header, columns } = readSnapshot(snapshotOf({ rules: ["a"], ...shape }));
  store.load(header, columns);
  return store;
}

function barsOf(store, byRow = false) {
  const bars = new Bars();
  const rows = Int32Array.from({ length: store.rows }, (_, row) => row);
  bars.build(store, rows, store.rows, byRow);
  return bars;
}

function change(store, row, values) {
  for (const [name, value] of Object.entries(values)) {
    store.columns[name][row] = value;
  }
}

const ALL = new Uint8Array(64).fill(1);

test("no two bars of a lane overlap, whatever starts and ends", () => {
  let seed = 7;
  const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
  const started = Array.from({ length: 500 }, () => random(1000));
  const ended = started.map((start, i) => (i % 17 === 0 ? NONE : start + random(90)));
  const bars = barsOf(storeOf({ state: started.map(() => 5), started, running: started, ended }));

  assert.equal(bars.n, 500);
  for (let a = 0; a < bars.n; a++) {
    for (let b = a + 1; b < bars.n; b++) {
      if (bars.lane[a] === bars.lane[b]) {
        assert.ok(bars.ended[a] <= bars.started[b] || bars.ended[b] <= bars.started[a]);
      }
    }
  }
});

test("bars kept up by changes stand on no more lanes than were in use at once", () => {
  const store = storeOf({ state: [3, 0, 0], started: [0, NONE, NONE], running: [1, NONE, NONE] });
  const bars = barsOf(store);

  change(store, 0, { state: 5, ended: 10 });
  change(store, 1, { state: 3, started: 12 });
  bars.update(store, Int32Array.of(0, 1), 2, ALL);
  change(store, 2, { state: 3, started: 13 });
  bars.update(store, Int32Array.of(2), 1, ALL);

  assert.deepEqual([...bars.lane.subarray(0, 3)], [0, 0, 1]);
  assert.equal(bars.lanes, 2);
});

test("an attempt made again leaves the bar of the one before it", () => {
  const store = storeOf({ state: [3], started: [5], running: [6] });
  const bars = barsOf(store);

  store.earlier.set(0, [{ started: 5, running: 6, ended: 9, state: 10, executor: 0 }]);
  change(store, 0, { state: 1, started: 11, running: NONE });
  bars.update(store, Int32Array.of(0), 1, ALL);

  assert.equal(bars.n, 2);
  assert.deepEqual([bars.ended[0], bars.state[0]], [9, 10]);
  assert.deepEqual([bars.started[1], bars.ended[1], bars.last[0]], [11, NONE, 1]);
});

test("rows that do not pass the filter get no bars", () => {
  const store = storeOf({ state: [0], started: [NONE] });
  const bars = barsOf(store);

  change(store, 0, { state: 3, started: 3 });
  bars.update(store, Int32Array.of(0), 1, new Uint8Array(1));

  assert.equal(bars.n, 0);
});

test("with a lane a job all attempts of it share the lane", () => {
  const earlier = [[1, 0, 1, 3, 10, 0]];
  const bars = barsOf(storeOf({ state: [3, 3], started: [2, 9], earlier }), true);

  assert.equal(bars.lanes, 2);
  assert.deepEqual([...bars.row.subarray(0, 3)], [1, 0, 1]);
  assert.deepEqual([...bars.lane.subarray(0, 3)], [0, 1, 0]);
});

test("the heap gives the lane that was free first, and of several the lowest", () => {
  const heap = new LaneHeap();
  for (const [end, lane] of [[5, 3], [2, 9], [5, 1], [2, 4], [8, 0]]) {
    heap.push(end, lane);
  }

  assert.equal(heap.firstEnd(), 2);
  assert.deepEqual(Array.from({ length: 5 }, () => heap.pop()), [4, 9, 1, 3, 0]);
  assert.equal(heap.firstEnd(), Number.POSITIVE_INFINITY);
});

test("the density over all bins is the time that attempts took", () => {
  const store = storeOf({ state: [5, 6, 3], started: [0, 15, 30], running: [10, 25, 40], ended: [55, 35, NONE] });
  const bins = 7;
  const sums = density(barsOf(store), 0, 70, bins, 70);
  const totals = LAYERS.map((_, layer) => {
    let sum = 0;
    for (let bin = 0; bin < bins; bin++) {
      sum += sums[layerAt(layer, bins) + bin] * 10;
    }
    return Math.round(sum);
  });

  assert.equal(totals[LAYERS.indexOf(5)], 45);
  assert.equal(totals[LAYERS.indexOf(6)], 10);
  assert.equal(totals[LAYERS.indexOf(3)], 30);
  assert.equal(totals[LAYERS.indexOf(1)], 30);
  assert.equal(highest(sums, bins), 2.5);
});

test("a bar that begins and ends outside the window counts only inside it", () => {
  const store = storeOf({ state: [5], started: [0], running: [0], ended: [1000] });
  const sums = density(barsOf(store), 400, 500, 4, 1000);

  assert.deepEqual([...sums.subarray(layerAt(0, 4), layerAt(0, 4) + 4)], [1, 1, 1, 1]);
});

test("a point finds the bar that is drawn there", () => {
  const bars = barsOf(storeOf({ state: [5, 5], started: [0, 50], running: [0, 50], ended: [40, 90] }));
  const frame = { width: 300, height: 200, left: 100, top: 0, laneHeight: 20, span: { from: 0, to: 100 }, whole: { from: 0, to: 100 }, following: true };

  assert.equal(xOf(frame, 50), 200);
  assert.equal(timeAt(frame, 200), 50);
  assert.equal(bars.row[barAt(bars, frame, 120, TOP + 5, 100)], 0);
  assert.equal(bars.row[barAt(bars, frame, 240, TOP + 5, 100)], 1);
  assert.equal(barAt(bars, frame, 190, TOP + 5, 100), -1);
  assert.equal(countIn(bars, frame, 100, 10), 2);
  assert.equal(countIn(bars, { ...frame, span: { from: 45, to: 100 } }, 100, 10), 1);
});

test("marks stand on round times and not closer than asked", () => {
  assert.deepEqual(ticks(0, 60_000, 660).at, [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  assert.deepEqual([tickText(4500, 500), tickText(750_000, 30_000), tickText(3_900_000, 60_000)], ["4.5 s", "12:30", "1:05:00"]);
});

test("zooming keeps what is under the pointer, and stays within the run", () => {
  const whole = { from: 0, to: 1000 };
  const near = zoom(whole, 0.5, 300, whole);

  assert.deepEqual(near, { from: 150, to: 650 });
  assert.deepEqual(zoom(near, 100, 300, whole), whole);
  assert.deepEqual(clampSpan({ from: 900, to: 1100 }, whole), { from: 800, to: 1000 });
});
