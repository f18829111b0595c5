// The dialog with the keys that work on the page that is shown.

import { h } from "./dom.js";
import { bindings } from "./keys.js";

/** Shows it; the focus goes back to where it was once it is closed. */
export function openHelp() {
  document.getElementById("keys")?.remove();
  const before = document.activeElement;
  const close = h("button", { type: "button", class: "primary", on: { click: () => dialog.close() } }, "Close");
  const dialog = h(
    "dialog",
    { id: "keys", class: "keys", "aria-labelledby": "keys-title" },
    h("h2", { id: "keys-title" }, "Keys"),
    h("div", { class: "keys-groups", tabindex: 0, role: "group", "aria-label": "Keys of this page" }, groups().map(group)),
    h(
      "p",
      { class: "muted" },
      "Keys do nothing while you type into a field. Tab leads through all controls; Esc closes what is open.",
    ),
    h("div", { class: "actions" }, close),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement) {
      before.focus();
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}

/** @returns {[string, Map<string, string>][]} headings with keys and what they do; those of the page first */
function groups() {
  /** @type {Map<string, Map<string, string>>} */
  const found = new Map();
  for (const binding of bindings().reverse()) {
    const group = found.get(binding.where) ?? new Map();
    group.set(binding.keys, binding.what);
    found.set(binding.where, group);
  }
  return [...found].map(([where, keys]) => [where, new Map([...keys].reverse())]);
}

/** @param {[string, Map<string, string>]} of */
function group([where, keys]) {
  return h(
    "section",
    null,
    h("h3", null, where),
    h(
      "dl",
      null,
      [...keys].map(([key, what]) =>
        h("div", null, h("dt", null, key.split(" ").map((each) => h("kbd", null, named(each)))), h("dd", null, what)),
      ),
    ),
  );
}

/** @param {string} key */
function named(key) {
  /** @type {Record<string, string>} */
  const names = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", Enter: "Enter" };
  return names[key] ?? key;
}
