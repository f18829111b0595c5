// The page of a run: what it is and how far, what failed and why, and its jobs in four linked views.

import { h, setText } from "./dom.js";
import { count, counted } from "./format.js";
import { bind } from "./keys.js";
import { navigate, setTitle } from "./router.js";
import { announce } from "./toast.js";
import { aside } from "./run/aside.js";
import { RunContext } from "./run/context.js";
import { failures } from "./run/failures.js";
import { filterBar } from "./run/filterbar.js";
import { ganttView } from "./run/gantt.js";
import { graphView } from "./run/graph.js";
import { header } from "./run/header.js";
import { Live } from "./run/live.js";
import { overviewView } from "./run/overview.js";
import { RunStore } from "./run/store.js";
import { tableView } from "./run/table.js";
import { tabs } from "./run/tabs.js";

/**
 * @param {HTMLElement} main
 * @param {Record<string, string>} params
 * @param {AbortSignal} signal
 */
export async function show(main, params, signal) {
  const store = new RunStore((callback) => requestAnimationFrame(callback));
  const context = new RunContext(params.run, store, signal);
  const live = new Live(params.run, store, signal, showLink, (row) => top.peek(row));
  signal.addEventListener("abort", () => showLink("ended"), { once: true });
  setTitle(params.run);
  main.append(skeleton());
  await live.open();

  const top = header(context, () => live.reload());
  const failed = failures(context);
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
  main.className = "run";
  const stage = h("div", { class: "stage" }, tabBar.panels, chosen.element);
  main.replaceChildren(top.element, failed.element, filter.element, tabBar.list, stage);

  const part = () => parts[context.address.view];
  /** @param {boolean} [rematched] */
  const sayMatched = (rematched = true) => {
    if (rematched) {
      const total = store.rows - store.counts[11];
      const text = context.n === total ? "" : `${count(context.n)} of ${count(total)} jobs`;
      setText(matched, context.searching ? "Searching…" : context.found?.more && context.address.filter.q ? `${text}, the first found` : text);
    }
  };
  /** Without a plan there is nothing to filter and nothing to see. */
  const furnish = () => {
    filter.element.hidden = tabBar.list.hidden = stage.hidden = store.rows === 0;
  };
  furnish();
  store.subscribe((_, change) => {
    const rematched = context.follow(change);
    if (change.head) {
      top.update();
      failed.update();
      chosen.update();
    }
    if (change.all) {
      furnish();
    }
    filter.update(change);
    sayMatched(rematched);
    part().update(change, rematched);
    if (change.all || change.n > 0) {
      chosen.update();
    }
  }, signal);
  context.on("match", () => {
    const rematched = context.follow(NOTHING);
    sayMatched();
    part().update(NOTHING, rematched);
  });
  context.on("filter", () => sayMatched());
  context.on("view", () => part().shown());
  context.on("select", () => {
    chosen.update();
    part().selected();
  });
  context.on("details", () => {
    chosen.update();
    part().detailed();
  });
  addKeys(context, filter, part, signal);
  announceEnd(store, signal);
  void context.search();
  if (context.address.job) {
    void context.selectByKey();
  }
}

/** @type {import("./run/store.js").Change} */
const NOTHING = { all: false, rows: new Int32Array(0), n: 0, head: false };

/** @param {import("./run/live.js").LinkState} state */
function showLink(state) {
  const place = /** @type {HTMLElement} */ (document.getElementById("link"));
  place.hidden = state !== "waiting";
  setText(place, state === "waiting" ? "Connection lost, trying again…" : "");
}

/**
 * @param {RunContext} context
 * @param {{focus: () => void, clear: () => void}} filter
 * @param {() => import("./run/context.js").Part} part
 * @param {AbortSignal} signal
 */
function addKeys(context, filter, part, signal) {
  /** @param {import("./run/filter.js").View} view */
  const to = (view) => () => {
    context.setView(view);
    part().focus();
  };
  /** @param {number} by */
  const step = (by) => () => {
    const { matched, n, row } = context;
    if (n > 0) {
      let at = 0;
      while (at < n && matched[at] < row) {
        at++;
      }
      const index = row < 0 ? 0 : Math.min(n - 1, Math.max(0, at + (by > 0 && matched[at] !== row ? 0 : by)));
      void context.select(matched[index]);
    }
  };
  bind(
    "A run",
    {
      "/": ["search and filter", () => filter.focus()],
      1: ["rule graph", to("graph")],
      2: ["jobs", to("jobs")],
      3: ["Gantt chart", to("gantt")],
      4: ["overview", to("overview")],
      j: ["next job", step(1)],
      k: ["previous job", step(-1)],
      x: ["clear the filter", () => filter.clear()],
      o: ["open the chosen job", () => void openJob(context)],
      Escape: ["choose no job", () => void context.select(-1)],
    },
    signal,
  );
}

/** @param {RunContext} context */
async function openJob(context) {
  const to = context.row >= 0 ? await context.jobUrl(context.row) : null;
  if (to) {
    navigate(to);
  }
}

/** @param {RunStore} store @param {AbortSignal} signal */
function announceEnd(store, signal) {
  let was = store.head?.state;
  let failures = store.progress.failed;
  store.subscribe((_, change) => {
    if (!change.head || !store.head) {
      return;
    }
    if (store.head.state !== was) {
      was = store.head.state;
      announce(`The run is ${was === "broken-off" ? "broken off" : was}.`);
    } else if (store.progress.failed > failures) {
      announce(`${counted(store.progress.failed, "job has", "jobs have")} failed.`);
    }
    failures = store.progress.failed;
  }, signal);
}

function skeleton() {
  return h("div", { class: "blank muted", "aria-busy": "true" }, h("p", null, "Loading the run…"));
}
