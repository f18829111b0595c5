// Tabs of the four views, as the ARIA pattern has them: arrows go from one to the next.

import { h } from "../dom.js";
import { VIEWS } from "./filter.js";

/** @typedef {import("./context.js").RunContext} RunContext */
/** @typedef {import("./context.js").Part} Part */

/** @type {Record<string, string>} */
const NAMES = { graph: "Rule graph", jobs: "Jobs", gantt: "Gantt", overview: "Overview" };

/**
 * @param {RunContext} context
 * @param {Record<string, Part>} parts
 * @param {HTMLElement} matched
 */
export function tabs(context, parts, matched) {
  const buttons = VIEWS.map((view, i) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${view}`,
        "aria-controls": `panel-${view}`,
        title: `Key ${i + 1}`,
        on: { click: () => context.setView(view) },
      },
      NAMES[view],
    ),
  );
  const panels = VIEWS.map((view) =>
    h(
      "div",
      { class: "view panel", role: "tabpanel", id: `panel-${view}`, "aria-labelledby": `tab-${view}` },
      parts[view].element,
    ),
  );
  const list = h(
    "div",
    { class: "tabs" },
    h("div", { role: "tablist", "aria-label": "Views of the jobs", on: { keydown: arrows } }, buttons),
    h("span", { class: "grow" }),
    matched,
  );

  /** @param {KeyboardEvent} event */
  function arrows(event) {
    const at = VIEWS.indexOf(context.address.view);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: VIEWS.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const index = (to + VIEWS.length) % VIEWS.length;
      context.setView(VIEWS[index]);
      buttons[index].focus();
    }
  }

  function choose() {
    VIEWS.forEach((view, i) => {
      const on = view === context.address.view;
      buttons[i].setAttribute("aria-selected", String(on));
      buttons[i].tabIndex = on ? 0 : -1;
      panels[i].hidden = !on;
    });
  }
  context.on("view", choose);
  choose();
  return { list, panels };
}
