import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, bytes, clock, count, counted, duration, percent, wildcardText } from "../../main/web/format.js";
import { doneOf, path, shorten } from "../../main/web/run/graphsvg.js";
import { blend, cellAt, layOut } from "../../main/web/run/grid.js";
import { lastLines } from "../../main/web/run/lastlines.js";
import { spans } from "../../main/web/run/spans.js";
import { codeOf, pixel, STATES, stateWord } from "../../main/web/states.js";

test("durations have two units at most", () => {
  assert.deepEqual(
    [0, 420, 9400, 59_960, 83_000, 3_600_000, 90_061_000].map(duration),
    ["0 ms", "420 ms", "9.4 s", "1 min", "1 min 23 s", "1 h", "1 d 1 h"],
  );
  assert.equal(duration(null), "–");
});

test("counts, sizes and shares read as people write them", () => {
  assert.equal(count(1234567), "1,234,567");
  assert.equal(counted(1, "job"), "1 job");
  assert.equal(counted(2, "job"), "2 jobs");
  assert.deepEqual([999, 1000, 184_223, 1_500_000_000].map(bytes), ["999 B", "1.0 kB", "184 kB", "1.5 GB"]);
  assert.equal(percent(99_999, 100_000), "99 %");
  assert.equal(percent(5, 5), "100 %");
  assert.equal(ago(1000, 2000), "just now");
  assert.equal(ago(0, 200_000), "3 min ago");
  assert.equal(clock(null), "–");
  assert.equal(wildcardText({ sample: "A", lane: "1" }), "sample=A, lane=1");
});

test("all cells of the overview fit where they can, as large as can be", () => {
  const few = layOut(100, 1000, 500, 1);
  const many = layOut(100_000, 1300, 600, 1);

  assert.equal(few.cell, 14);
  assert.ok(many.across * many.lines >= 100_000 && many.height <= 600 && many.width <= 1300);
  assert.equal(layOut(1_000_000, 100, 100, 1).cell, 2);
});

test("the cell under a point is the one drawn there", () => {
  const grid = layOut(100, 140, 500, 1);

  assert.equal(grid.across, 10);
  assert.equal(cellAt(grid, 3, 3, 100), 0);
  assert.equal(cellAt(grid, 139, 15, 100), 19);
  assert.equal(cellAt(grid, 139, 15, 19), -1);
  assert.equal(cellAt(grid, 141, 1, 100), -1);
});

test("colours are pixels in the order of ImageData", () => {
  assert.equal(pixel("#112233"), 0xff332211);
  assert.equal(blend(0xff0000ff, 0xff000000, 0.5), 0xff000080);
});

test("rows to fetch are put together into few requests", () => {
  assert.deepEqual(spans([1, 2, 3, 50, 500], 60, 200), [[1, 50], [500, 500]]);
  assert.deepEqual(spans([0, 150, 299], 200, 200), [[0, 150], [299, 299]]);
  assert.deepEqual(spans([], 60, 200), []);
});

test("the end of a log is what a terminal would show", () => {
  assert.equal(lastLines("a\nb\nc\n\n", 2), "b\nc");
  assert.equal(lastLines("1 %\r50 %\r100 %\n\u001b[31mred\u001b[0m\r\n", 9), "100 %\nred");
});

test("edges go through all their points", () => {
  assert.equal(path([[0, 0], [0, 10]]), "M0 0L0 10");
  assert.equal(path([[0, 0], [0, 20], [20, 20]]), "M0 0L0 14Q0 20 6 20L20 20");
  assert.equal(path([]), "");
  assert.equal(shorten("abcdefghijklmnop", 60), "abcdefg…");
});

test("states have the codes of the snapshot, and words", () => {
  assert.equal(STATES.length, 12);
  assert.equal(codeOf("failed"), 6);
  assert.equal(codeOf("started"), 1);
  assert.equal(stateWord(0, true), "not run");
  assert.equal(stateWord(0), "waiting");
});

test("counts of a rule are made short where there is no room, and never say too much", () => {
  assert.equal(doneOf(14_949, 15_000, 20), "14,949 / 15,000");
  assert.equal(doneOf(14_999, 15_000, 12), "14.9k / 15k");
  assert.equal(doneOf(999, 120_400, 9), "999 / 120k");
  assert.equal(doneOf(999_999, 1_000_000, 9), "999k / 1M");
});
