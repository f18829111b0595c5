import assert from "node:assert/strict";
import test from "node:test";

import { used } from "../../main/web/jobuse.js";
import { byRule } from "../../main/web/plansum.js";
import { belongs, merged } from "../../main/web/runlist.js";

const row = (/** @type {string} */ run, more = {}) => ({ run, state: "running", done: 0, total: 1, failures: 0, ...more });

test("rows that come later replace and the newest run stands first", () => {
  const found = merged([row("20260102-1"), row("20260101-1")], [row("20260103-1"), row("20260101-1", { done: 1 })]);
  assert.deepEqual(found.map(({ run, done }) => [run, done]), [["20260103-1", 0], ["20260102-1", 0], ["20260101-1", 1]]);
});

test("a row that was told belongs to the list only when the filter lets it", () => {
  const mine = row("20260101-1", { name: "Fit of Lambda", owner: "ana" });
  const asked = { q: "", state: "", owner: "" };
  assert.ok(belongs(mine, asked));
  assert.ok(belongs(mine, { ...asked, q: "LAMBDA", owner: "ana", state: "running" }));
  assert.ok(!belongs(mine, { ...asked, state: "failed" }));
  assert.ok(!belongs(mine, { ...asked, owner: "an" }));
  assert.ok(!belongs(mine, { ...asked, q: "20260102" }));
});

test("processors used are time over time, against threads", () => {
  const { cpu, memory } = used({ threads: 4, resources: { mem_mb: 1000 }, cpu_seconds: 30, max_rss_bytes: 5e8, duration_seconds: 10 });
  assert.deepEqual([cpu.used, cpu.asked, cpu.text(2.96)], [3, 4, "3"]);
  assert.deepEqual([memory.used, memory.asked], [5e8, 1e9]);
});

test("what was not measured is not shown as nothing", () => {
  const { cpu, memory } = used({ threads: 1, resources: {}, cpu_seconds: null, max_rss_bytes: null, duration_seconds: 0 });
  assert.deepEqual([cpu.used, memory.used, memory.asked], [null, null, null]);
});

test("a plan is summed by rule in its order", () => {
  const jobs = [
    { rule: "sort", threads: 1, reason: "missing" },
    { rule: "all", threads: 1, reason: "input" },
    { rule: "sort", threads: 3, reason: "changed" },
  ];
  assert.deepEqual(byRule(jobs), [
    { rule: "sort", jobs: 2, threads: 3, reason: "missing" },
    { rule: "all", jobs: 1, threads: 1, reason: "input" },
  ]);
});
