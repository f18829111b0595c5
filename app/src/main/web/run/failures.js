// What failed and why: the first thing one sees. Reason, last lines of the log, ways to look closer.

import { getRaw, isAbort, query, url } from "../api.js";
import { fill, h, setText } from "../dom.js";
import { count, counted } from "../format.js";
import { looksLikeError } from "../logtext.js";
import { isResumable, mark } from "../states.js";
import { lastLines } from "./lastlines.js";

/** @typedef {import("./context.js").RunContext} RunContext */
/** @typedef {import("./snapshot.js").Head["failed"][number]} Failed */

const SHOWN = 4;
const TAIL_BYTES = 8192;
const LINES = 400;

/** @param {RunContext} context */
export function failures(context) {
  const element = h("div", { class: "failures" });
  const title = h("span");
  const all = h("a", { class: "all-failed", href: `/runs/${encodeURIComponent(context.run)}?state=failed&view=jobs` });
  let shown = "";
  /** The failed job whose log is seen; it stays chosen when more fail. */
  let chosen = "";
  /** Ends of logs by job and attempt: a log that has ended does not change. @type {Map<string, string>} */
  const logs = new Map();

  function update() {
    const { head } = context.store;
    if (!head) {
      return;
    }
    const n = Math.max(context.store.progress.failed, (head.failed ?? []).length);
    setText(title, `${counted(n, "job")} failed`);
    all.hidden = n <= SHOWN;
    setText(all, `All ${count(n)} failed jobs`);
    const key = JSON.stringify([head.diagnosis ?? null, (head.failed ?? []).slice(0, SHOWN), head.state]);
    if (key === shown) {
      return;
    }
    const focused = element.contains(document.activeElement);
    shown = key;
    const failed = head.failed ?? [];
    fill(element, diagnosis(head), failed.length > 0 && list(failed), planning(head), nothingToDo(head), brokenOff(head));
    if (focused) {
      /** @type {HTMLElement | null} */ (element.querySelector("[aria-pressed=true]"))?.focus();
    }
  }

  /** @param {import("./snapshot.js").Head} head */
  function diagnosis(head) {
    if (!head.diagnosis) {
      return null;
    }
    return h(
      "section",
      { class: "callout bad", "aria-labelledby": "diagnosis-title" },
      h("h2", { id: "diagnosis-title" }, head.total > 0 ? "What the engine said" : "The workflow could not be planned"),
      h("pre", { class: "diagnosis", tabindex: 0 }, head.diagnosis.trim()),
      isResumable(head.state) && h("p", { class: "links" }, mend()),
    );
  }

  /** @param {Failed[]} failed */
  function list(failed) {
    const log = h("pre", { class: "tail", id: "failed-log", tabindex: 0, role: "region" });
    const links = h("p", { class: "links" });
    const some = failed.slice(0, SHOWN);
    const buttons = some.map((one) =>
      h(
        "button",
        { type: "button", class: "failed-job", "aria-controls": "failed-log", on: { click: () => choose(one) } },
        h("span", { class: "failed-title" }, one.title),
        one.failure && h("span", { class: "why" }, one.failure),
      ),
    );
    /** @param {Failed} one */
    function choose(one) {
      chosen = one.job;
      some.forEach((other, i) => buttons[i].setAttribute("aria-pressed", String(other === one)));
      log.setAttribute("aria-label", `End of the log of ${one.title}`);
      fill(links, linksOf(one));
      void tail(one, log);
    }
    choose(some.find((one) => one.job === chosen) ?? some[0]);
    return h(
      "section",
      { class: "callout bad", "aria-labelledby": "failed-title" },
      h("h2", { id: "failed-title" }, mark("failed"), title),
      h(
        "div",
        { class: "failed-pair" },
        h(
          "div",
          null,
          h("ul", null, buttons.map((button) => h("li", null, button))),
          all,
        ),
        h("div", null, log, links),
      ),
    );
  }

  /** Where files are replaced; the run goes on from there. */
  function mend() {
    return h("a", { href: `/runs/${encodeURIComponent(context.run)}/files`, title: "Replace an input or the workflow, then resume" }, "Mend files");
  }

  /** @param {Failed} one */
  function linksOf(one) {
    const { row } = one;
    return [
      h("a", { href: `/runs/${encodeURIComponent(context.run)}/jobs/${encodeURIComponent(one.job)}` }, "Open the job"),
      one.attempt ? h("a", { href: logUrl(one), target: "_blank" }, "Whole log") : null,
      typeof row === "number" && row >= 0 ? h("button", { type: "button", class: "quiet", on: { click: () => void context.select(row) } }, "Show in the views") : null,
      isResumable(context.store.head?.state ?? "") ? mend() : null,
    ];
  }

  /** @param {Failed} one */
  function logUrl(one) {
    return url("runs", context.run, "jobs", one.job, "attempts", one.attempt ?? 1, "log");
  }

  /** @param {Failed} one @param {number | null} file null: what it printed; else that of the rule's own logs */
  async function endOf(one, file) {
    const response = await getRaw(logUrl(one) + query({ tail: TAIL_BYTES, file }), context.signal);
    return lastLines(await response.text(), LINES);
  }

  /** @param {Failed} one @param {HTMLElement} into */
  async function tail(one, into) {
    const key = `${one.job} ${one.attempt}`;
    let text = one.attempt ? logs.get(key) : "It was not started, so there is no log.";
    if (text === undefined) {
      into.textContent = "…";
      try {
        text = (await endOf(one, null)) || (await endOf(one, 0).catch(() => "")) || "It printed nothing.";
        logs.set(key, text);
      } catch (error) {
        if (isAbort(error)) {
          return;
        }
        text = "There is no log to be had.";
      }
    }
    if (chosen === one.job) {
      showEnd(into, text);
      if (!into.isConnected) {
        const shownText = text;
        requestAnimationFrame(() => showEnd(into, shownText));
      }
    }
  }

  /** What looks like the error is in sight, else the last line. @param {HTMLElement} into @param {string} text */
  function showEnd(into, text) {
    const lines = text.split("\n");
    const at = lines.findLastIndex(looksLikeError);
    if (at < 0) {
      into.textContent = text;
      into.scrollTop = into.scrollHeight;
      return;
    }
    const error = h("span", { class: "error-line" }, lines[at]);
    fill(into, lines.slice(0, at).map((line) => `${line}\n`).join(""), error, lines.slice(at + 1).map((line) => `\n${line}`).join(""));
    const below = into.scrollHeight - into.clientHeight;
    into.scrollTop = Math.min(below, Math.max(0, error.offsetTop - into.clientHeight / 2));
  }

  /** @param {import("./snapshot.js").Head} head */
  function planning(head) {
    return (
      head.state === "planning" &&
      head.total === 0 &&
      h("section", { class: "callout" }, h("h2", null, "The plan is being made"), h("p", null, "Jobs show here as soon as it is known what has to run."))
    );
  }

  /** @param {import("./snapshot.js").Head} head */
  function nothingToDo(head) {
    return (
      head.state === "succeeded" &&
      head.total === 0 &&
      h("section", { class: "callout" }, h("h2", null, "Nothing had to be done"), h("p", null, "All that was asked for was there and up to date."))
    );
  }

  /** @param {import("./snapshot.js").Head} head */
  function brokenOff(head) {
    return (
      head.state === "broken-off" &&
      h(
        "section",
        { class: "callout warn" },
        h("h2", null, "The run was broken off"),
        h("p", null, "Its engine went away before the end. Resume goes on where it stood and takes over what still runs."),
      )
    );
  }

  update();
  return { element, update };
}
