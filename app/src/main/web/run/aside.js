// The chosen job, beside the views.

import { fill, h } from "../dom.js";
import { count, duration, wildcardText } from "../format.js";
import { CANCELLED, FAILED, SKIPPED, stateChip, WAITING } from "../states.js";
import { retryJob } from "./actions.js";
import { NONE } from "./snapshot.js";

/** @typedef {import("./context.js").RunContext} RunContext */

/** @param {RunContext} context */
export function aside(context) {
  const { store, run } = context;
  const body = h("div", { class: "aside-body" });
  const element = h("aside", { class: "chosen panel", "aria-label": "Chosen job", hidden: true }, body);
  let shown = "";

  function update() {
    const { row } = context;
    element.hidden = row < 0 || row >= store.rows;
    if (element.hidden) {
      shown = "";
      return;
    }
    const { state, started, running, ended, attempts, executor, rule } = store.columns;
    const detail = context.details.of(row);
    const key = [row, state[row], started[row], running[row], ended[row], attempts[row], detail?.job, detail?.failure, store.over, context.address.around].join();
    if (key === shown) {
      return;
    }
    shown = key;
    if (!detail) {
      context.details.want([row]);
    }
    const code = state[row];
    const job = detail?.job;
    const queued = started[row] === NONE ? null : (running[row] === NONE ? ended[row] : running[row]) - started[row];
    const ran = running[row] === NONE || ended[row] === NONE ? null : ended[row] - running[row];
    /** @type {[string, import("../dom.js").Child][]} */
    const facts = [
      ["Wildcards", detail && wildcardText(detail.wildcards)],
      ["Output", detail && detail.output.join("\n")],
      ["Attempts", attempts[row] > 0 ? count(attempts[row]) : null],
      ["Executor", started[row] === NONE ? null : store.executors[executor[row]]],
      ["Started", started[row] === NONE ? null : new Date(store.base + started[row]).toLocaleString("en-GB")],
      ["Queued for", queued !== null && queued >= 0 && queued < NONE / 2 ? duration(queued) : null],
      ["Ran for", ran !== null ? duration(ran) : null],
    ];
    fill(
      body,
      h(
        "div",
        { class: "aside-head" },
        stateChip(code, store.over),
        h("button", { type: "button", class: "quiet", "aria-label": "Choose no job", on: { click: () => void context.select(-1) } }, "×"),
      ),
      h("h2", null, store.rules[rule[row]]),
      detail?.failure && h("p", { class: "callout bad why" }, detail.failure),
      h(
        "dl",
        null,
        facts.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", null, name), h("dd", { class: name === "Output" || name === "Wildcards" ? "mono" : "num" }, value)]),
      ),
      h(
        "div",
        { class: "buttons" },
        job && h("a", { class: "button primary", href: `/runs/${encodeURIComponent(run)}/jobs/${encodeURIComponent(job)}` }, "Open the job"),
        job && h("button", { type: "button", on: { click: around } }, "What is around it"),
        job && retriable(code) && h("button", { type: "button", on: { click: () => void retryJob(run, job) } }, "Try again"),
      ),
    );
  }

  /** @param {number} code */
  function retriable(code) {
    return code === FAILED || code === SKIPPED || code === CANCELLED || (code === WAITING && store.over && store.head?.state !== "succeeded");
  }

  function around() {
    context.setAround(Math.max(1, context.address.around));
    context.setView("graph");
  }

  return { element, update };
}
