// The rule graph, laid out by the server: a node a rule with its counts and a bar by state; and around a chosen job,
// the jobs that it needs and that need it.

import { get, isAbort, query, url } from "../api.js";
import { fill, h } from "../dom.js";
import { navigate } from "../router.js";
import { errorBlank } from "../toast.js";
import { stateColours } from "../states.js";
import { drawGraph, paintJobNode, paintRuleNode } from "./graphsvg.js";

/** @typedef {import("./context.js").RunContext} RunContext */
/** @typedef {import("./graphsvg.js").Drawn} Drawn */

const ZOOMS = [0.3, 0.4, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2];

/** @param {RunContext} context @returns {import("./context.js").Part} */
export function graphView(context) {
  const { store, run } = context;
  const scroller = h("div", { class: "graph-room", tabindex: 0, role: "group", "aria-label": "Graph", on: { wheel } });
  const title = h("span", { class: "graph-title" });
  const hops = h(
    "select",
    { "aria-label": "How far", on: { change: () => context.setAround(Number(hops.value)) } },
    [1, 2, 3].map((n) => h("option", { value: n }, n === 1 ? "1 step" : `${n} steps`)),
  );
  const back = h("button", { type: "button", on: { click: () => context.setAround(0) } }, "All rules");
  const bar = h(
    "div",
    { class: "graph-bar" },
    title,
    hops,
    back,
    h("span", { class: "grow" }),
    h("button", { type: "button", class: "quiet", "aria-label": "Smaller", on: { click: () => step(-1) } }, "−"),
    h("button", { type: "button", class: "quiet", on: { click: () => fit() } }, "Fit"),
    h("button", { type: "button", class: "quiet", "aria-label": "Larger", on: { click: () => step(1) } }, "+"),
  );
  const element = h("div", { class: "graph" }, bar, scroller);
  /** @type {Drawn | null} */
  let drawn = null;
  /** What is drawn, or being fetched: the plan and, around a job, its key. */
  let shown = "";
  let zoom = 1;
  let fetching = new AbortController();
  context.signal.addEventListener("abort", () => fetching.abort(), { once: true });

  function key() {
    const { around, job } = context.address;
    return around > 0 && job ? `job ${job} ${around} ${store.plan}` : `rules ${store.plan} ${store.rows} ${store.seq === "" ? "" : "planned"}`;
  }

  async function load() {
    const wanted = key();
    if (wanted === shown) {
      paint();
      return;
    }
    shown = wanted;
    fetching.abort();
    fetching = new AbortController();
    const { around, job } = context.address;
    const ofJob = around > 0 && job !== "";
    const path = ofJob ? url("runs", run, "jobs", job, "neighbours") + query({ hops: around }) : url("runs", run, "graph");
    try {
      const graph = await get(path, fetching.signal);
      if (shown === wanted) {
        draw(graph, ofJob);
      }
    } catch (error) {
      if (!isAbort(error) && !context.signal.aborted) {
        shown = "";
        drawn = null;
        fill(scroller, errorBlank(error, { again: () => void load() }));
      }
    }
  }

  /** @param {import("./graphsvg.js").Graph} graph @param {boolean} ofJob */
  function draw(graph, ofJob) {
    drawn = null;
    hops.hidden = back.hidden = !ofJob;
    hops.value = String(context.address.around || 1);
    title.textContent = ofJob ? "What the chosen job needs, and what needs it" : "Rules, from what is made first to what was asked for";
    if (graph.truncated) {
      title.textContent += " (only a part: the whole is too large to read)";
    }
    if (graph.nodes.length === 0) {
      fill(scroller, h("div", { class: "blank" }, h("h2", null, "There is no graph yet"), h("p", null, "It shows here once there is a plan.")));
      return;
    }
    drawn = drawGraph(graph, ofJob, ofJob ? chooseJob : chooseRule, ofJob ? openJob : () => {});
    fill(scroller, drawn.svg);
    fit();
    paint();
  }

  /** @param {import("./graphsvg.js").GraphNode} node */
  function chooseRule(node) {
    context.setFilter({ rule: context.address.filter.rule === node.rule ? "" : node.rule ?? "" });
  }

  /** @param {import("./graphsvg.js").GraphNode} node */
  function chooseJob(node) {
    if (typeof node.row === "number") {
      void context.select(node.row);
    }
  }

  /** @param {import("./graphsvg.js").GraphNode} node */
  function openJob(node) {
    navigate(`/runs/${encodeURIComponent(run)}/jobs/${encodeURIComponent(node.job ?? "")}`);
  }

  function paint() {
    if (!drawn) {
      return;
    }
    const colours = stateColours().css;
    for (const node of drawn.nodes) {
      if (drawn.ofJob) {
        paintJobNode(node, store, colours, context.row);
      } else {
        paintRuleNode(node, store, context.address.filter.rule);
      }
    }
  }

  function fit() {
    if (drawn) {
      const wide = (scroller.clientWidth - 24) / drawn.width;
      const high = (scroller.clientHeight - 24) / drawn.height;
      // Small graphs are not blown up; large ones stay large enough to read, and are scrolled.
      setZoom(Math.min(1, Math.max(0.75, Math.min(wide, high))));
    }
  }

  /** @param {number} by */
  function step(by) {
    const at = ZOOMS.findIndex((candidate) => candidate >= zoom - 0.01);
    setZoom(ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, at + by))]);
  }

  /** @param {number} to */
  function setZoom(to) {
    zoom = to;
    if (drawn) {
      drawn.svg.setAttribute("width", String(Math.ceil(drawn.width * zoom)));
      drawn.svg.setAttribute("height", String(Math.ceil(drawn.height * zoom)));
    }
  }

  /** @param {WheelEvent} event */
  function wheel(event) {
    if (!event.ctrlKey && !event.metaKey) {
      return;
    }
    event.preventDefault();
    const box = scroller.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const before = zoom;
    setZoom(Math.min(2, Math.max(0.2, zoom * Math.exp(-event.deltaY / 400))));
    scroller.scrollLeft = (scroller.scrollLeft + x) * (zoom / before) - x;
    scroller.scrollTop = (scroller.scrollTop + y) * (zoom / before) - y;
  }

  return {
    element,
    update: (change) => {
      if (change.all) {
        void load();
      } else if (change.n > 0) {
        paint();
      }
    },
    shown: () => void load(),
    selected: () => void load(),
    detailed: () => void load(),
    focus: () => (drawn?.nodes[0]?.group ?? scroller).focus(),
  };
}
