import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Live } from "../../main/web/run/live.js";
import { RunStore } from "../../main/web/run/store.js";
import { snapshotOf } from "./snapshots.mjs";

/** The streams that were opened, in order. */
let streams;
let snapshots;
/** What snapshots say of the run. */
let head;

class FakeEventSource extends EventTarget {
  static CLOSED = 2;

  constructor(path) {
    super();
    this.path = path;
    this.open = true;
    streams.push(this);
  }

  close() {
    this.open = false;
  }

  tell(type, data) {
    this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(data) }));
  }
}

beforeEach(() => {
  streams = [];
  snapshots = 0;
  head = {};
  globalThis.window = globalThis;
  globalThis.addEventListener = () => {};
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  globalThis.EventSource = FakeEventSource;
  globalThis.fetch = async () => {
    snapshots++;
    return new Response(snapshotOf({ rules: ["a"], state: [0, 0], head, seq: `snapshot ${snapshots}` }));
  };
});

async function opened(t) {
  const leave = new AbortController();
  t.after(() => leave.abort());
  const links = [];
  const store = new RunStore(() => {});
  await new Live("r", store, leave.signal, (link) => links.push(link), () => {}).open();
  return { store, links };
}

async function until(holds) {
  for (let i = 0; !holds(); i++) {
    assert.ok(i < 300, `${holds} does not come true`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function delta(rows, seq) {
  const nothing = rows.map(() => null);
  return { seq, rows, state: rows.map(() => 5), executor: rows, attempts: rows, started: nothing, running: nothing, ended: nothing, now: 0 };
}

test("a stream that is cut goes on behind the last delta, without a new snapshot", async (t) => {
  const { store, links } = await opened(t);
  assert.match(streams[0].path, /after=snapshot%201$/);
  streams[0].tell("delta", delta([1], "delta 7"));

  streams[0].onerror();
  await until(() => streams.length === 2);
  streams[1].onopen();

  assert.match(streams[1].path, /after=delta%207$/);
  assert.equal(streams[0].open, false);
  assert.equal(snapshots, 1);
  assert.equal(store.counts[5], 1);
  assert.deepEqual(links, ["waiting", "live"]);
});

test("a reset brings a new snapshot, and the stream goes on from there", async (t) => {
  await opened(t);

  streams[0].tell("reset", {});
  await until(() => streams.length === 2);

  assert.equal(snapshots, 2);
  assert.match(streams[1].path, /after=snapshot%202$/);
  assert.equal(streams[0].open, false);
});

test("rows that nobody told of bring a new snapshot", async (t) => {
  await opened(t);

  streams[0].tell("delta", delta([2], "delta 8"));
  await until(() => streams.length === 2);

  assert.equal(snapshots, 2);
});

test("a run that has ended is followed again once it is resumed", async (t) => {
  head = { state: "failed" };
  const { links } = await opened(t);

  streams[0].tell("end", {});
  assert.match(streams[1].path, /\/events$/);
  streams[1].tell("run", { run: "another", state: "running" });
  streams[1].tell("run", { run: "r", state: "failed" });
  assert.equal(snapshots, 1);
  streams[1].tell("run", { run: "r", state: "planning" });
  await until(() => streams.length === 3);

  assert.equal(snapshots, 2);
  assert.match(streams[2].path, /r\/events\?after=snapshot%202$/);
  assert.deepEqual(links, ["ended"]);
});

test("a resume that was over before it was told of is seen, and only once", async (t) => {
  head = { state: "failed", ended: "2026-01-01T00:00:00.000Z" };
  await opened(t);

  streams[0].tell("end", {});
  streams[1].tell("run", { run: "r", state: "failed", ended: "2026-01-01T00:00:00Z" });
  assert.equal(snapshots, 1);
  const row = { run: "r", state: "failed", ended: "2026-01-01T00:00:07Z" };
  streams[1].tell("run", row);
  await until(() => streams.length === 3);
  assert.equal(snapshots, 2);

  streams[2].tell("end", {});
  streams[3].tell("run", row);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(snapshots, 2);
});
