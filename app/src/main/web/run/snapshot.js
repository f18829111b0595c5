// The binary snapshot of a run: header and columns, little endian. Pure.

/** A time that is not there. */
export const NONE = 0xffffffff;

/**
 * @typedef {object} Head
 * @property {string} run
 * @property {string | null} name
 * @property {string | null} owner
 * @property {string} state
 * @property {number} done
 * @property {number} total
 * @property {number} failures
 * @property {number} retries
 * @property {number} running
 * @property {number} queued
 * @property {string | number | null} started
 * @property {string | number | null} ended
 * @property {boolean | string | null} stopping
 * @property {number} warned
 * @property {{row: number | null, job: string, title: string, failure: string | null, attempt: number | null}[]} failed
 * @property {string | null} [diagnosis]
 */

/** @typedef {[row: number, started: number | null, running: number | null, ended: number | null, state: number, executor: number]} Earlier */

/**
 * @typedef {object} Header
 * @property {string} seq
 * @property {number} rows
 * @property {number} base
 * @property {number} now
 * @property {number} plan
 * @property {string[]} rules
 * @property {string[]} executors
 * @property {string[]} states
 * @property {Earlier[]} earlier
 * @property {Head} head
 */

/**
 * @typedef {object} Columns
 * @property {Uint8Array} state
 * @property {Uint8Array} executor
 * @property {Uint8Array} attempts
 * @property {Uint16Array} rule
 * @property {Uint32Array} started
 * @property {Uint32Array} running
 * @property {Uint32Array} ended
 */

/**
 * @typedef {object} Delta
 * @property {string} seq
 * @property {number[]} rows
 * @property {number[]} state
 * @property {number[]} executor
 * @property {number[]} attempts
 * @property {(number | null)[]} started
 * @property {(number | null)[]} running
 * @property {(number | null)[]} ended
 * @property {number} [size] how many rows there are now, where rows came behind those there were
 * @property {number[]} [rule] with `size`: the rule of each of `rows`
 * @property {Earlier[]} [earlier] all earlier attempts of the rows, in place of those told before
 * @property {string[]} [executors]
 * @property {Head} head
 * @property {number} now
 */

const MAGIC = 0x31554c53;

/**
 * Reads a snapshot without copying the columns.
 *
 * @param {ArrayBuffer} buffer
 * @returns {{header: Header, columns: Columns}}
 */
export function readSnapshot(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength < 8 || view.getUint32(0, true) !== MAGIC) {
    throw new Error("The server's snapshot is of a form that this page does not know; load the page again.");
  }
  const length = view.getUint32(4, true);
  /** @type {Header} */
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const n = header.rows;
  let at = 8 + length;
  /** @param {number} width @returns {number} where this column begins */
  const column = (width) => {
    const begin = at;
    at += (n * width + 3) & ~3;
    return begin;
  };
  const columns = {
    state: new Uint8Array(buffer, column(1), n),
    executor: new Uint8Array(buffer, column(1), n),
    attempts: new Uint8Array(buffer, column(1), n),
    rule: new Uint16Array(buffer, column(2), n),
    started: new Uint32Array(buffer, column(4), n),
    running: new Uint32Array(buffer, column(4), n),
    ended: new Uint32Array(buffer, column(4), n),
  };
  return { header, columns };
}

/** @param {number | null | undefined} time as a delta says it @returns {number} as a column holds it */
export function timeOf(time) {
  return time === null || time === undefined || time < 0 ? NONE : time;
}

/**
 * The same columns with room for more rows, which are removed ones until a delta says what they are.
 *
 * @param {Columns} columns
 * @param {number} size
 * @param {number} removed the code of that state
 * @returns {Columns}
 */
export function grown(columns, size, removed) {
  const n = columns.state.length;
  const wider = {
    state: new Uint8Array(size).fill(removed, n),
    executor: new Uint8Array(size),
    attempts: new Uint8Array(size),
    rule: new Uint16Array(size),
    started: new Uint32Array(size).fill(NONE, n),
    running: new Uint32Array(size).fill(NONE, n),
    ended: new Uint32Array(size).fill(NONE, n),
  };
  wider.state.set(columns.state);
  wider.executor.set(columns.executor);
  wider.attempts.set(columns.attempts);
  wider.rule.set(columns.rule);
  wider.started.set(columns.started);
  wider.running.set(columns.running);
  wider.ended.set(columns.ended);
  return wider;
}
