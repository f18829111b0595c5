// Reading a log of any size in windows: nothing here holds the whole of it, and nothing touches the page.

import { cut, hitsIn, lineStarts, looksLikeError, plain, splitLines } from "./logtext.js";

/** @typedef {import("./logtext.js").Chunk} Chunk */
/** @typedef {(query: string) => Promise<Response>} Ask */

/** Bytes of a window that is shown. */
export const WINDOW = 65_536;
/** Bytes that are asked for at once when a log is searched. */
const SCAN = 1 << 20;
/** Hits beyond these are not remembered. */
export const MOST_HITS = 10_000;
/** An error is looked for in so much of the end of a log. */
export const ERROR_REACH = 256 << 20;

/** A log on the server. */
export class LogFile {
  /** Bytes it had when it was last asked. */
  size = 0;

  /** @param {Ask} ask with a query such as `?offset=0&limit=65536` */
  constructor(ask) {
    this.ask = ask;
  }

  /** @returns {Promise<Chunk>} its end */
  async tail() {
    const { bytes, offset } = await this.#read(`?tail=${WINDOW}`);
    return cut(bytes, offset, offset === 0, true);
  }

  /** @param {number} offset where a line begins @param {number} [limit] @returns {Promise<Chunk>} */
  async from(offset, limit = WINDOW) {
    const { bytes, offset: start, next } = await this.#read(`?offset=${offset}&limit=${limit}`);
    return cut(bytes, start, true, next >= this.size);
  }

  /** @param {number} end where a line begins @param {number} [limit] @returns {Promise<Chunk>} what stands before it */
  async before(end, limit = WINDOW) {
    const from = Math.max(0, end - limit);
    // The server begins at a character, up to three bytes earlier, and gives as many bytes as before then.
    const { bytes, offset } = await this.#read(`?offset=${from}&limit=${end - from + 3}`);
    return cut(bytes.subarray(0, end - offset), offset, from === 0, true);
  }

  /** @param {number} offset where a line begins @returns {Promise<Chunk>} lines before and behind it */
  async around(offset) {
    const from = Math.max(0, offset - WINDOW / 2);
    const { bytes, offset: start, next } = await this.#read(`?offset=${from}&limit=${WINDOW}`);
    return cut(bytes, start, start === 0, next >= this.size);
  }

  /** @returns {Promise<Uint8Array<ArrayBuffer>[]>} all that is there now */
  async whole() {
    const parts = [];
    for (let at = 0; ; ) {
      const { bytes, next } = await this.#read(`?offset=${at}&limit=${SCAN}`);
      parts.push(bytes);
      if (next >= this.size || next <= at) {
        return parts;
      }
      at = next;
    }
  }

  /**
   * What was told behind a chunk: the chunk with it, or a chunk of its own once that is long enough.
   *
   * @param {Chunk | undefined} last
   * @param {{offset: number, next: number, text: string}} part
   * @returns {Chunk}
   */
  append(last, part) {
    if (last === undefined || last.lines.length === 0) {
      return { start: part.offset, end: part.next, lines: splitLines(part.text) };
    }
    const starts = lineStarts(last);
    const lastLine = last.lines[last.lines.length - 1];
    const closed = (starts[starts.length - 1] ?? 0) + new TextEncoder().encode(lastLine).length < last.end;
    if (closed && last.end - last.start >= WINDOW) {
      return { start: part.offset, end: part.next, lines: splitLines(part.text) };
    }
    const lines = closed ? [] : splitLines(lastLine + part.text);
    return {
      start: last.start,
      end: part.next,
      lines: closed ? [...last.lines, ...splitLines(part.text)] : [...last.lines.slice(0, -1), ...lines],
    };
  }

  /** @param {string} query */
  async #read(query) {
    const response = await this.ask(query);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const offset = Number(response.headers.get("Sluice-Log-Offset") ?? 0);
    const next = Number(response.headers.get("Sluice-Log-Next") ?? offset + bytes.length);
    this.size = Math.max(this.size, Number(response.headers.get("Sluice-Log-Size") ?? next));
    return { bytes, offset, next };
  }
}

/** Looks through a whole log, window by window, and keeps where lines with a hit begin. */
export class LogSearch {
  /** @type {number[]} bytes where the lines begin, in their order */
  hits = [];
  done = false;
  /** More than can be kept. */
  full = false;
  #stopped = false;
  /** @type {(() => void)[]} */
  #waiting = [];

  /** @param {LogFile} file @param {string} searched @param {() => void} told called as more is known */
  constructor(file, searched, told) {
    this.file = file;
    this.searched = searched;
    this.told = told;
  }

  /** @param {AbortSignal} signal */
  async run(signal) {
    try {
      let at = 0;
      while (!this.#stopped && !signal.aborted && !this.full) {
        const window = await this.file.from(at, SCAN);
        this.#look(window);
        if (window.end <= at || window.end >= this.file.size) {
          break;
        }
        at = window.end;
        this.#tell();
      }
    } finally {
      this.done = true;
      this.#tell();
    }
  }

  stop() {
    this.#stopped = true;
  }

  /** Until there are more hits than these, or no more to come. @param {number} n */
  async beyond(n) {
    while (!this.done && this.hits.length <= n) {
      await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
    }
  }

  /**
   * The first hit from a place on; back from it with a negative direction.
   *
   * @param {number} offset
   * @param {number} direction
   */
  nearest(offset, direction) {
    const at = this.hits.findIndex((hit) => hit >= offset);
    const last = this.hits.length - 1;
    return direction > 0 ? (at < 0 ? 0 : at) : at < 0 ? last : (at + last) % (last + 1);
  }

  /** @param {Chunk} window */
  #look(window) {
    const starts = lineStarts(window);
    for (let i = 0; i < window.lines.length; i++) {
      if (hitsIn(plain(window.lines[i]), this.searched).length > 0) {
        if (this.hits.length === MOST_HITS) {
          this.full = true;
          return;
        }
        this.hits.push(starts[i]);
      }
    }
  }

  #tell() {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach((resolve) => resolve());
    if (!this.#stopped) {
      this.told();
    }
  }
}

/**
 * Where the last line begins that looks like an error, or -1.
 *
 * @param {LogFile} file
 * @param {AbortSignal} signal
 * @param {(share: number) => void} [told] how much of what is looked through was, from 0 to 1
 */
export async function lastError(file, signal, told) {
  let end = (await file.tail()).end;
  const size = end;
  const stop = Math.max(0, size - ERROR_REACH);
  while (end > stop && !signal.aborted) {
    const window = await file.before(end, SCAN);
    const at = window.lines.findLastIndex((line) => looksLikeError(plain(line)));
    if (at >= 0) {
      return lineStarts(window)[at];
    }
    if (window.start >= end) {
      break;
    }
    end = window.start;
    told?.((size - end) / (size - stop));
  }
  return -1;
}

