import assert from "node:assert/strict";
import test from "node:test";

import { chunk, cut, hitsIn, lineStarts, looksLikeError, pieces, plain, splitLines } from "../../main/web/logtext.js";

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

test("a window in the middle of a log is cut to whole lines and says where they stand", () => {
  const window = cut(bytes("ken\none\ntwo\nbro"), 1000, false, false);
  assert.deepEqual(window, { start: 1004, end: 1012, lines: ["one", "two"] });
});

test("the first window keeps its first line and the last window its last", () => {
  assert.deepEqual(cut(bytes("one\ntwo"), 0, true, true), { start: 0, end: 7, lines: ["one", "two"] });
});

test("a window without any line end is kept, so that reading goes on", () => {
  const window = cut(bytes("x".repeat(100)), 50, false, false);
  assert.deepEqual([window.start, window.end, window.lines.length], [50, 150, 1]);
});

test("a window without a line end is not cut within a character", () => {
  const all = bytes("aé€😀é€😀b");
  for (let from = 0; from < all.length; from++) {
    for (let to = from + 8; to <= all.length; to++) {
      const window = cut(all.subarray(from, to), from, from === 0, to === all.length);
      assert.ok(!window.lines.join("").includes("\ufffd"), `${from} to ${to}: ${window.lines}`);
      assert.ok(window.end > window.start);
    }
  }
});

test("windows put together are the log, each byte once", () => {
  const log = Array.from({ length: 500 }, (_, i) => `line ${i} é ${"x".repeat((i * 7) % 90)}`).join("\n");
  const all = bytes(log);
  const lines = [];
  let at = 0;
  while (at < all.length) {
    const to = Math.min(all.length, at + 333);
    const window = cut(all.subarray(at, to), at, true, to === all.length);
    lines.push(...window.lines);
    at = window.end;
  }
  assert.equal(lines.join("\n"), log);
});

test("a line end at the end begins no further line, an empty line counts", () => {
  assert.deepEqual(splitLines("a\n\nb\n"), ["a", "", "b"]);
  assert.deepEqual(splitLines(""), []);
});

test("the places of lines are bytes, not characters", () => {
  assert.deepEqual(lineStarts(chunk(bytes("aé\n😀\nx"), 10)), [10, 14, 19]);
});

test("what a carriage return overwrote is gone", () => {
  assert.equal(plain("\r 10 %\r 50 %\r100 %"), "100 %");
  assert.equal(plain("windows line\r"), "windows line");
});

test("escape sequences are taken out, colours are kept as names of classes", () => {
  const line = "\u001b[1;31merror\u001b[0m in \u001b]0;title\u0007\u001b[38;5;123mfile\u001b[K";
  assert.equal(plain(line), "error in file");
  assert.deepEqual(
    pieces(line).map(({ text, style }) => [text, style]),
    [["error", "ansi-red ansi-bold"], [" in ", ""], ["file", ""]],
  );
});

test("characters that turn the direction of text are not shown", () => {
  assert.equal(pieces("safe\u202egpj.exe")[0]?.text, "safegpj.exe");
});

test("hits are marked over the borders of colours", () => {
  const found = pieces("a \u001b[31mFo\u001b[0mo b foo", "foo");
  assert.equal(found.map((each) => each.text).join(""), "a Foo b foo");
  assert.equal(found.filter((each) => each.hit).map((each) => each.text).join("|"), "Fo|o|foo");
  assert.equal(found.find((each) => each.text === "Fo")?.style, "ansi-red");
});

test("hits do not overlap and places stay right where lower case is longer", () => {
  assert.deepEqual(hitsIn("aaaa", "AA"), [0, 2]);
  assert.deepEqual(hitsIn("İİ error", "error"), [3]);
});

test("a line of a megabyte is shown in part and says so", () => {
  const found = pieces("x".repeat(1_000_000));
  assert.ok(found.reduce((sum, each) => sum + each.text.length, 0) < 9000);
  assert.match(found.at(-1)?.text ?? "", /992000 more characters/);
});

test("what tools say of errors is found, and what says that there are none is not", () => {
  for (const line of [
    "Traceback (most recent call last):",
    "ValueError: no such thing",
    "[E::hts_open_format] fatal: cannot open",
    "java.lang.OutOfMemoryError: heap",
    "bash: line 1: frobnicate: command not found",
    "Segmentation fault (core dumped)",
    "ERROR 12:00 out of luck",
  ]) {
    assert.ok(looksLikeError(line), line);
  }
  for (const line of ["0 errors", "finished without errors", "errors: 0", "terror", "mirror of the site"]) {
    assert.ok(!looksLikeError(line), line);
  }
});
