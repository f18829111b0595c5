// Short messages: seen in a corner, and said by screen readers.

import { h } from "./dom.js";
import { isAbort, Problem } from "./api.js";

const STAY_MILLIS = 6000;

/**
 * Says it to screen readers only.
 *
 * @param {string} message
 */
export function announce(message) {
  const place = /** @type {HTMLElement} */ (document.getElementById("announce"));
  place.textContent = "";
  setTimeout(() => {
    place.textContent = message;
  }, 30);
}

/**
 * Shows a message; one of kind "bad" stays until it is closed.
 *
 * @param {string} message
 * @param {{kind?: "bad" | "good", detail?: string}} [options]
 */
export function toast(message, options = {}) {
  const place = /** @type {HTMLElement} */ (document.getElementById("toasts"));
  const bad = options.kind === "bad";
  const close = () => box.remove();
  const box = h(
    "div",
    { class: `toast ${options.kind ?? ""}`, role: bad ? "alert" : "status" },
    h("div", { class: "grow" }, h("p", null, message), options.detail && h("p", null, options.detail)),
    h("button", { type: "button", class: "quiet", "aria-label": "Close this message", on: { click: close } }, "×"),
  );
  place.append(box);
  while (place.children.length > 4) {
    place.firstElementChild?.remove();
  }
  if (!bad) {
    setTimeout(close, STAY_MILLIS);
  }
}

/**
 * Tells an error as a toast; that the page was left is none.
 *
 * @param {unknown} error
 */
export function toastError(error) {
  if (isAbort(error)) {
    return;
  }
  if (error instanceof Problem) {
    toast(error.title, { kind: "bad", detail: [error.detail, error.hint].filter(Boolean).join(" ") });
  } else {
    console.error(error);
    toast("Something in this page went wrong", { kind: "bad", detail: String(error) });
  }
}

/**
 * What stands in place of a page or a part that could not be loaded.
 *
 * @param {unknown} error
 * @param {{heading?: "h1" | "h2", again?: () => void}} [options]
 * @returns {HTMLElement}
 */
export function errorBlank(error, options = {}) {
  const problem = error instanceof Problem ? error : new Problem(0, "Something in this page went wrong", String(error));
  return h(
    "div",
    { class: "blank", role: "alert" },
    h(options.heading ?? "h2", null, problem.title),
    problem.detail && h("p", null, problem.detail),
    problem.hint && h("p", { class: "hint" }, problem.hint),
    h(
      "p",
      null,
      options.again && h("button", { type: "button", on: { click: options.again } }, "Try again"),
      " ",
      options.heading === "h1" && h("a", { class: "button", href: "/" }, "All runs"),
    ),
  );
}
