// The head of the run page: name, state, progress, times, and what one can do.

import { get, url } from "../api.js";
import { fill, h, setText } from "../dom.js";
import { bytes, clock, count, counted, duration, millis, percent } from "../format.js";
import { setTitle } from "../router.js";
import { BAR_ORDER, isResumable, isOver, runChip, STATES, stateWord } from "../states.js";
import { isAbort } from "../api.js";
import { cancelDialog, resume } from "./actions.js";

/** @typedef {import("./context.js").RunContext} RunContext */

/**
 * @param {RunContext} context
 * @param {() => void} reload begins anew from a snapshot
 */
export function header(context, reload) {
  const { store, run } = context;
  const title = h("h1");
  const state = h("span", { class: "head-state" });
  const facts = h("p", { class: "facts num muted" });
  const stopping = h("p", { class: "muted", hidden: true }, "Nothing more is started; what runs is let finish.");
  const done = h("span", { class: "done num" });
  const segments = BAR_ORDER.map((code) => h("span", { class: `st-${STATES[code]}` }));
  const bar = h("div", { class: "bar progress", role: "img" }, segments);
  const resumeButton = h("button", { type: "button", class: "primary", on: { click: doResume } }, "Resume");
  const cancelButton = h("button", { type: "button", class: "danger", on: { click: () => cancelDialog(run) } }, "Cancel…");
  const about = h("dl", { class: "about" });
  const element = h(
    "header",
    { class: "run-head" },
    h(
      "div",
      { class: "run-title" },
      h("nav", { class: "head-crumbs", "aria-label": "Breadcrumb" }, h("a", { href: "/" }, "Runs"), h("span", { "aria-hidden": "true" }, "/")),
      title,
      state,
      h("span", { class: "grow" }),
      h("div", { class: "buttons" }, h("a", { class: "button", href: `/runs/${encodeURIComponent(run)}/log` }, "Engine log"), cancelButton, resumeButton),
    ),
    h("div", { class: "head-progress" }, bar, done),
    h("div", { class: "run-facts" }, facts, stopping, h("details", null, h("summary", null, "About this run"), about)),
  );
  let shownState = "";
  /** @type {any} */
  let one = null;

  async function doResume() {
    resumeButton.disabled = true;
    if (await resume(run)) {
      reload();
    }
    resumeButton.disabled = false;
  }

  async function load() {
    try {
      one = await get(url("runs", run), context.signal);
      describe();
    } catch (error) {
      if (!isAbort(error)) {
        console.warn(error);
      }
    }
  }

  function describe() {
    const words = one.words ?? one.lives?.[0]?.argv ?? [];
    /** @type {[string, string | null | undefined][]} */
    const rows = [
      ["Run", run],
      ["Owner", one.owner],
      ["Submitted", one.submitted ? clock(one.submitted) : null],
      ["Flags", words.length ? words.join(" ") : "none"],
      ["Upload", one.bytes ? bytes(one.bytes) : null],
      ["Engines", one.lives?.length > 1 ? `${one.lives.length}: it was resumed ${one.lives.length - 1} times` : null],
      ["Finished before", one.finished_before ? `${count(one.finished_before)} jobs, before it was resumed` : null],
    ];
    fill(
      about,
      rows
        .filter(([, value]) => value)
        .flatMap(([name, value]) => [h("dt", null, name), h("dd", name === "Flags" || name === "Run" ? { class: "mono" } : null, value)]),
    );
  }

  function times() {
    const { head } = store;
    if (!head) {
      return;
    }
    const began = millis(head.started);
    const ended = millis(head.ended);
    const at = Number.isNaN(ended) ? Date.now() + store.skew : ended;
    const parts = [];
    if (head.owner) {
      parts.push(head.owner);
    }
    if (!Number.isNaN(began)) {
      parts.push(`started ${clock(began)}`);
      parts.push(isOver(head.state) ? `took ${duration(at - began)}` : `for ${duration(at - began)}`);
    }
    if (!isOver(head.state)) {
      parts.push(`${count(head.running)} running, ${count(head.queued)} queued`);
    }
    const { failed } = store.progress;
    if (failed > 0) {
      parts.push(`${count(failed)} failed`);
    }
    if (head.retries > 0) {
      parts.push(`${counted(head.retries, "attempt")} made again`);
    }
    if (head.warned > 0) {
      parts.push(counted(head.warned, "warning"));
    }
    setText(facts, parts.join("  ·  "));
  }

  /** @param {string} stateName @param {number} failed @param {number} n @param {number} of */
  function tabTitle(stateName, failed, n, of) {
    setTitle(`${failed > 0 ? "✕ " : ""}${isOver(stateName) ? stateName : percent(n, of)} ${store.head?.name || run}`);
  }

  function update() {
    const { head, counts } = store;
    if (!head) {
      return;
    }
    setText(title, head.name || run);
    if (head.state !== shownState) {
      shownState = head.state;
      fill(state, runChip(head.state));
      void load();
    }
    const far = store.progress;
    tabTitle(head.state, far.failed, far.done, far.total);
    const over = isOver(head.state);
    resumeButton.hidden = !isResumable(head.state);
    cancelButton.hidden = over && head.state !== "broken-off";
    stopping.hidden = !head.stopping || over;
    setText(done, far.total > 0 ? `${count(far.done)} of ${count(far.total)} jobs, ${percent(far.done, far.total)}` : over ? "" : "No plan yet");
    bar.hidden = far.total === 0 && over;
    progress(counts, over);
    times();
  }

  /** @param {Uint32Array} counts @param {boolean} over */
  function progress(counts, over) {
    let total = 0;
    for (const code of BAR_ORDER) {
      total += counts[code];
    }
    const words = [];
    for (let i = 0; i < BAR_ORDER.length; i++) {
      const n = counts[BAR_ORDER[i]];
      segments[i].style.width = total ? `${(100 * n) / total}%` : "0";
      if (n > 0) {
        words.push(`${count(n)} ${stateWord(BAR_ORDER[i], over)}`);
      }
    }
    bar.setAttribute("aria-label", words.length ? `Jobs by state: ${words.join(", ")}` : "No jobs yet");
  }

  const clockTimer = setInterval(times, 1000);
  context.signal.addEventListener("abort", () => clearInterval(clockTimer), { once: true });
  update();
  return {
    element,
    update,
    /** @param {any} row as GET …/runs/ID has it */
    peek: (row) => tabTitle(row.state, row.failures, row.done, row.total),
  };
}
