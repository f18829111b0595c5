import assert from "node:assert/strict";
import { test } from "node:test";
import { readSnapshot } from "../../main/web/run/snapshot.js";
import { RunStore } from "../../main/web/run/store.js";
import { snapshotOf } from "./snapshots.mjs";

const ONLY = new AbortController().signal;

function loaded(ticks, shape) {
  const store = new RunStore((callback) => ticks.push(callback));
  const { header, columns } = readSnapshot(snapshotOf(shape));
  store.load(header, columns, 1_000_000);
  return store;
}

function delta(rows, states, more = {}) {
  const blank = rows.map(() => null);
  return {
    seq: "2",
    rows,
    state: states,
    executor: rows.map(() => 0),
    attempts: rows.map(() => 1),
    started: rows.map(() => 7),
    running: blank,
    ended: blank,
    now: 1_000_500,
    ...more,
  };
}

test("counts by state and by rule follow deltas exactly", () => {
  const store = loaded([], { rules: ["a", "b"], state: [0, 0, 0, 5], rule: [0, 0, 1, 1] });

  store.apply(delta([0, 2], [3, 6]));
  store.apply(delta([0], [5]));

  assert.equal(store.counts[0], 1);
  assert.equal(store.counts[3], 0);
  assert.equal(store.counts[5], 2);
  assert.equal(store.counts[6], 1);
  assert.equal(store.countOf(0, 5), 1);
  assert.equal(store.countOf(1, 6), 1);
  assert.equal(store.totalOf(0), 2);
  assert.equal(store.seq, "2");
});

test("a frame tells each changed row once, however many deltas came", () => {
  const ticks = [];
  const store = loaded(ticks, { rules: ["a"], state: [0, 0, 0] });
  ticks.shift()();
  const told = [];
  store.subscribe((_, change) => told.push({ all: change.all, rows: [...change.rows.subarray(0, change.n)] }), ONLY);

  store.apply(delta([1, 2], [1, 1]));
  store.apply(delta([1], [3]));
  assert.equal(ticks.length, 1);
  ticks.shift()();
  store.apply(delta([1], [5]));
  ticks.shift()();

  assert.deepEqual(told, [
    { all: false, rows: [1, 2] },
    { all: false, rows: [1] },
  ]);
});

test("a delta about rows that are not known asks for a snapshot", () => {
  const store = loaded([], { rules: ["a"], state: [0] });

  assert.equal(store.apply(delta([1], [5])), false);
});

test("with a row all its earlier attempts come in place of those told before", () => {
  const store = loaded([], { rules: ["a"], state: [1, 1], earlier: [[0, 5, 6, null, 3, 0], [1, 1, 2, 3, 10, 0]] });

  store.apply(delta([0], [1], { earlier: [[0, 5, 6, 9, 10, 0], [0, 20, null, 22, 10, 0]] }));

  assert.deepEqual(
    store.earlier.get(0).map(({ started, ended, state }) => [started, ended, state]),
    [
      [5, 9, 10],
      [20, 22, 10],
    ],
  );
  assert.equal(store.earlier.get(1).length, 1);
});

test("rows that a checkpoint brought are taken on without a snapshot", () => {
  const store = loaded([], { rules: ["a", "b"], state: [5], rule: [0] });

  assert.equal(store.apply(delta([0, 1, 2], [5, 0, 3], { size: 3, rule: [0, 1, 1] })), true);

  assert.equal(store.rows, 3);
  assert.deepEqual([...store.columns.state], [5, 0, 3]);
  assert.deepEqual([...store.columns.rule], [0, 1, 1]);
  assert.equal(store.counts[11], 0);
  assert.equal(store.countOf(1, 3), 1);
  assert.equal(store.totalOf(1), 2);
  assert.equal(store.change.all, true);
});

test("rows of a rule that is not known ask for a snapshot", () => {
  const store = loaded([], { rules: ["a"], state: [5] });

  assert.equal(store.apply(delta([1], [0], { size: 2, rule: [1] })), false);
});

test("removed jobs do not count to a rule's total", () => {
  const store = loaded([], { rules: ["a"], state: [0, 11, 5] });

  assert.equal(store.totalOf(0), 2);
});
