// Words as a shell splits them, for the field of flags. Never expands anything.

/**
 * @typedef {object} Words
 * @property {string[]} words
 * @property {string} problem what is wrong with the text; empty where nothing is
 */

/**
 * @param {string} text
 * @returns {Words}
 */
export function split(text) {
  /** @type {string[]} */
  const words = [];
  let word = "";
  let open = false;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote === "'") {
      if (character === "'") {
        quote = "";
      } else {
        word += character;
      }
    } else if (character === "\\") {
      const next = text.charAt(++at);
      if (next === "") {
        return { words, problem: "it ends with a backslash" };
      }
      // Inside double quotes a backslash stands for itself, but before these.
      word += quote === '"' && !'"\\$`\n'.includes(next) ? `\\${next}` : next === "\n" ? "" : next;
      open = open || next !== "\n";
    } else if (quote === '"') {
      if (character === '"') {
        quote = "";
      } else {
        word += character;
      }
    } else if (character === "'" || character === '"') {
      quote = character;
      open = true;
    } else if (/\s/.test(character)) {
      if (open) {
        words.push(word);
      }
      word = "";
      open = false;
    } else {
      word += character;
      open = true;
    }
  }
  if (quote !== "") {
    return { words, problem: `a ${quote} is not closed` };
  }
  if (open) {
    words.push(word);
  }
  return { words, problem: "" };
}

/**
 * The words as one text that {@link split} splits into them again.
 *
 * @param {readonly string[]} words
 * @returns {string}
 */
export function join(words) {
  return words.map(quoted).join(" ");
}

/** @param {string} word */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
