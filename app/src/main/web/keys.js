// Keyboard commands: single keys, and pairs such as "g r". What is bound shows in the help dialog.

/** @typedef {{keys: string, what: string, run: (event: KeyboardEvent) => void, where: string}} Binding */

/** @type {Set<Binding>} */
const bound = new Set();
const PAIR_MILLIS = 1200;
let first = "";
let firstAt = 0;

/**
 * Binds keys for as long as the signal is not aborted. Nothing is called while one types into a field or a dialog is open.
 *
 * @param {string} where heading in the help, such as "Run"
 * @param {Record<string, [string, (event: KeyboardEvent) => void]>} bindings keys → [what it does, function]
 * @param {AbortSignal} [signal]
 */
export function bind(where, bindings, signal) {
  for (const [keys, [what, run]] of Object.entries(bindings)) {
    const binding = { keys, what, run, where };
    bound.add(binding);
    signal?.addEventListener("abort", () => bound.delete(binding), { once: true });
  }
}

/** What is bound now, for the help. */
export function bindings() {
  return [...bound];
}

/** Listens; called once. */
export function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    if (document.querySelector("dialog[open]")) {
      return;
    }
    const pair = event.timeStamp - firstAt < PAIR_MILLIS ? `${first} ${event.key}` : "";
    const found = pick(pair) ?? pick(event.key);
    first = event.key;
    firstAt = event.timeStamp;
    if (found) {
      event.preventDefault();
      first = "";
      found.run(event);
    }
  });
}

/** @param {string} keys @returns {Binding | undefined} the latest one wins */
function pick(keys) {
  return keys ? [...bound].reverse().find((binding) => binding.keys === keys) : undefined;
}

/** @param {EventTarget | null} target */
function typing(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"))
  );
}
