// Text of logs as pure functions: cutting bytes at lines, reading terminal colours, finding words.
// Nothing here touches the page; all that comes out is data, never markup.

/**
 * A run of characters that look alike.
 *
 * @typedef {object} Piece
 * @property {string} text
 * @property {string} style class names, separated by blanks; empty for plain text
 * @property {boolean} hit whether it is what was searched for
 */

/**
 * Whole lines of a log.
 *
 * @typedef {object} Chunk
 * @property {number} start the byte of the log where it begins
 * @property {number} end the byte behind it
 * @property {string[]} lines without their ends
 */

const NEWLINE = 10;

/** Longer lines are shown in part: a browser lays out a line of a megabyte for seconds. */
export const LONGEST_LINE = 8000;

/** Words that errors are told with in the logs of tools that scientists use. */
const ERROR =
  /\b(errors?|exceptions?|traceback|fatal|panic(ked)?|segmentation fault|core dumped|killed|out of memory|oom|no such file|command not found|permission denied|cannot|failed)\b/i;

/** Names of classes, as Python and Java print them. */
const NAMED_ERROR = /[a-z_](Error|Exception)\b/;

/** Words beside which "error" means none. */
const NO_ERROR = /\b(0|no|without)\s+(errors?|failed|failures?)\b|\berrors?\s*[:=]\s*0\b/i;

/**
 * @param {string} line
 * @returns {boolean}
 */
export function looksLikeError(line) {
  return (ERROR.test(line) || NAMED_ERROR.test(line)) && !NO_ERROR.test(line);
}

/**
 * Cuts bytes to whole lines. Where there is no line end in them they are kept whole, so that reading
 * always goes on.
 *
 * @param {Uint8Array} bytes
 * @param {number} offset where in the log they begin
 * @param {boolean} fromLineStart whether `offset` is the start of a line; else the broken first line is left out
 * @param {boolean} toEnd whether nothing comes behind them; else the broken last line is left out
 * @returns {Chunk}
 */
export function cut(bytes, offset, fromLineStart, toEnd) {
  let from = 0;
  let to = bytes.length;
  if (!fromLineStart) {
    const first = bytes.indexOf(NEWLINE);
    from = first < 0 || first + 1 >= bytes.length ? afterBrokenCharacter(bytes) : first + 1;
  }
  if (!toEnd) {
    const last = bytes.lastIndexOf(NEWLINE);
    to = last < from ? beforeBrokenCharacter(bytes) : last + 1;
  }
  return chunk(bytes.subarray(from, to), offset + from);
}

/**
 * @param {Uint8Array} bytes whole lines, or the last of them broken
 * @param {number} start
 * @returns {Chunk}
 */
export function chunk(bytes, start) {
  return { start, end: start + bytes.length, lines: splitLines(new TextDecoder().decode(bytes)) };
}

/**
 * @param {string} text
 * @returns {string[]} a line end at the end of the text begins no other line
 */
export function splitLines(text) {
  if (text === "") {
    return [];
  }
  const lines = text.split("\n");
  if (lines[lines.length - 1] === "") {
    lines.pop();
  }
  return lines;
}

/** @param {Uint8Array} bytes */
function afterBrokenCharacter(bytes) {
  let at = 0;
  while (at < bytes.length && at < 4 && (bytes[at] & 0xc0) === 0x80) {
    at++;
  }
  return at;
}

