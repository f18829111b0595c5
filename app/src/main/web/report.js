// The page of a report: one run, as it was when the report was made. Made of the parts of the run's page.

import { fill, h, setText } from "./dom.js";
import { bytes, clock, count, counted, duration, millis, percent } from "./format.js";
import { bind, listen } from "./keys.js";
import { ORDERS, ReportContext } from "./report/context.js";
import { data, unpack } from "./report/data.js";
import { aside } from "./run/aside.js";
import { failures } from "./run/failures.js";
import { readAddress } from "./run/filter.js";
import { filterBar } from "./run/filterbar.js";
import { ganttView } from "./run/gantt.js";
import { graphView } from "./run/graph.js";
import { overviewView } from "./run/overview.js";
import { readSnapshot } from "./run/snapshot.js";
import { RunStore } from "./run/store.js";
import { tableView } from "./run/table.js";
import { tabs } from "./run/tabs.js";
import { BAR_ORDER, isOver, runChip, STATES, stateWord } from "./states.js";

/** @type {import("./run/store.js").Change} */
const NOTHING = { all: false, rows: new Int32Array(0), n: 0, head: false };

/** Shows the report in the page's `main`. */
export async function start() {
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  const { header, columns } = readSnapshot(await unpack());
  const store = new RunStore((callback) => requestAnimationFrame(callback));
  // Time stands still in a report: what was open then goes up to the moment of its making.
  store.load(header, columns, isOver(header.head.state) ? header.now : Date.now());
  const context = new ReportContext(header.head.run, store, new AbortController().signal);
  const views = h("section", { class: "report-views run", "aria-label": "Jobs" });
  main.replaceChildren(head(store), failures(context).element, views, ...tables());
  main.addEventListener("click", (event) => follow(event, context));
  show(context, views);
  listen();
}

/** @param {ReportContext} context @param {HTMLElement} into */
function show(context, into) {
  const { store } = context;
  const filter = filterBar(context);
  const chosen = aside(context);
  /** @type {Record<string, import("./run/context.js").Part>} */
  const parts = {
    graph: graphView(context),
    jobs: tableView(context),
    gantt: ganttView(context),
    overview: overviewView(context),
  };
  const matched = h("p", { class: "matched num muted" });
  const tabBar = tabs(context, parts, matched);
  fill(into, filter.element, sorting(context), tabBar.list, h("div", { class: "stage" }, tabBar.panels, chosen.element));
  const part = () => parts[context.address.view];
  const say = () => setText(matched, context.n === store.rows ? "" : `${count(context.n)} of ${counted(store.rows, "job")}`);
  const rematch = () => {
    const rematched = context.follow(NOTHING);
    say();
    part().update(NOTHING, rematched);
  };
  store.subscribe((_, change) => {
    const rematched = context.follow(change);
    filter.update(change);
    say();
    part().update(change, rematched);
  }, context.signal);
  context.on("match", rematch);
  context.on("view", () => {
    context.stale = true;
    context.follow(NOTHING);
    part().shown();
  });
  context.on("select", () => {
    chosen.update();
    part().selected();
  });
  /** @param {import("./run/filter.js").View} view */
  const to = (view) => () => {
    context.setView(view);
    part().focus();
  };
  bind("Report", {
    "/": ["search and filter", () => filter.focus()],
    1: ["rule graph", to("graph")],
    2: ["jobs", to("jobs")],
    3: ["Gantt chart", to("gantt")],
    4: ["overview", to("overview")],
    x: ["clear the filter", () => filter.clear()],
    Escape: ["choose no job", () => void context.select(-1)],
  });
}

/** @param {ReportContext} context */
function sorting(context) {
  const select = h(
    "select",
    { id: "order", on: { change: () => context.setOrder(select.value) } },
    Object.entries(ORDERS).map(([value, { name }]) => h("option", { value }, name)),
  );
  const label = h("p", { class: "report-order" }, h("label", { for: "order" }, "Jobs "), select);
  const update = () => {
    label.hidden = context.address.view !== "jobs";
  };
  context.on("view", update);
  update();
  return label;
}

/**
 * Links of the views that lead to other pages of the server lead to filters here, or nowhere.
 *
 * @param {MouseEvent} event
 * @param {ReportContext} context
 */
function follow(event, context) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const href = link?.getAttribute("href") ?? "";
  if (href.startsWith("/")) {
    event.preventDefault();
    if (href.includes("?")) {
      const { filter, view } = readAddress(href.slice(href.indexOf("?")));
      context.setFilter(filter);
      context.setView(view);
    }
  }
}

