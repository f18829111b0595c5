import assert from "node:assert/strict";
import { test } from "node:test";
import { NONE, readSnapshot, timeOf } from "../../main/web/run/snapshot.js";
import { snapshotOf } from "./snapshots.mjs";

test("the columns of a snapshot are read where padding puts them", () => {
  const buffer = snapshotOf({
    rules: ["a", "b"],
    state: [0, 5, 6],
    rule: [0, 1, 1],
    attempts: [0, 1, 2],
    started: [NONE, 10, 20],
    ended: [NONE, 30, 4_000_000_000],
  });

  const { header, columns } = readSnapshot(buffer);

  assert.equal(header.rows, 3);
  assert.deepEqual([...columns.state], [0, 5, 6]);
  assert.deepEqual([...columns.attempts], [0, 1, 2]);
  assert.deepEqual([...columns.rule], [0, 1, 1]);
  assert.deepEqual([...columns.started], [NONE, 10, 20]);
  assert.deepEqual([...columns.ended], [NONE, 30, 4_000_000_000]);
});

test("what is no snapshot is refused in words", () => {
  assert.throws(() => readSnapshot(new ArrayBuffer(4)), /does not know/);
  assert.throws(() => readSnapshot(new TextEncoder().encode("<html>...").buffer), /does not know/);
});

test("an absent time of a delta is the NONE of the columns", () => {
  assert.equal(timeOf(null), NONE);
  assert.equal(timeOf(-1), NONE);
  assert.equal(timeOf(NONE), NONE);
  assert.equal(timeOf(0), 0);
});
