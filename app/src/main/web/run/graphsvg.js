// Draws a graph that the server has laid out as SVG, and paints its nodes as states move.

import { setText, svg } from "../dom.js";
import { count } from "../format.js";
import { BAR_ORDER, FAILED, FINISHED, REMOVED, STATES, stateWord } from "../states.js";

/** @typedef {{rule?: string, row?: number, job?: string, title?: string, state?: string, x: number, y: number, width: number, height: number, total?: number}} GraphNode */
/** @typedef {{from: number | string, to: number | string, points: [number, number][]}} GraphEdge */
/** @typedef {{width: number, height: number, nodes: GraphNode[], edges: GraphEdge[], truncated?: boolean | number}} Graph */
/** @typedef {{node: GraphNode, group: SVGGElement, texts: SVGTextElement[], bars: SVGRectElement[], rule: number}} DrawnNode */
/** @typedef {{svg: SVGSVGElement, width: number, height: number, ofJob: boolean, nodes: DrawnNode[]}} Drawn */

const EDGE = 12;
const PAD = 10;
const BAR = 5;

/**
 * @param {Graph} graph
 * @param {boolean} ofJob nodes are jobs, not rules
 * @param {(node: GraphNode) => void} choose
 * @param {(node: GraphNode) => void} open
 * @returns {Drawn}
 */
export function drawGraph(graph, ofJob, choose, open) {
  const width = graph.width + 2 * EDGE;
  const height = graph.height + 2 * EDGE;
  const nodes = graph.nodes.map((node) => drawNode(node, ofJob, choose, open));
  const edges = graph.edges.map((edge) => svg("path", { class: "edge", d: path(edge.points), "marker-end": "url(#arrow)" }));
  const element = svg(
    "svg",
    { class: "graph-svg", viewBox: `${-EDGE} ${-EDGE} ${width} ${height}`, role: "group", "aria-label": ofJob ? "Neighbourhood of a job" : "Rule graph" },
    svg(
      "defs",
      null,
      svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" }, svg("path", { class: "arrow", d: "M1 1L7 4L1 7" })),
    ),
    svg("g", { "aria-hidden": "true" }, edges),
    svg("g", null, nodes.map((node) => node.group)),
  );
  return { svg: element, width, height, ofJob, nodes };
}

/** @param {GraphNode} node @param {boolean} ofJob @param {(node: GraphNode) => void} choose @param {(node: GraphNode) => void} open @returns {DrawnNode} */
function drawNode(node, ofJob, choose, open) {
  const { width, height } = node;
  const name = ofJob ? node.title ?? "" : node.rule ?? "";
  const room = width - 2 * PAD;
  const texts = ofJob
    ? [svg("text", { x: 0, y: height / 2 + 4, class: "name" }, shorten(name, room - 4))]
    : [svg("text", { x: 0, y: 16, class: "name" }, shorten(name, room)), svg("text", { x: 0, y: 29, class: "n" })];
  const bars = ofJob
    ? [svg("rect", { x: 0, y: 0, width: 6, height, class: "side" })]
    : BAR_ORDER.map((code) => svg("rect", { y: height - BAR - 4, height: BAR, class: "seg", style: { fill: `var(--st-${STATES[code]})` } }));
  const group = svg(
    "g",
    {
      class: "node",
      transform: `translate(${node.x} ${node.y})`,
      tabindex: 0,
      role: "button",
      on: {
        click: () => choose(node),
        dblclick: () => open(node),
        keydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            event.stopPropagation();
            (ofJob && event.key === "Enter" ? open : choose)(node);
          }
        },
      },
    },
    svg("title", null, name),
    svg("rect", { class: "box", width, height, rx: 6 }),
    !ofJob && svg("rect", { class: "trough", x: PAD, y: height - BAR - 4, width: room, height: BAR }),
    bars,
    // Fonts differ in width from what the server reckoned with; what is too long is cut at the edge.
    svg("svg", { "aria-hidden": "true", x: ofJob ? PAD + 4 : PAD, width: ofJob ? room - 4 : room, height }, texts),
  );
  return { node, group, texts, bars, rule: -1 };
}

/**
 * @param {DrawnNode} drawn
 * @param {import("./store.js").RunStore} store
 * @param {string} chosen the rule of the filter
 */
