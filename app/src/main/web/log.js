// The log viewer: a window over a file that may be large and may grow, of which the page never holds more than a few
// hundred kilobytes. Text of logs only ever becomes text nodes.

import { getRaw, isAbort } from "./api.js";
import { h, setText } from "./dom.js";
import { bytes as sizeText } from "./format.js";
import { bind } from "./keys.js";
import { button, pressed, toggle } from "./logbuttons.js";
import { ERROR_REACH, LogFile, lastError } from "./logfile.js";
import { LogHits } from "./loghits.js";
import { lineStarts, pieces } from "./logtext.js";
import { announce, errorBlank } from "./toast.js";

/** @typedef {import("./logtext.js").Chunk} Chunk */
/** @typedef {{chunk: Chunk, element: HTMLElement, starts: number[]}} Shown */

/** At most so many chunks stand in the page. */
const CHUNKS = 8;
/** So near to an edge of what is loaded, more is loaded. */
const NEAR = 600;

/** One log in the page. */
export class LogViewer {
  /** @type {Shown[]} */
  #shown = [];
  /** @type {EventSource | null} */
  #stream = null;
  #busy = false;
  #ended = false;
  /** The byte where the line begins that the reader was led to. */
  #current = -1;
  #closed = false;

  /**
   * @param {string} path of the log below /api/v1
   * @param {{live: boolean, name: string, title: string, query?: string}} options `live`: more may come; `query`: "?file=0"
   * @param {AbortSignal} signal
   */
  constructor(path, options, signal) {
    this.path = path;
    this.options = options;
    this.own = new AbortController();
    this.signal = AbortSignal.any([signal, this.own.signal]);
    this.file = new LogFile((query) => getRaw(withQuery(`${path}${options.query ?? ""}`, query), this.signal));
    this.follow = toggle("Follow", "Shows what comes as it comes (f)", options.live, (on) => this.#setFollow(on));
    this.wrap = toggle("Wrap", "Breaks long lines (w)", true, (on) => this.lines.classList.toggle("log-wrap", on));
    this.hits = new LogHits({
      file: this.file,
      signal: this.signal,
      redraw: () => this.#redraw(),
      top: () => this.#top(),
      toOffset: (offset) => this.#toOffset(offset),
      attempt: (act) => this.#try(act),
      leave: () => this.lines.focus(),
    });
    this.place = h("span", { class: "log-place num muted" });
    this.lines = h("div", { class: "log-lines log-wrap", role: "log", "aria-live": "off", tabindex: 0, "aria-label": options.title });
    this.note = h("div", { class: "log-note muted", hidden: true });
    this.element = h(
      "section",
      { class: "log panel", "aria-label": options.title },
      h(
        "div",
        { class: "log-bar" },
        this.hits.field,
        button("‹", "Previous hit (N)", () => void this.hits.go(-1)),
        button("›", "Next hit (n)", () => void this.hits.go(1)),
        this.hits.found,
        h("span", { class: "grow" }),
        h("button", { type: "button", title: "Leads to the last error (e)", on: { click: () => void this.#toError() } }, "Jump to the error"),
        button("⇤", "Beginning of the log (g)", () => void this.#toStart()),
        button("⇥", "End of the log (G)", () => void this.#toEnd()),
        this.wrap,
        options.live ? this.follow : null,
        h("button", { type: "button", title: "Saves the whole log as a file", on: { click: () => void this.#download() } }, "Download"),
      ),
      this.lines,
      h("div", { class: "log-foot" }, this.place, this.note),
    );
    this.lines.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.lines.addEventListener("wheel", (event) => event.deltaY < 0 && this.#letGo(), { passive: true });
    this.signal.addEventListener("abort", () => this.close());
    bind(
      "Log",
      {
        "/": ["search the log", () => this.hits.field.focus()],
        n: ["next hit", () => void this.hits.go(1)],
        N: ["previous hit", () => void this.hits.go(-1)],
        e: ["jump to the error", () => void this.#toError()],
        g: ["beginning of the log", () => void this.#toStart()],
        G: ["end of the log", () => void this.#toEnd()],
        w: ["wrap long lines", () => this.wrap.click()],
        f: ["follow what comes", () => options.live && this.follow.click()],
      },
      this.signal,
    );
  }

  /** Shows the end of the log, and follows it where more may come. */
  async open() {
    try {
      this.#replace(await this.file.tail());
      this.#bottom();
      if (this.options.live) {
        this.#listen();
      }
    } catch (error) {
      if (!isAbort(error)) {
        this.lines.replaceChildren(errorBlank(error, { again: () => void this.open() }));
      }
    }
  }

  /** Stops whatever goes on. */
  close() {
    if (!this.#closed) {
      this.#closed = true;
      this.#stream?.close();
      this.own.abort();
    }
  }

  #listen() {
    const stream = new EventSource(`${this.path}/stream${withQuery(this.options.query ?? "", `?offset=${this.#shown[this.#shown.length - 1]?.chunk.end ?? 0}`)}`);
    this.#stream = stream;
    stream.addEventListener("text", (event) => this.#told(JSON.parse(event.data)));
    stream.addEventListener("end", () => {
      stream.close();
      this.#ended = true;
      this.#setFollow(false);
      this.#foot();
    });
  }

  /** @param {{offset: number, next: number, text: string}} part */
  #told(part) {
    const following = pressed(this.follow);
    const last = this.#shown[this.#shown.length - 1];
    const atEnd = last === undefined || last.chunk.end === part.offset;
    this.file.size = Math.max(this.file.size, part.next);
    if (atEnd && (following || this.#shown.length < CHUNKS)) {
      const grown = this.file.append(last?.chunk, part);
      if (last && grown.start === last.chunk.start) {
        this.#redrawLast(grown);
      } else {
        this.#append(grown);
      }
      this.#trim(true);
      if (following) {
        this.#bottom();
      }
    } else if (following && !atEnd && last && part.next > last.chunk.end) {
      // The stream was cut and began elsewhere: what lies between is read anew.
      void this.#toEnd();
    }
    this.#foot();
  }

  /** @param {Chunk} chunk */
  #make(chunk) {
    const starts = lineStarts(chunk);
    const element = h("div", { class: "log-chunk" }, chunk.lines.map((line, i) => this.#line(line, starts[i] ?? 0)));
    return { chunk, element, starts };
  }

  /** @param {string} line @param {number} start */
  #line(line, start) {
    const found = pieces(line, this.hits.query);
    const element = h("div", { class: "log-line" });
    for (const { text, style, hit } of found) {
      element.append(hit ? h("mark", { class: style || null }, text) : style ? h("span", { class: style }, text) : text);
    }
    if (start === this.#current) {
      element.classList.add("log-current");
    }
    return element;
  }

  /** @param {Chunk} chunk */
  #replace(chunk) {
    this.#shown = [this.#make(chunk)];
    this.lines.replaceChildren(...this.#shown.map((each) => each.element));
    this.#foot();
  }

  /** @param {Chunk} chunk */
  #append(chunk) {
    const shown = this.#make(chunk);
    this.#shown.push(shown);
    this.lines.append(shown.element);
  }

  /** Lines that are there stay; the last one may have been unfinished. @param {Chunk} chunk */
  #redrawLast(chunk) {
    const last = this.#shown[this.#shown.length - 1];
    if (!last) {
      return;
    }
    const keep = Math.max(0, last.chunk.lines.length - 1);
    const starts = lineStarts(chunk);
    last.element.lastElementChild?.remove();
    last.element.append(...chunk.lines.slice(keep).map((line, i) => this.#line(line, starts[keep + i] ?? 0)));
    last.chunk = chunk;
    last.starts = starts;
  }

  /** Takes chunks away from the end that is not looked at. @param {boolean} fromTop */
  #trim(fromTop) {
    while (this.#shown.length > CHUNKS) {
      const gone = fromTop ? this.#shown.shift() : this.#shown.pop();
      const height = gone?.element.offsetHeight ?? 0;
      gone?.element.remove();
      if (fromTop) {
        this.lines.scrollTop -= height;
      }
    }
  }

  #scrolled() {
    const { scrollTop, clientHeight, scrollHeight } = this.lines;
    if (scrollTop + clientHeight < scrollHeight - 40) {
      if (this.#lastTop > scrollTop) {
        this.#letGo();
      }
    }
    this.#lastTop = scrollTop;
    if (!this.#busy) {
      if (scrollTop < NEAR) {
        void this.#load(true);
      } else if (scrollHeight - scrollTop - clientHeight < NEAR) {
        void this.#load(false);
      }
    }
  }

  #lastTop = 0;

  /** @param {boolean} above */
  async #load(above) {
    const edge = above ? this.#shown[0] : this.#shown[this.#shown.length - 1];
    if (!edge || (above ? edge.chunk.start === 0 : edge.chunk.end >= this.file.size)) {
      return;
    }
    this.#busy = true;
    try {
      const chunk = above ? await this.file.before(edge.chunk.start) : await this.file.from(edge.chunk.end);
      const still = above ? this.#shown[0] : this.#shown[this.#shown.length - 1];
      if (still === edge && chunk.end > chunk.start) {
        if (above) {
          const shown = this.#make(chunk);
          this.#shown.unshift(shown);
          const before = this.lines.scrollHeight;
          const top = this.lines.scrollTop;
          this.lines.prepend(shown.element);
          this.lines.scrollTop = top + this.lines.scrollHeight - before;
          this.#trim(false);
        } else {
          this.#append(chunk);
          this.#trim(true);
        }
        this.#foot();
      }
    } catch (error) {
      this.#fault(error);
    } finally {
      this.#busy = false;
    }
  }

  /** Leads to the line that begins at this byte. @param {number} offset @param {boolean} [force] */
  async #toOffset(offset, force) {
    this.#letGo();
    this.#current = offset;
    const there = this.#shown.some(({ chunk }) => chunk.start <= offset && offset < chunk.end);
    if (!there || force) {
      const chunk = await this.file.around(offset);
      this.#replace(chunk);
      await this.#load(true);
      await this.#load(false);
    }
    for (const element of this.lines.querySelectorAll(".log-current")) {
      element.classList.remove("log-current");
    }
    for (const { chunk, element, starts } of this.#shown) {
      if (chunk.start <= offset && offset < chunk.end) {
        const at = starts.findLastIndex((start) => start <= offset);
        const line = element.children[Math.max(0, at)];
        line?.classList.add("log-current");
        line?.scrollIntoView({ block: "center" });
      }
    }
    this.#foot();
  }

  async #toStart() {
    this.#letGo();
    await this.#try(async () => {
      if (this.#shown[0]?.chunk.start !== 0) {
        this.#replace(await this.file.from(0));
      }
      this.lines.scrollTop = 0;
    });
  }

  async #toEnd() {
    await this.#try(async () => {
      const last = this.#shown[this.#shown.length - 1];
      if (!last || last.chunk.end < this.file.size) {
        this.#replace(await this.file.tail());
      }
      this.#bottom();
    });
  }

  #bottom() {
    this.lines.scrollTop = this.lines.scrollHeight;
    this.#lastTop = this.lines.scrollTop;
  }

  async #toError() {
    await this.#try(async () => {
      this.#say("Looking for an error…");
      const found = await lastError(this.file, this.signal, (share) => this.#say(`Looking for an error… ${Math.floor(100 * share)} %`));
      this.#say("");
      if (found < 0) {
        const none = this.file.size > ERROR_REACH ? `No line of the last ${sizeText(ERROR_REACH)} looks like an error.` : "No line looks like an error.";
        announce(none);
        this.#say(none);
      } else {
        await this.#toOffset(found);
      }
    });
  }

  #redraw() {
    const top = this.lines.scrollTop;
    this.#shown = this.#shown.map(({ chunk }) => this.#make(chunk));
    this.lines.replaceChildren(...this.#shown.map((each) => each.element));
    this.lines.scrollTop = top;
  }

  /** The byte of the first line that is in sight. */
  #top() {
    const edge = this.lines.getBoundingClientRect().top;
    for (const { element, starts } of this.#shown) {
      if (element.getBoundingClientRect().bottom > edge) {
        const at = [...element.children].findIndex((line) => line.getBoundingClientRect().bottom > edge);
        return starts[Math.max(0, at)] ?? 0;
      }
    }
    return 0;
  }

  async #download() {
    await this.#try(async () => {
      this.#say("Fetching the whole log…");
      const parts = await this.file.whole();
      const link = h("a", { href: URL.createObjectURL(new Blob(parts, { type: "text/plain" })), download: this.options.name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      this.#say("");
    });
  }

