// The buttons of the log viewer.

import { h } from "./dom.js";

/** @param {Element} button */
export function pressed(button) {
  return button.getAttribute("aria-pressed") === "true";
}

/** @param {string} text @param {string} title @param {() => void} click */
export function button(text, title, click) {
  return h("button", { type: "button", class: "quiet", title, "aria-label": title, on: { click } }, text);
}

/** @param {string} text @param {string} title @param {boolean} on @param {(on: boolean) => void} turn */
export function toggle(text, title, on, turn) {
  const made = h(
    "button",
    {
      type: "button",
      class: "toggle",
      title,
      "aria-pressed": String(on),
      on: {
        click: () => {
          made.setAttribute("aria-pressed", String(!pressed(made)));
          turn(pressed(made));
        },
      },
    },
    text,
  );
  return made;
}
