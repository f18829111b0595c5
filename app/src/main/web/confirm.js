// Asks before something is stopped or lost.

import { h } from "./dom.js";

/** @typedef {{value: string, label: string, kind?: "primary" | "danger"}} Choice */

/**
 * Shows a dialog; the value of what was chosen, or "" where it was left. The focus goes to the way out.
 *
 * @param {{title: string, text: string, choices: Choice[]}} question
 * @returns {Promise<string>}
 */
export function confirm(question) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const away = h("button", { type: "button", on: { click: () => dialog.close("") } }, "Leave it");
    const dialog = h(
      "dialog",
      { "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
      h("h2", { id: "confirm-title" }, question.title),
      h("p", { id: "confirm-text" }, question.text),
      h(
        "div",
        { class: "actions" },
        away,
        question.choices.map(({ value, label, kind }) =>
          h("button", { type: "button", class: kind, on: { click: () => dialog.close(value) } }, label),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement) {
        before.focus();
      }
      resolve(dialog.returnValue);
    });
    document.body.append(dialog);
    dialog.showModal();
    away.focus();
  });
}
