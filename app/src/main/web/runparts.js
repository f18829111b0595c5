// Parts of the page of all runs that need nothing of it: a row, its bar, its texts.

import { h } from "./dom.js";
import { ago, bytes, clock, count, duration, millis, percent } from "./format.js";
import { isOver, runChip } from "./states.js";

/** @typedef {import("./runlist.js").RunRow} RunRow */

/** @param {RunRow} row @param {string} reason @param {HTMLElement[]} acts the buttons of the row */
export function rowParts(row, reason, acts) {
  const over = isOver(row.state);
  return [
    h("div", { class: "runs-state" }, runChip(row.state)),
    h(
      "div",
      { class: "runs-name" },
      h("a", { href: `/runs/${encodeURIComponent(row.run)}`, data: { act: "open" } }, row.name || row.run),
      h(
        "span",
        { class: "muted runs-about" },
        row.name && row.name !== row.run ? h("span", { class: "mono" }, row.run) : null,
        row.owner && row.owner !== "local" ? h("span", null, row.owner) : null,
        row.bytes ? h("span", { title: "size of the workflow as it was submitted" }, bytes(row.bytes)) : null,
      ),
      reason && h("p", { class: `runs-reason${row.state === "failed" ? " bad" : ""}` }, reason),
    ),
    h(
      "div",
      { class: "runs-progress" },
      bar(row),
      h(
        "span",
        { class: "num runs-counts" },
        row.total > 0 ? `${count(row.done)} of ${count(row.total)}` : over ? "nothing was planned" : "not planned yet",
        row.failures > 0 && h("strong", { class: "runs-failures" }, `${count(row.failures)} failed`),
        !over && row.running_jobs ? h("span", { class: "muted" }, `${count(row.running_jobs)} running`) : null,
        !over && row.queued_jobs ? h("span", { class: "muted" }, `${count(row.queued_jobs)} queued`) : null,
      ),
    ),
    h("div", { class: "runs-time num muted", title: `started ${clock(row.started)}` }),
    h("div", { class: "runs-acts" }, acts),
  ];
}

/** @param {RunRow} row */
export function reasonOf(row) {
  return row.reason ?? row.failure ?? row.diagnosis ?? "";
}

/** @param {any} run the answer of GET /runs/ID @returns {string} */
export function firstReason(run) {
  const failed = run.failed_jobs?.[0];
  if (failed) {
    const wildcards = Object.values(failed.wildcards ?? {}).join(", ");
    const others = run.failed_jobs.length > 1 ? `, and ${run.failed_jobs.length - 1} more` : "";
    return `${failed.rule}${wildcards ? ` (${wildcards})` : ""}: ${failed.failure ?? "failed"}${others}`;
  }
  return String(run.diagnosis ?? "").trim().split("\n")[0];
}

/** @param {RunRow} row */
export function timeText(row) {
  const began = row.started ?? row.submitted;
  if (!isOver(row.state)) {
    return row.started ? `for ${duration(Date.now() - millis(row.started))}` : `submitted ${ago(began)}`;
  }
  const long = row.started && row.ended ? ` · took ${duration(millis(row.ended) - millis(row.started))}` : "";
  return `${ago(row.ended ?? row.last_fact ?? began)}${long}`;
}

/** @param {RunRow} row */
export function bar(row) {
  const whole = Math.max(1, row.total);
  const planned = row.total > 0;
  const parts = [
    ["finished", row.done],
    ["failed", row.failures],
    ["running", row.running_jobs ?? 0],
    ["queued", row.queued_jobs ?? 0],
  ];
  let room = planned ? whole : 0;
  return h(
    "div",
    {
      class: "bar",
      role: "img",
      "aria-label": planned ? `${percent(row.done, row.total)} done${row.failures ? `, ${row.failures} failed` : ""}` : "No plan yet",
    },
    parts.map(([state, n]) => {
      const jobs = Math.min(Number(n), room);
      room -= jobs;
      return jobs > 0 && h("span", { class: `st-${state}`, style: { width: `${(100 * jobs) / whole}%`, "min-width": "2px" } });
    }),
  );
}

export function noneMatches() {
  return h(
    "div",
    { class: "blank" },
    h("h2", null, "No run is like that"),
    h("p", null, "Runs are looked for by name, id, state and owner."),
    h("a", { class: "button", href: "/" }, "Show all runs"),
  );
}

export function welcome() {
  const server = location.origin;
  const step = (/** @type {string} */ title, /** @type {string} */ command, /** @type {string} */ what) =>
    h("li", null, h("h3", null, title), h("pre", { class: "command" }, command), h("p", { class: "muted" }, what));
  return h(
    "div",
    { class: "blank welcome" },
    h("h2", null, "No runs yet"),
    h("p", null, "A workflow that is submitted runs here, goes on when you close your laptop, and can be watched by its link."),
    h(
      "ol",
      null,
      step("1. The server", "sluice serve", "It runs: you are looking at it."),
      step("2. Submit", `sluice submit --server ${server} -c 4`, "In the folder of a workflow. Or upload it from this page."),
      step("3. Go on", `sluice resume RUN --server ${server}`, "After a failure: what is finished is not made again."),
    ),
    h("a", { class: "button primary", href: "/submit" }, "Submit a workflow from this page"),
  );
}

/** @param {() => void} act @param {number} wait */
export function debounced(act, wait) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
}