  #letGo() {
    if (pressed(this.follow)) {
      this.#setFollow(false);
    }
  }

  /** @param {boolean} on */
  #setFollow(on) {
    this.follow.setAttribute("aria-pressed", String(on));
    if (on) {
      void this.#toEnd();
    }
    this.#foot();
  }

  #foot() {
    const first = this.#shown[0];
    const last = this.#shown[this.#shown.length - 1];
    const size = this.file.size;
    if (size === 0) {
      setText(this.place, this.options.live && !this.#ended ? "Nothing was printed so far" : "Nothing was printed");
      return;
    }
    const all = first?.chunk.start === 0 && last !== undefined && last.chunk.end >= size;
    const part = all ? sizeText(size) : `${sizeText(first?.chunk.start)} to ${sizeText(last?.chunk.end)} of ${sizeText(size)}`;
    const state = !this.options.live || this.#ended ? "" : pressed(this.follow) ? " · following" : " · not following";
    setText(this.place, part + state);
  }

  /** @param {string} text */
  #say(text) {
    setText(this.note, text);
    this.note.hidden = text === "";
  }

  /** @param {() => Promise<void>} act */
  async #try(act) {
    try {
      await act();
    } catch (error) {
      this.#fault(error);
    }
  }

  /** @param {unknown} error */
  #fault(error) {
    if (!isAbort(error)) {
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }
}

/** @param {string} path @param {string} query beginning with "?" */
function withQuery(path, query) {
  return path.includes("?") ? path + query.replace("?", "&") : path + query;
}