export function paintRuleNode(drawn, store, chosen) {
  const { node, group, texts, bars } = drawn;
  const rule = drawn.rule >= 0 && store.rules[drawn.rule] === node.rule ? drawn.rule : store.rules.indexOf(node.rule ?? "");
  drawn.rule = rule;
  const total = rule < 0 ? 0 : store.totalOf(rule);
  const room = node.width - 2 * PAD;
  const share = room / Math.max(1, total);
  // A failed job among thousands still has to be seen; the rest gives way.
  const failed = rule < 0 ? 0 : store.countOf(rule, FAILED);
  const least = failed > 0 ? Math.max(0, 3 - failed * share) : 0;
  let x = PAD;
  for (let i = 0; i < BAR_ORDER.length; i++) {
    const code = BAR_ORDER[i];
    const n = rule < 0 ? 0 : store.countOf(rule, code);
    const wide = n * share * (1 - least / room) + (code === FAILED ? least : 0);
    set(bars[i], "x", x);
    set(bars[i], "width", wide);
    x += wide;
  }
  const done = rule < 0 ? 0 : store.countOf(rule, FINISHED);
  setText(texts[1], total === 0 ? "up to date" : done === total ? count(total) : doneOf(done, total, room / 6.4));
  group.classList.toggle("has-failed", failed > 0);
  group.classList.toggle("none", total === 0);
  group.classList.toggle("dim", chosen !== "" && chosen !== node.rule);
  setAttribute(group, "aria-pressed", String(chosen === node.rule));
  name(group, total === 0 ? `${node.rule}: nothing to do` : `${node.rule}: ${count(done)} of ${count(total)} finished${failed ? `, ${count(failed)} failed` : ""}`);
}

/**
 * @param {DrawnNode} drawn
 * @param {import("./store.js").RunStore} store
 * @param {string[]} colours
 * @param {number} chosen row
 */
export function paintJobNode({ node, group, bars }, store, colours, chosen) {
  const row = node.row ?? -1;
  const code = row >= 0 && row < store.rows ? store.columns.state[row] : REMOVED;
  bars[0].style.fill = colours[code];
  setAttribute(group, "aria-pressed", String(row === chosen));
  name(group, `${node.title}: ${stateWord(code, store.over)}`);
}

/** The title is what screen readers call the node, and what shows beside the pointer. @param {Element} group @param {string} text */
function name(group, text) {
  setText(/** @type {Element} */ (group.firstElementChild), text);
}

/**
 * @param {number} done
 * @param {number} total
 * @param {number} most letters
 * @returns {string} "14,949 / 15,000", or "14.9k / 15k" where that is too long
 */
export function doneOf(done, total, most) {
  const exact = `${count(done)} / ${count(total)}`;
  return exact.length <= most ? exact : `${short(done, Math.floor)} / ${short(total, Math.round)}`;
}

/** @param {number} n @param {(n: number) => number} whole rounds; what is done is never said to be more than it is */
function short(n, whole) {
  return n < 1000 ? String(n) : n < 99_950 ? `${whole(n / 100) / 10}k` : n < 1e6 ? `${whole(n / 1000)}k` : `${whole(n / 1e5) / 10}M`;
}

/** @param {Element} element @param {string} name @param {string} value */
function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/** @param {Element} element @param {string} name @param {number} value */
function set(element, name, value) {
  setAttribute(element, name, value.toFixed(1));
}

/** @param {[number, number][]} points @returns {string} lines with rounded corners */
export function path(points) {
  if (points.length === 0) {
    return "";
  }
  let d = `M${points[0][0]} ${points[0][1]}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [x, y] = points[i];
    const before = towards(points[i], points[i - 1]);
    const after = towards(points[i], points[i + 1]);
    d += `L${before[0]} ${before[1]}Q${x} ${y} ${after[0]} ${after[1]}`;
  }
  const [x, y] = points[points.length - 1];
  return `${d}L${x} ${y}`;
}

/** @param {[number, number]} from @param {[number, number]} to @returns {[number, number]} a little on the way */
function towards([x, y], [tx, ty]) {
  const far = Math.hypot(tx - x, ty - y) || 1;
  const step = Math.min(6, far / 2);
  return [round(x + ((tx - x) * step) / far), round(y + ((ty - y) * step) / far)];
}

/** @param {number} n */
function round(n) {
  return Math.round(n * 10) / 10;
}

/** @param {string} text @param {number} pixels @returns {string} about as much of it as there is room for */
export function shorten(text, pixels) {
  const most = Math.max(4, Math.floor(pixels / 7.2));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
