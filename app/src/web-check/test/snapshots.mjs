// Snapshots as a server writes them, for tests.

const NONE = 0xffffffff;

export function snapshotOf({ rules, state, rule, attempts, executor, started, running, ended, earlier = [], head = {}, seq = "1" }) {
  const n = state.length;
  const header = {
    seq,
    rows: n,
    base: 1_000_000,
    now: 1_000_000,
    plan: 1,
    rules,
    executors: ["local"],
    states: [],
    earlier,
    head: { run: "r", state: "running", done: 0, total: n, failures: 0, failed: [], ...head },
  };
  let json = JSON.stringify(header);
  json += " ".repeat((4 - (Buffer.byteLength(json) % 4)) % 4);
  const lead = Buffer.alloc(8);
  lead.write("SLU1");
  lead.writeUInt32LE(Buffer.byteLength(json), 4);
  const zeros = new Array(n).fill(0);
  const nones = new Array(n).fill(NONE);
  const columns = [
    Uint8Array.from(state),
    Uint8Array.from(executor ?? zeros),
    Uint8Array.from(attempts ?? zeros),
    Uint16Array.from(rule ?? zeros),
    Uint32Array.from(started ?? nones),
    Uint32Array.from(running ?? nones),
    Uint32Array.from(ended ?? nones),
  ].map(padded);
  const whole = Buffer.concat([lead, Buffer.from(json), ...columns]);
  return whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.byteLength);
}

function padded(column) {
  const bytes = Buffer.from(column.buffer);
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
