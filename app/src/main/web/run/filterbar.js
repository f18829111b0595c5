// The filter bar: a chip a state with its count, the rule, the text. All views follow it.

import { h, setText } from "../dom.js";
import { count } from "../format.js";
import { CHIP_ORDER, mark, stateMeaning, stateWord } from "../states.js";
import { passesAll } from "./filter.js";

/** @typedef {import("./context.js").RunContext} RunContext */

const TYPING_MILLIS = 250;

/** @param {RunContext} context */
export function filterBar(context) {
  const { store } = context;
  const chips = CHIP_ORDER.map((code) => {
    const number = h("span", { class: "num" });
    const word = h("span");
    const button = h(
      "button",
      { type: "button", class: "chip", on: { click: () => toggle(code) } },
      mark(code),
      word,
      number,
    );
    return { code, button, word, number };
  });
  const rule = h("select", { "aria-label": "Rule", on: { change: () => context.setFilter({ rule: rule.value }) } });
  const text = h("input", {
    type: "search",
    placeholder: "Wildcard or output",
    "aria-label": "Search in wildcards and outputs",
    title: "Key /",
    on: { input: typed, keydown: leave },
  });
  const clearButton = h("button", { type: "button", class: "quiet", on: { click: clear } }, "Clear");
  const element = h(
    "section",
    { class: "filter", "aria-label": "Filter of the jobs" },
    h("div", { class: "chips", role: "group", "aria-label": "States" }, chips.map((chip) => chip.button)),
    h("div", { class: "fields" }, rule, text, clearButton),
  );
  /** @type {number | undefined} */
  let timer;
  let rulesShown = "";

  /** @param {number} code */
  function toggle(code) {
    context.setFilter({ states: context.address.filter.states ^ (1 << code) });
  }

  function typed() {
    clearTimeout(timer);
    timer = window.setTimeout(() => context.setFilter({ q: text.value.trim() }), TYPING_MILLIS);
  }

  /** @param {KeyboardEvent} event */
  function leave(event) {
    if (event.key === "Enter") {
      clearTimeout(timer);
      context.setFilter({ q: text.value.trim() });
    } else if (event.key === "Escape" && text.value === "") {
      text.blur();
    }
  }

  function clear() {
    clearTimeout(timer);
    text.value = "";
    context.setFilter({ states: 0, rule: "", q: "" });
  }

  function counts() {
    for (const { code, button, word, number } of chips) {
      const n = store.counts[code];
      const pressed = (context.address.filter.states & (1 << code)) !== 0;
      // Those that everybody looks for stay in place; rare ones show when there are any.
      button.hidden = n === 0 && !pressed && ![6, 3, 0, 5].includes(code);
      button.classList.toggle("none", n === 0);
      button.setAttribute("aria-pressed", String(pressed));
      button.title = stateMeaning(code, store.over);
      setText(word, stateWord(code, store.over));
      setText(number, count(n));
    }
  }

  function rules() {
    const key = store.rules.join("\n");
    if (key === rulesShown && rule.options.length > 0) {
      return;
    }
    rulesShown = key;
    const sorted = [...store.rules.keys()].sort((a, b) => store.rules[a].localeCompare(store.rules[b], "en"));
    rule.replaceChildren(
      h("option", { value: "" }, `All ${store.rules.length} rules`),
      ...sorted.map((i) => h("option", { value: store.rules[i] }, store.rules[i])),
    );
    rule.value = context.address.filter.rule;
  }

  function filtered() {
    const { filter } = context.address;
    clearButton.hidden = passesAll(filter);
    rule.value = filter.rule;
    if (document.activeElement !== text) {
      text.value = filter.q;
    }
    counts();
  }
  context.on("filter", filtered);
  rules();
  filtered();

  return {
    element,
    clear,
    focus: () => {
      text.focus();
      text.select();
    },
    /** @param {import("./context.js").Change} change */
    update: (change) => {
      if (change.all) {
        rules();
      }
      counts();
    },
  };
}

