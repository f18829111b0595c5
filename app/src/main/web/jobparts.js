// Parts of the page of a job that need nothing of it: texts, meters, blocks.

import { h } from "./dom.js";
import { codeOf } from "./states.js";
import { toast } from "./toast.js";

/** @param {any} job */
export function failureOf(job) {
  const last = job.attempts[job.attempts.length - 1];
  return job.failure || (codeOf(job.state) > 5 ? last?.failure : "") || "";
}

/** @param {number | null} code */
export function exitText(code) {
  return code === null || code === undefined ? "–" : code > 128 && code < 193 ? `${code} (signal ${code - 128})` : String(code);
}

/** @param {import("./jobuse.js").Use} use @param {string} what */
export function meter(use, what) {
  if (use.used === null) {
    return h("span", { class: "muted" }, use.asked === null ? "–" : `– of ${use.text(use.asked)}`);
  }
  const share = use.asked ? use.used / use.asked : Number.NaN;
  const text = `${use.text(use.used)}${use.asked ? ` of ${use.text(use.asked)}` : ""}`;
  return h(
    "div",
    { class: "use", title: use.title },
    h("span", { class: "num" }, text),
    Number.isFinite(share)
      ? h(
          "div",
          { class: `bar${share > 1 ? " over" : ""}`, role: "img", "aria-label": `${Math.round(100 * share)} % of the ${what} it asked for` },
          h("span", { class: share > 1 ? "st-failed" : "st-running", style: { width: `${Math.min(100, 100 * share)}%` } }),
        )
      : null,
  );
}

/** @param {string} title @param {Node | null} what */
export function block(title, what) {
  return what && h("section", null, h("h2", null, title), what);
}

/** @param {string[]} texts */
export function list(texts) {
  return h("ul", { class: "mono job-list" }, texts.map((text) => h("li", null, text)));
}

/** @param {string} text */
export function none(text) {
  return h("p", { class: "muted" }, text);
}

/** @param {string} text */
export function copyButton(text) {
  return h(
    "button",
    {
      type: "button",
      data: { place: "copy" },
      on: {
        click: async () => {
          try {
            await navigator.clipboard.writeText(text);
            toast("Copied");
          } catch {
            toast("The browser did not allow it", { kind: "bad", detail: "Select the text and copy it by hand." });
          }
        },
      },
    },
    "Copy",
  );
}

