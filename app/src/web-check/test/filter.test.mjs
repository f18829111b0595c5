import assert from "node:assert/strict";
import { test } from "node:test";
import { matchRows, readAddress, writeAddress } from "../../main/web/run/filter.js";

const STORE = {
  rows: 5,
  rules: ["a", "b"],
  columns: { state: Uint8Array.from([0, 5, 6, 6, 11]), rule: Uint16Array.from([0, 0, 0, 1, 1]) },
};

function matched(filter, hits = null) {
  const into = new Int32Array(5);
  return [...into.subarray(0, matchRows({ states: 0, rule: "", q: "", ...filter }, STORE, hits, into))];
}

test("an address that is written reads as it was", () => {
  const query = "?state=running,failed&rule=align&q=S1&view=gantt&job=align%3A7&around=2";
  const address = readAddress(query);

  assert.deepEqual(readAddress(`?${new URLSearchParams(writeAddress(address))}`), address);
  assert.equal(address.filter.states, (1 << 3) | (1 << 6));
  assert.equal(address.view, "gantt");
});

test("what an address says wrongly is as if it were not there", () => {
  const address = readAddress("?state=nonsense&view=pie&around=many");

  assert.deepEqual(address, { filter: { states: 0, rule: "", q: "" }, view: "graph", job: "", around: 0 });
});

test("removed jobs are seen only when they are asked for", () => {
  assert.deepEqual(matched({}), [0, 1, 2, 3]);
  assert.deepEqual(matched({ states: 1 << 11 }), [4]);
});

test("state, rule and text must all fit", () => {
  assert.deepEqual(matched({ states: 1 << 6 }), [2, 3]);
  assert.deepEqual(matched({ states: 1 << 6, rule: "b" }), [3]);
  assert.deepEqual(matched({ q: "x" }, Uint8Array.from([1, 0, 1, 0, 1])), [0, 2]);
});

test("a rule that the plan does not have lets nothing pass", () => {
  assert.deepEqual(matched({ rule: "c" }), []);
});
