// The table of jobs: a window of rows over all that pass the filter. States, times and attempts are painted from the
// columns; names come from the server as they are scrolled to.

import { h, setText } from "../dom.js";
import { navigate } from "../router.js";
import { cellsOf, COLUMNS, paintMark } from "./tablecells.js";

/** @typedef {import("./context.js").RunContext} RunContext */
/** @typedef {{element: HTMLElement, mark: HTMLElement, cells: HTMLElement[], index: number, row: number, code: number}} Line */

const HEIGHT = 28;
const SPARE = 6;
const FETCH_MILLIS = 60;

/** @param {RunContext} context @returns {import("./context.js").Part} */
export function tableView(context) {
  const { store } = context;
  const space = h("div", { class: "space", role: "rowgroup" });
  const head = h(
    "div",
    { class: "line head", role: "row", "aria-rowindex": 1 },
    COLUMNS.map((column, i) => h("span", { role: "columnheader", "aria-colindex": i + 1, class: column.class }, column.name)),
  );
  const scroller = h(
    "div",
    { class: "scroller", role: "grid", tabindex: 0, "aria-label": "Jobs", "aria-colcount": COLUMNS.length, on: { keydown: keys, scroll: () => paint(false), click, dblclick } },
    h("div", { class: "heads", role: "rowgroup" }, head),
    space,
  );
  const blank = h("div", { class: "blank", hidden: true });
  const element = h("div", { class: "table" }, scroller, blank);
  /** @type {Line[]} */
  let lines = [];
  let height = 0;
  /** @type {number | undefined} */
  let timer;
  const sizes = new ResizeObserver(() => {
    height = scroller.clientHeight;
    paint(true);
  });
  sizes.observe(scroller);
  context.signal.addEventListener("abort", () => sizes.disconnect(), { once: true });

  /** @param {number} n */
  function makeLines(n) {
    while (lines.length < n) {
      const mark = h("span", { class: "mark", "aria-hidden": "true" });
      const cells = COLUMNS.map((column, i) => h("span", { role: "gridcell", "aria-colindex": i + 1, class: column.class }));
      const word = h("span");
      cells[0].append(mark, word);
      cells[0] = word;
      const line = h("div", { class: "line", role: "row", id: `line-${lines.length}` }, ...COLUMNS.map((_, i) => (i === 0 ? /** @type {HTMLElement} */ (word.parentElement) : cells[i])));
      space.append(line);
      lines.push({ element: line, mark, cells, index: -1, row: -1, code: -1 });
    }
  }

  /** @param {boolean} all whether lines that stay in place are painted too */
  function paint(all) {
    if (context.address.view !== "jobs" || height === 0) {
      return;
    }
    const { n, matched } = context;
    const first = Math.max(0, Math.floor(scroller.scrollTop / HEIGHT) - SPARE);
    const last = Math.min(n, first + Math.ceil(height / HEIGHT) + 2 * SPARE);
    makeLines(last - first);
    const pool = lines.length;
    /** @type {number[]} */
    const missing = [];
    for (let i = 0; i < pool; i++) {
      // The line for an index is always the same one, so that scrolling moves as few as it can.
      const index = first + ((((i - first) % pool) + pool) % pool);
      const line = lines[i];
      if (index >= last) {
        if (line.index !== -1) {
          line.index = -1;
          line.element.hidden = true;
        }
        continue;
      }
      const row = matched[index];
      if (all || line.index !== index || line.row !== row) {
        place(line, index, row);
      }
      if (!context.details.of(row)) {
        missing.push(row);
      }
    }
    active();
    if (missing.length > 0) {
      clearTimeout(timer);
      missing.sort((a, b) => a - b);
      timer = window.setTimeout(() => context.wantMatched(missing), FETCH_MILLIS);
    }
  }

  /** @param {Line} line @param {number} index @param {number} row */
  function place(line, index, row) {
    if (line.index !== index) {
      line.element.hidden = false;
      line.element.style.transform = `translateY(${index * HEIGHT}px)`;
      line.element.setAttribute("aria-rowindex", String(index + 2));
      line.element.classList.toggle("odd", index % 2 === 1);
      line.index = index;
    }
    line.row = row;
    write(line);
  }

  /** @param {Line} line */
  function write(line) {
    const { row } = line;
    const code = store.columns.state[row];
    if (code !== line.code) {
      line.code = code;
      paintMark(line.mark, code);
    }
    const texts = cellsOf(store, row, context.details.of(row));
    for (let i = 0; i < texts.length; i++) {
      setText(line.cells[i], texts[i]);
    }
    line.cells[5].classList.toggle("why", code === 6);
    line.cells[5].title = texts[5];
    const chosen = row === context.row;
    if ((line.element.getAttribute("aria-selected") === "true") !== chosen) {
      line.element.setAttribute("aria-selected", String(chosen));
    }
  }

  function active() {
    const line = lines.find((one) => one.index >= 0 && one.row === context.row);
    if (line) {
      scroller.setAttribute("aria-activedescendant", line.element.id);
    } else {
      scroller.removeAttribute("aria-activedescendant");
    }
  }

  function resize() {
    const { n } = context;
    space.style.height = `${n * HEIGHT}px`;
    scroller.setAttribute("aria-rowcount", String(n + 1));
    blank.hidden = n > 0;
    if (n === 0) {
      const none = store.rows === 0;
      blank.replaceChildren(
        h("h2", null, none ? "There are no jobs yet" : context.searching ? "Searching…" : "No job passes this filter"),
        h("p", null, none ? "They show here once there is a plan." : "States move: some may come to pass it later."),
      );
    }
  }

  /** @returns {number} where the chosen job stands among those that pass, or -1 */
  function indexOfChosen() {
    const { matched, n, row } = context;
    let low = 0;
    let high = n - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (matched[middle] === row) {
        return middle;
      }
      if (matched[middle] < row) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    // Where another order than the plan's was chosen.
    return context.mask[row] === 1 ? matched.subarray(0, n).indexOf(row) : -1;
  }

  /** @param {KeyboardEvent} event */
  function keys(event) {
    const at = indexOfChosen();
    const page = Math.max(1, Math.floor(height / HEIGHT) - 2);
    /** @type {Record<string, number>} */
    const targets = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: context.n - 1 };
    if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      void openJob(context.row);
    } else if (event.key in targets && context.n > 0) {
      event.preventDefault();
      const index = Math.min(context.n - 1, Math.max(0, targets[event.key]));
      void context.select(context.matched[index]);
      reveal(index);
    }
  }

  /** @param {number} index */
  function reveal(index) {
    const top = index * HEIGHT;
    const room = scroller.clientHeight - HEIGHT;
    if (top < scroller.scrollTop) {
      scroller.scrollTop = top;
    } else if (top + HEIGHT > scroller.scrollTop + room) {
      scroller.scrollTop = top + HEIGHT - room;
    }
  }

  /** @param {Event} event @returns {number} */
  function rowOf(event) {
    const target = event.target instanceof Element ? event.target.closest(".line") : null;
    return lines.find((line) => line.element === target)?.row ?? -1;
  }

  /** @param {Event} event */
  function click(event) {
    const row = rowOf(event);
    if (row >= 0) {
      void context.select(row);
    }
  }

  /** @param {Event} event */
  function dblclick(event) {
    void openJob(rowOf(event));
  }

  /** @param {number} row */
  async function openJob(row) {
    const to = row >= 0 ? await context.jobUrl(row) : null;
    if (to) {
      navigate(to);
    }
  }

  function rewrite() {
    for (const line of lines) {
      if (line.index >= 0) {
        write(line);
      }
    }
  }

  // What runs gets older also while nothing is told.
  const clock = setInterval(() => {
    if (context.address.view === "jobs" && !store.over && !document.hidden) {
      rewrite();
    }
  }, 1000);
  context.signal.addEventListener("abort", () => clearInterval(clock), { once: true });

  return {
    element,
    update: (change, rematched) => {
      if (rematched || change.all) {
        resize();
        paint(true);
      } else if (change.n > 0) {
        rewrite();
      }
    },
    shown: () => {
      resize();
      height = scroller.clientHeight;
      const index = indexOfChosen();
      if (index >= 0) {
        reveal(index);
      }
      paint(true);
    },
    selected: () => {
      const index = indexOfChosen();
      if (index >= 0 && context.address.view === "jobs") {
        reveal(index);
      }
      paint(true);
    },
    detailed: () => paint(true),
    focus: () => scroller.focus(),
  };
}