/** @param {RunStore} store */
function head(store) {
  const { run } = data;
  const over = isOver(run.state);
  let jobs = 0;
  for (const code of BAR_ORDER) {
    jobs += store.counts[code];
  }
  const states = BAR_ORDER.filter((code) => store.counts[code] > 0);
  return h(
    "header",
    { class: "report-head" },
    h("div", { class: "report-title" }, h("h1", null, data.title), runChip(run.state)),
    h(
      "p",
      { class: "num muted" },
      `${count(run.done)} of ${counted(run.total, "job")} done (${percent(run.done, run.total)})`,
      run.failures > 0 ? `, ${count(run.failures)} failed` : "",
      run.retries > 0 ? `, ${counted(run.retries, "attempt")} made again` : "",
      run.started ? ` · started ${new Date(millis(run.started)).toLocaleString("en-GB")}` : "",
      ` · ${over ? "took" : "so far"} ${duration(run.duration_seconds * 1000)}`,
      run.owner ? ` · ${run.owner}` : "",
    ),
    h(
      "div",
      { class: "bar", role: "img", "aria-label": `Jobs by state: ${states.map((code) => `${store.counts[code]} ${stateWord(code, over)}`).join(", ")}` },
      states.map((code) => h("span", { class: `st-${STATES[code]}`, style: { width: `${(100 * store.counts[code]) / jobs}%` } })),
    ),
    h("p", { class: "muted" }, `This report was made ${new Date(millis(data.made)).toLocaleString("en-GB")}. It holds all that it shows and asks no server.`),
  );
}

function tables() {
  const { run } = data;
  return [
    data.use.length > 0 ? section("What jobs used, by rule", useTable()) : null,
    section("What it was made with", madeWith(run)),
    run.warnings?.length > 0
      ? section(
          `${counted(run.warned, "warning")}`,
          h("ul", { class: "report-list" }, run.warnings.map((/** @type {any} */ one) => h("li", null, h("span", { class: "muted num" }, clock(one.time)), " ", one.message))),
        )
      : null,
    data.left_out.length > 0 ? section("What does not stand here", h("ul", { class: "report-list" }, data.left_out.map((text) => h("li", null, text)))) : null,
  ].filter((each) => each !== null);
}

/** @param {string} title @param {HTMLElement} content */
function section(title, content) {
  return h("section", { class: "report-section" }, h("h2", null, title), content);
}

function useTable() {
  const columns = ["Rule", "Jobs", "Time", "Processors", "of threads", "Memory", "asked for"];
  const most = {
    seconds: Math.max(...data.use.map((one) => one.seconds?.most ?? 0)),
    memory: Math.max(...data.use.map((one) => one.memory?.most ?? 0)),
  };
  return h(
    "div",
    { class: "scroll-x panel" },
    h(
      "table",
      { class: "report-table" },
      h("caption", { class: "muted" }, "Of jobs that finished: the least, the middle one and the most. The line spans from the least to the most."),
      h("thead", null, h("tr", null, columns.map((name) => h("th", { scope: "col" }, name)))),
      h(
        "tbody",
        null,
        data.use.map((one) =>
          h(
            "tr",
            null,
            h("th", { scope: "row" }, one.rule),
            h("td", { class: "num" }, count(one.jobs)),
            h("td", null, spread(one.seconds, most.seconds, (n) => duration(n * 1000))),
            h("td", null, spread(one.cores, Math.max(one.cores?.most ?? 0, one.threads ?? 0), (n) => n.toFixed(n < 10 ? 1 : 0))),
            h("td", { class: "num" }, one.threads ?? "–"),
            h("td", null, spread(one.memory, Math.max(most.memory, 1), bytes)),
            h("td", { class: "num" }, one.asked_memory === null ? "–" : bytes(one.asked_memory)),
          ),
        ),
      ),
    ),
  );
}

/** @param {import("./report/data.js").Spread | null} of @param {number} whole @param {(n: number) => string} text */
function spread(of, whole, text) {
  if (!of) {
    return h("span", { class: "muted" }, "not measured");
  }
  const at = (/** @type {number} */ n) => `${whole > 0 ? (100 * n) / whole : 0}%`;
  return h(
    "div",
    { class: "spread" },
    h("span", { class: "num" }, of.least === of.most ? text(of.middle) : `${text(of.least)} / ${text(of.middle)} / ${text(of.most)}`),
    h(
      "div",
      { class: "spread-line", "aria-hidden": "true" },
      h("i", { style: { left: at(of.least), width: `calc(${at(of.most)} - ${at(of.least)} + 2px)` } }),
      h("b", { style: { left: at(of.middle) } }),
    ),
  );
}

/** @param {any} run */
function madeWith(run) {
  const lives = run.lives ?? [];
  return h(
    "div",
    { class: "scroll-x panel" },
    h(
      "table",
      { class: "report-table" },
      h("caption", { class: "muted" }, `Run ${run.run}${run.folder ? `, in ${run.folder}` : ""}. Report by Sluice ${data.version}.`),
      h("thead", null, h("tr", null, ["Engine", "Began", "Command line", "Sluice", "User", "Host"].map((name) => h("th", { scope: "col" }, name)))),
      h(
        "tbody",
        null,
        lives.map((/** @type {any} */ life, /** @type {number} */ i) =>
          h(
            "tr",
            null,
            h("th", { scope: "row" }, i + 1),
            h("td", { class: "num" }, new Date(millis(life.started)).toLocaleString("en-GB")),
            h("td", { class: "mono" }, ["sluice", i === 0 ? "run" : "resume", ...(life.argv ?? [])].join(" ")),
            h("td", null, life.version),
            h("td", null, life.user),
            h("td", null, life.host ?? "–"),
          ),
        ),
      ),
    ),
  );
}
