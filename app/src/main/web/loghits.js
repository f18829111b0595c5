// The search of the log viewer: a field, how many lines it hits, and the way from one to the next.

import { h, setText } from "./dom.js";
import { count } from "./format.js";
import { LogSearch } from "./logfile.js";

/**
 * What the search asks of the log that it looks through.
 *
 * @typedef {object} Searched
 * @property {import("./logfile.js").LogFile} file
 * @property {AbortSignal} signal
 * @property {() => void} redraw marks what is looked for
 * @property {() => number} top the byte of the first line in sight
 * @property {(offset: number) => Promise<void>} toOffset
 * @property {(act: () => Promise<void>) => Promise<void>} attempt says what goes wrong
 * @property {() => void} leave gives the keys back to the lines
 */

export class LogHits {
  query = "";
  #at = -1;
  /** @type {LogSearch | null} */
  #search = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #soon;

  /** @param {Searched} log */
  constructor(log) {
    this.log = log;
    this.field = h("input", {
      type: "search",
      class: "log-search",
      placeholder: "Search the log",
      "aria-label": "Search the log; Enter: next, Shift and Enter: previous",
      on: {
        input: () => this.#searchSoon(),
        keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
      },
    });
    this.found = h("span", { class: "log-found num muted", "aria-live": "polite" });
  }

  #searchSoon() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#start(), 200);
  }

  #start() {
    this.#search?.stop();
    this.query = this.field.value;
    this.#at = -1;
    this.log.redraw();
    if (this.query === "") {
      this.#search = null;
      setText(this.found, "");
      return;
    }
    const search = new LogSearch(this.log.file, this.query, () => this.#counted());
    this.#search = search;
    void this.log.attempt(async () => {
      await search.run(this.log.signal);
    });
    this.#counted();
  }

  #counted() {
    const search = this.#search;
    if (search) {
      const place = this.#at >= 0 ? `${count(this.#at + 1)} of ` : "";
      const more = search.full ? "+" : "";
      const going = search.done ? "" : " …";
      const lines = search.hits.length === 1 ? "line" : "lines";
      setText(this.found, search.done && search.hits.length === 0 ? "no hit" : `${place}${count(search.hits.length)}${more} ${lines}${going}`);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      if (this.field.value !== this.query) {
        clearTimeout(this.#soon);
        this.#start();
      }
      void this.go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      this.field.value = "";
      this.#start();
      this.log.leave();
    }
  }

  /** @param {number} by 1: to the next hit, -1: to the one before */
  async go(by) {
    const search = this.#search;
    if (!search) {
      this.field.focus();
      return;
    }
    await this.log.attempt(async () => {
      await search.beyond(by > 0 ? this.#at + 1 : 0);
      if (this.#search !== search) {
        return;
      }
      const n = search.hits.length;
      if (n > 0) {
        this.#at = this.#at < 0 ? search.nearest(this.log.top(), by) : (this.#at + by + n) % n;
        await this.log.toOffset(search.hits[this.#at] ?? 0);
      }
      this.#counted();
    });
  }
}
