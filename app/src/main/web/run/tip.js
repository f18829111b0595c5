// The tip beside the pointer: which job it is over.

import { fill, h, setText } from "../dom.js";
import { stateChip } from "../states.js";

export function floatingTip() {
  const state = h("span");
  const rule = h("strong");
  const name = h("span", { class: "mono" });
  const more = h("span", { class: "muted num" });
  const element = h("div", { class: "tip", hidden: true, "aria-hidden": "true" }, h("div", null, state, rule), name, more);
  let code = -1;
  let row = -1;

  return {
    element,
    get row() {
      return row;
    },
    hide: () => {
      row = -1;
      element.hidden = true;
    },
    /** @param {string} text */
    rename: (text) => setText(name, text),
    /**
     * @param {number} x client pixels
     * @param {number} y
     * @param {number} of the row
     * @param {number} stateCode
     * @param {string} ruleName
     * @param {string} title
     * @param {boolean} over
     * @param {string} [note]
     */
    show: (x, y, of, stateCode, ruleName, title, over, note = "") => {
      row = of;
      if (code !== stateCode) {
        code = stateCode;
        fill(state, stateChip(stateCode, over));
      }
      setText(rule, ruleName);
      setText(name, title);
      setText(more, note);
      element.hidden = false;
      const right = x + 16 + element.offsetWidth > innerWidth;
      const below = y + 20 + element.offsetHeight > innerHeight;
      element.style.left = `${right ? x - 12 - element.offsetWidth : x + 14}px`;
      element.style.top = `${below ? y - 12 - element.offsetHeight : y + 16}px`;
    },
  };
}
