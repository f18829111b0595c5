import assert from "node:assert/strict";
import test from "node:test";

import { join, split } from "../../main/web/shellwords.js";

test("words are split as a shell splits them", () => {
  assert.deepEqual(split("-c 4  --config a='b c' \"d \\\"e\\\"\" f\\ g ''"), {
    words: ["-c", "4", "--config", "a=b c", 'd "e"', "f g", ""],
    problem: "",
  });
});

test("nothing is expanded", () => {
  assert.deepEqual(split("$HOME *.txt `x`").words, ["$HOME", "*.txt", "`x`"]);
});

test("a quote that is not closed is told", () => {
  assert.match(split("a 'b").problem, /not closed/);
  assert.match(split("a \\").problem, /backslash/);
});

test("words that were joined split into the same words", () => {
  const words = ["-c", "4", "it's", "a b", "", '"', "$x", "\\", "ä=1"];
  assert.deepEqual(split(join(words)).words, words);
});
