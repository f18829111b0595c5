import assert from "node:assert/strict";
import test from "node:test";

import { LogFile, LogSearch, lastError } from "../../main/web/logfile.js";
import { chunk } from "../../main/web/logtext.js";

/** A server that has this log, and counts what it was asked for. @param {string} text */
function served(text) {
  const all = new TextEncoder().encode(text);
  const asked = { bytes: 0, most: 0 };
  const ask = async (/** @type {string} */ query) => {
    const values = new URLSearchParams(query);
    const tail = values.get("tail");
    let offset = tail ? Math.max(0, all.length - Number(tail)) : Number(values.get("offset"));
    while (offset > 0 && (all[offset] & 0xc0) === 0x80) {
      offset--;
    }
    const part = all.slice(offset, offset + Number(tail ?? values.get("limit")));
    asked.bytes += part.length;
    asked.most = Math.max(asked.most, part.length);
    return new Response(part, {
      headers: {
        "Sluice-Log-Offset": String(offset),
        "Sluice-Log-Next": String(offset + part.length),
        "Sluice-Log-Size": String(all.length),
      },
    });
  };
  return { file: new LogFile(ask), asked, all };
}

const signal = new AbortController().signal;
const long = Array.from({ length: 200_000 }, (_, i) => `line ${i} of the log`).join("\n") + "\n";

test("a long log is opened at its end and costs a window only", async () => {
  const { file, asked } = served(long);
  const end = await file.tail();
  assert.equal(end.lines.at(-1), "line 199999 of the log");
  assert.equal(end.end, file.size);
  assert.ok(asked.bytes <= 65_536);
});

test("windows upwards meet without gap or overlap", async () => {
  const { file, all } = served(long);
  const end = await file.tail();
  const above = await file.before(end.start);
  assert.equal(above.end, end.start);
  const lines = [...above.lines, ...end.lines];
  assert.equal(lines.join("\n") + "\n", new TextDecoder().decode(all.subarray(above.start)));
});

test("windows meet where they begin within a character", async () => {
  for (let extra = 0; extra < 8; extra++) {
    const { file, all } = served("x".repeat(extra) + `${"😀é".repeat(20)}\n`.repeat(3000));
    let chunk = await file.tail();
    let text = chunk.lines.join("\n") + "\n";
    while (chunk.start > 0) {
      const above = await file.before(chunk.start);
      assert.equal(above.end, chunk.start);
      text = above.lines.join("\n") + "\n" + text;
      chunk = above;
    }
    assert.equal(text, new TextDecoder().decode(all));
  }
});

test("a search finds every line, tells how many, and never asks for more than a window", async () => {
  const { file, asked, all } = served(long);
  await file.tail();
  const search = new LogSearch(file, "LINE 1999", () => {});
  await search.run(signal);
  assert.equal(search.hits.length, 1 + 10 + 100);
  for (const at of search.hits) {
    assert.match(new TextDecoder().decode(all.subarray(at, at + 9)), /^line 1999/);
  }
  assert.ok(asked.most <= (1 << 20) + 3);
});

test("more hits than can be kept are told as more", async () => {
  const { file } = served(long);
  const search = new LogSearch(file, "line", () => {});
  await search.run(signal);
  assert.equal(search.hits.length, 10_000);
  assert.ok(search.full);
});

test("the nearest hit lies behind the place, or before it when one goes back", async () => {
  const { file } = served("x\nhit\nx\nhit\nx\n");
  const search = new LogSearch(file, "hit", () => {});
  await search.run(signal);
  assert.deepEqual(search.hits, [2, 8]);
  assert.equal(search.nearest(3, 1), 1);
  assert.equal(search.nearest(3, -1), 0);
  assert.equal(search.nearest(9, 1), 0);
});

test("who wants the next hit waits until it is found, and no longer than the search", async () => {
  const { file } = served(`hit\n${"miss\n".repeat(400_000)}hit\n`);
  const search = new LogSearch(file, "hit", () => {});
  const searching = search.run(signal);
  await search.beyond(0);
  assert.ok(search.hits.length >= 1);
  await search.beyond(1);
  assert.equal(search.hits.length, 2);
  await search.beyond(2);
  assert.ok(search.done);
  await searching;
});

test("the last error is found far before the end", async () => {
  const { file, all } = served(`ValueError: first\n${"fine\n".repeat(10)}KeyError: second\n${"shutting down\n".repeat(200_000)}`);
  await file.tail();
  const at = await lastError(file, signal);
  assert.equal(new TextDecoder().decode(all.subarray(at, at + 16)), "KeyError: second");
});

test("a log without an error has none", async () => {
  const { file } = served(long);
  assert.equal(await lastError(file, signal), -1);
});

test("an empty log is read", async () => {
  const { file } = served("");
  assert.deepEqual(await file.tail(), { start: 0, end: 0, lines: [] });
  assert.equal(await lastError(file, signal), -1);
});

test("what comes goes on with an unfinished line", () => {
  const file = new LogFile(async () => new Response());
  let last = chunk(new TextEncoder().encode("one\ntw"), 0);
  last = file.append(last, { offset: 6, next: 14, text: "o\nthrée".slice(0, 6) + "e" });
  assert.deepEqual(last.lines, ["one", "two", "thrée"]);
  last = file.append(last, { offset: 14, next: 15, text: "\n" });
  assert.deepEqual(last.lines, ["one", "two", "thrée"]);
});

test("a chunk that is long enough is not made longer", () => {
  const file = new LogFile(async () => new Response());
  const last = chunk(new TextEncoder().encode("x".repeat(99) + "\n" + ("y".repeat(99) + "\n").repeat(700)), 0);
  const next = file.append(last, { offset: last.end, next: last.end + 2, text: "z\n" });
  assert.deepEqual(next, { start: last.end, end: last.end + 2, lines: ["z"] });
});
