// Pure.

/**
 * The last lines of a text as a terminal would leave them: no colours, a line overwritten by carriage returns
 * shows its last state.
 *
 * @param {string} text
 * @param {number} most
 */
export function lastLines(text, most) {
  const plain = text
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "")
    .replace(/\r\n/g, "\n");
  const lines = plain.split("\n").map((line) => line.slice(line.lastIndexOf("\r") + 1).trimEnd());
  while (lines.length > 0 && lines[lines.length - 1] === "") {
    lines.pop();
  }
  return lines.slice(-most).join("\n");
}
