import assert from "node:assert/strict";
import test from "node:test";

// The modules of the page listen to the document once they are loaded.
globalThis.document = /** @type {any} */ ({ addEventListener() {} });
const { findIn, ORDERS, sortRows } = await import("../../main/web/report/context.js");

const NONE = 0xffffffff;

const store = /** @type {any} */ ({
  rows: 4,
  rules: ["align", "sort"],
  columns: {
    state: Uint8Array.of(5, 6, 0, 5),
    attempts: Uint8Array.of(1, 3, 0, 1),
    rule: Uint16Array.of(0, 0, 1, 1),
    started: Uint32Array.of(0, 10, NONE, 5),
    running: Uint32Array.of(5, 20, NONE, 6),
    ended: Uint32Array.of(100, 30, NONE, 300),
  },
});

test("rows are sorted and equal ones keep the plan's order", () => {
  /** @type {Record<string, number[]>} */
  const expected = {
    plan: [0, 1, 2, 3],
    failed: [1, 0, 2, 3],
    longest: [3, 0, 1, 2],
    queued: [1, 0, 3, 2],
    started: [0, 3, 1, 2],
    ended: [1, 0, 3, 2],
    attempts: [1, 0, 3, 2],
  };
  for (const order of Object.keys(ORDERS)) {
    const rows = Int32Array.of(0, 1, 2, 3);
    sortRows(rows, 4, store, order);
    assert.deepEqual([...rows], expected[order], order);
  }
});

test("only the rows that pass the filter are sorted", () => {
  const rows = Int32Array.of(0, 3, -1, -1);
  sortRows(rows, 2, store, "longest");
  assert.deepEqual([...rows], [3, 0, -1, -1]);
});

test("a job is found by wildcard, output, rule and the beginning of its key", () => {
  const jobs = {
    keys: ["aaa1", "bbb2", "ccc3", "ddd4"],
    wildcards: [{ sample: "A" }, { sample: "Beta" }, {}],
    outputs: [["out/A.bam"], ["out/B.bam"]],
    failures: {},
  };
  const found = (/** @type {string} */ q) => [...findIn(q, store, jobs).hits].map((hit, row) => (hit ? row : -1)).filter((row) => row >= 0);
  assert.deepEqual(found("BETA"), [1]);
  assert.deepEqual(found("out/"), [0, 1]);
  assert.deepEqual(found("sort"), [2, 3]);
  assert.deepEqual(found("ddd"), [3]);
  assert.equal(findIn("nothing", store, jobs).n, 0);
});