/** @param {Uint8Array} bytes */
function beforeBrokenCharacter(bytes) {
  for (let back = 1; back <= 3 && back < bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) {
      return bytes.length;
    }
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needs ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

// The escape sequences of terminals: CSI … letter, OSC … BEL, and those of two characters.
const ESCAPE = /\u001b(?:\[([0-9;:?<=>]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_=>])/g;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/**
 * What a terminal would be left with: what was overwritten by a carriage return is gone.
 *
 * @param {string} line
 * @returns {string}
 */
export function overwritten(line) {
  let end = line.length;
  while (end > 0 && line[end - 1] === "\r") {
    end--;
  }
  return line.slice(line.lastIndexOf("\r", end - 1) + 1, end);
}

/**
 * The line without escape sequences and characters that cannot be seen.
 *
 * @param {string} line
 * @returns {string}
 */
export function plain(line) {
  return overwritten(line).replace(ESCAPE, "").replace(CONTROL, "");
}

/**
 * A line as it is shown: its colours as class names, what was searched for marked.
 *
 * @param {string} line
 * @param {string} [searched]
 * @returns {Piece[]}
 */
export function pieces(line, searched = "") {
  let shown = overwritten(line);
  let rest = "";
  if (shown.length > LONGEST_LINE) {
    rest = ` … ${shown.length - LONGEST_LINE} more characters in this line`;
    shown = shown.slice(0, LONGEST_LINE);
  }
  const coloured = colours(shown);
  const marked = searched === "" ? coloured : mark(coloured, searched);
  if (rest !== "") {
    marked.push({ text: rest, style: "log-cut", hit: false });
  }
  return marked;
}

/**
 * @param {string} line
 * @returns {Piece[]}
 */
function colours(line) {
  if (!line.includes("\u001b")) {
    const text = line.replace(CONTROL, "");
    return text === "" ? [] : [{ text, style: "", hit: false }];
  }
  /** @type {Piece[]} */
  const found = [];
  const look = { colour: "", bold: false, dim: false };
  let from = 0;
  const add = (/** @type {string} */ raw) => {
    const text = raw.replace(CONTROL, "");
    if (text !== "") {
      const style = [look.colour, look.bold ? "ansi-bold" : "", look.dim ? "ansi-dim" : ""];
      found.push({ text, style: style.filter((each) => each !== "").join(" "), hit: false });
    }
  };
  for (const escape of line.matchAll(ESCAPE)) {
    add(line.slice(from, escape.index));
    from = escape.index + escape[0].length;
    if (escape[2] === "m") {
      turn(look, escape[1] ?? "");
    }
  }
  add(line.slice(from));
  return found;
}

/**
 * @param {{colour: string, bold: boolean, dim: boolean}} look
 * @param {string} codes
 */
function turn(look, codes) {
  const numbers = codes.split(/[;:]/).map((each) => (each === "" ? 0 : Number(each)));
  for (let at = 0; at < numbers.length; at++) {
    const code = numbers[at];
    if (code === 0) {
      look.colour = "";
      look.bold = false;
      look.dim = false;
    } else if (code === 1) {
      look.bold = true;
    } else if (code === 2) {
      look.dim = true;
    } else if (code === 22) {
      look.bold = false;
      look.dim = false;
    } else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
      look.colour = `ansi-${COLOURS[code % 10]}`;
    } else if (code === 38 || code === 48) {
      // A colour of a larger palette: its numbers are no codes of their own.
      at += numbers[at + 1] === 5 ? 2 : 4;
    } else if (code === 39) {
      look.colour = "";
    }
  }
}

/**
 * Marks what was searched for, over the borders of colours too.
 *
 * @param {Piece[]} all
 * @param {string} searched
 * @returns {Piece[]}
 */
function mark(all, searched) {
  const text = all.map((each) => each.text).join("");
  const hits = hitsIn(text, searched);
  if (hits.length === 0) {
    return all;
  }
  /** @type {Piece[]} */
  const marked = [];
  let start = 0;
  let next = 0;
  for (const piece of all) {
    let from = 0;
    while (from < piece.text.length) {
      const at = start + from;
      while (next < hits.length && hits[next] + searched.length <= at) {
        next++;
      }
      const hit = hits[next] ?? Number.MAX_SAFE_INTEGER;
      const inside = at >= hit;
      const until = Math.min(piece.text.length, (inside ? hit + searched.length : hit) - start);
      marked.push({ text: piece.text.slice(from, until), style: piece.style, hit: inside });
      from = until;
    }
    start += piece.text.length;
  }
  return marked;
}

/**
 * Where a text holds another, upper or lower case, without overlap.
 *
 * @param {string} text
 * @param {string} searched
 * @returns {number[]}
 */
export function hitsIn(text, searched) {
  const found = [];
  const in_ = fold(text);
  const what = fold(searched);
  if (what !== "") {
    for (let at = in_.indexOf(what); at >= 0; at = in_.indexOf(what, at + what.length)) {
      found.push(at);
    }
  }
  return found;
}

/**
 * Lower case of the same length, so that places in it are places in the text.
 *
 * @param {string} text
 */
function fold(text) {
  const lower = text.toLowerCase();
  return lower.length === text.length
    ? lower
    : Array.from(text, (each) => (each.toLowerCase().length === each.length ? each.toLowerCase() : each)).join("");
}

/**
 * The byte where each line of a chunk begins.
 *
 * @param {Chunk} of
 * @returns {number[]}
 */
export function lineStarts(of) {
  const encoder = new TextEncoder();
  const starts = [];
  let at = of.start;
  for (const line of of.lines) {
    starts.push(at);
    at += utf8Length(line, encoder) + 1;
  }
  return starts;
}

/**
 * @param {string} line
 * @param {TextEncoder} encoder
 */
function utf8Length(line, encoder) {
  for (let at = 0; at < line.length; at++) {
    if (line.charCodeAt(at) > 127) {
      return encoder.encode(line).length;
    }
  }
  return line.length;
}
