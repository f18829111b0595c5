// The page of all runs: the newest first, live, with what went wrong at a glance.

import { get, isAbort, Problem, query, remove, url } from "./api.js";
import { fill, h, setText } from "./dom.js";
import { counted } from "./format.js";
import { bind } from "./keys.js";
import { navigate, setQuery, setTitle } from "./router.js";
import { isOver, isResumable, RUN_STATES } from "./states.js";
import { announce, errorBlank, toast, toastError } from "./toast.js";
import { belongs, merged } from "./runlist.js";
import { debounced, firstReason, noneMatches, reasonOf, rowParts, timeText, welcome } from "./runparts.js";
import { confirm } from "./confirm.js";
import { cancelDialog, resume } from "./run/actions.js";

/** @typedef {import("./runlist.js").RunRow} RunRow */

const PAGE = 50;
const LOOK_MILLIS = 60_000;
const TICK_MILLIS = 5000;
/** How many failed runs are asked at once why they failed. */
const REASONS = 12;

/**
 * @param {HTMLElement} main
 * @param {Record<string, string>} _params
 * @param {AbortSignal} signal
 */
export async function show(main, _params, signal) {
  setTitle("Runs");
  const page = new RunsPage(main, signal);
  await page.load();
  page.listen();
}

class RunsPage {
  /** @type {RunRow[]} */
  #rows = [];
  /** @type {string | null} */
  #next = null;
  /** @type {Map<string, HTMLElement>} rows of the table by run */
  #shown = new Map();
  /** @type {Map<string, string>} why runs failed, as far as it was asked */
  #reasons = new Map();
  #loads = 0;

  /** @param {HTMLElement} main @param {AbortSignal} signal */
  constructor(main, signal) {
    this.signal = signal;
    this.text = h("input", {
      type: "search",
      id: "runs-q",
      placeholder: "Name or id",
      "aria-label": "Filter by name or id",
      on: { input: debounced(() => this.#filter(), 200) },
    });
    this.state = h(
      "select",
      { "aria-label": "Filter by state", on: { change: () => this.#filter() } },
      h("option", { value: "" }, "Any state"),
      Object.entries(RUN_STATES).map(([value, { word }]) => h("option", { value }, word)),
    );
    this.owner = h("input", {
      class: "runs-owner",
      placeholder: "Owner",
      "aria-label": "Filter by owner",
      on: { input: debounced(() => this.#filter(), 200) },
    });
    this.list = h("ul", { class: "runs", "aria-label": "Runs, the newest first" });
    this.blank = h("div", { hidden: true });
    this.more = h("button", { type: "button", hidden: true, on: { click: () => void this.#more() } }, "Load more");
    this.filters = h(
      "form",
      { class: "runs-filters", role: "search", on: { submit: (/** @type {Event} */ event) => event.preventDefault() } },
      this.text,
      this.state,
      this.owner,
    );
    main.append(
      h(
        "div",
        { class: "runs-head" },
        h("h1", null, "Runs"),
        this.filters,
        h("span", { class: "grow" }),
        h("a", { class: "button primary", href: "/submit" }, "Submit a workflow"),
      ),
      this.list,
      this.blank,
      h("div", { class: "runs-more" }, this.more),
    );
    this.#readQuery();
    addEventListener("querychange", () => {
      this.#readQuery();
      void this.load();
    }, { signal });
    bind(
      "Runs",
      {
        "/": ["filter", () => this.text.focus()],
        j: ["next run", () => this.#step(1)],
        k: ["previous run", () => this.#step(-1)],
        Escape: ["no filter", () => navigate("/")],
      },
      signal,
    );
  }

  #readQuery() {
    const asked = new URLSearchParams(location.search);
    this.text.value = asked.get("q") ?? "";
    this.state.value = asked.get("state") ?? "";
    this.owner.value = asked.get("owner") ?? "";
  }

  #asked() {
    return { q: this.text.value.trim(), state: this.state.value, owner: this.owner.value.trim() };
  }

  #filter() {
    setQuery(this.#asked());
    void this.load();
  }

  /** Loads the first page anew. */
  async load() {
    const mine = ++this.#loads;
    try {
      const found = await get(`/runs${query({ ...this.#asked(), limit: PAGE })}`, this.signal);
      if (mine === this.#loads) {
        this.#rows = found.runs;
        this.#next = found.next ?? null;
        this.#draw();
      }
    } catch (error) {
      if (!isAbort(error) && mine === this.#loads) {
        this.#rows = [];
        this.#draw();
        fill(this.blank, errorBlank(error, { again: () => void this.load() }));
      }
    }
  }

  async #more() {
    const mine = this.#loads;
    this.more.disabled = true;
    try {
      const found = await get(`/runs${query({ ...this.#asked(), after: this.#next, limit: PAGE })}`, this.signal);
      if (mine === this.#loads) {
        this.#rows = merged(this.#rows, found.runs);
        this.#next = found.next ?? null;
        this.#draw();
        announce(`${counted(this.#rows.length, "run")} shown`);
      }
    } catch (error) {
      toastError(error);
    } finally {
      this.more.disabled = false;
    }
  }

  /** Follows what changes, and lets the times of day go on. */
  listen() {
    const events = new EventSource(url("events"));
    const link = document.getElementById("link");
    let broken = false;
    events.addEventListener("run", (event) => this.#told(JSON.parse(event.data)));
    events.addEventListener("open", () => {
      if (link) {
        link.hidden = true;
      }
      if (broken) {
        broken = false;
        void this.load();
      }
    });
    events.addEventListener("error", () => {
      broken = true;
      if (link) {
        link.textContent = "Connecting again…";
        link.hidden = false;
      }
    });
    const ticks = setInterval(() => this.#rows.forEach((row) => this.#place(row)), TICK_MILLIS);
    // That a run was deleted by somebody else is told by no event.
    const look = () => {
      if (!document.hidden && events.readyState === EventSource.OPEN && this.#rows.length <= PAGE) {
        void this.load();
      }
    };
    const looks = setInterval(look, LOOK_MILLIS);
    document.addEventListener("visibilitychange", look, { signal: this.signal });
    this.signal.addEventListener("abort", () => {
      events.close();
      clearInterval(ticks);
      clearInterval(looks);
      if (link) {
        link.hidden = true;
      }
    });
  }

  /** @param {RunRow & {removed?: boolean}} row */
  #told(row) {
    const known = this.#rows.some((each) => each.run === row.run);
    if (row.removed || (known && !belongs(row, this.#asked()))) {
      this.#rows = this.#rows.filter((each) => each.run !== row.run);
      this.#draw();
    } else if (belongs(row, this.#asked()) && (known || this.#inReach(row))) {
      this.#rows = merged(this.#rows, [row]);
      if (known) {
        this.#place(row);
      } else {
        this.#draw();
      }
    }
  }

  /** @param {RunRow} row whether it stands among the pages that are loaded */
  #inReach(row) {
    const last = this.#rows[this.#rows.length - 1];
    return this.#next === null || last === undefined || row.run > last.run;
  }

  #draw() {
    /** @type {Map<string, HTMLElement>} */
    const shown = new Map();
    for (const row of this.#rows) {
      const item = this.#shown.get(row.run) ?? h("li", { class: "runs-row", data: { run: row.run } });
      shown.set(row.run, item);
    }
    this.#shown = shown;
    const items = [...shown.values()];
    if (items.some((item, i) => this.list.children[i] !== item) || this.list.children.length !== items.length) {
      this.list.replaceChildren(...items);
    }
    this.#rows.forEach((row) => this.#place(row));
    this.list.hidden = this.#rows.length === 0;
    this.more.hidden = this.#next === null;
    this.blank.hidden = this.#rows.length > 0;
    if (this.#rows.length === 0) {
      const { q, state, owner } = this.#asked();
      fill(this.blank, q || state || owner ? noneMatches() : welcome());
    }
    void this.#askReasons();
  }

  /** @param {RunRow} row */
  #place(row) {
    const item = this.#shown.get(row.run);
    if (!item) {
      return;
    }
    const reason = reasonOf(row) || this.#reasons.get(row.run) || "";
    const key = JSON.stringify([row.state, row.done, row.total, row.failures, row.queued_jobs, row.running_jobs, row.name, reason]);
    if (item.dataset.key !== key) {
      // A row that has the focus is mended in place of being made anew only when something else than time changed.
      const focused = item.contains(document.activeElement)
        ? (/** @type {HTMLElement} */ (document.activeElement).dataset.act ?? "")
        : null;
      item.dataset.key = key;
      fill(item, rowParts(row, reason, this.#acts(row)));
      if (focused !== null) {
        const again = focused && item.querySelector(`[data-act="${focused}"]`);
        /** @type {HTMLElement | null} */ (again || item.querySelector("a"))?.focus();
      }
    }
    const time = item.querySelector(".runs-time");
    if (time) {
      setText(time, timeText(row));
    }
  }

  /** @param {RunRow} row */
  #acts(row) {
    const name = row.name || row.run;
    if (isResumable(row.state)) {
      return [
        h(
          "button",
          {
            type: "button",
            class: "primary",
            data: { act: "resume" },
            "aria-label": `Resume ${name}`,
            on: { click: () => void resume(row.run) },
          },
          "Resume",
        ),
        this.#deletion(row, name),
      ];
    }
    if (isOver(row.state) || row.state === "unreadable") {
      return [this.#deletion(row, name)];
    }
    return [
      h(
        "button",
        { type: "button", class: "danger", data: { act: "cancel" }, "aria-label": `Cancel ${name}`, on: { click: () => cancelDialog(row.run) } },
        "Cancel",
      ),
    ];
  }

  /** @param {RunRow} row @param {string} name */
  #deletion(row, name) {
    return h(
      "button",
      {
        type: "button",
        class: "quiet",
        data: { act: "delete" },
        "aria-label": `Delete ${name}`,
        title: "Delete this run and its folder",
        on: { click: () => void this.#delete(row, name) },
      },
      "Delete",
    );
  }

  /** @param {RunRow} row @param {string} name */
  async #delete(row, name) {
    const chosen = await confirm({
      title: `Delete ${name}?`,
      text: "Its folder goes with all that it made, its logs and its journal. This cannot be undone.",
      choices: [{ value: "yes", label: "Delete it", kind: "danger" }],
    });
    if (!chosen) {
      return;
    }
    try {
      await remove(url("runs", row.run), this.signal);
      this.#rows = this.#rows.filter((each) => each.run !== row.run);
      this.#draw();
      toast(`${name} was deleted`);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) {
        void this.load();
      } else {
        toastError(error);
      }
    }
  }

  /** Rows need not say why a run failed; the newest of those on the page are asked. */
  async #askReasons() {
    const mine = this.#loads;
    const wanted = this.#rows
      .filter((row) => row.state === "failed" && !reasonOf(row) && !this.#reasons.has(row.run))
      .slice(0, REASONS);
    for (const row of wanted) {
      if (mine !== this.#loads || this.signal.aborted) {
        return;
      }
      try {
        this.#reasons.set(row.run, firstReason(await get(url("runs", row.run), this.signal)));
        this.#place(row);
      } catch {
        this.#reasons.set(row.run, "");
      }
    }
  }

  /** @param {number} by */
  #step(by) {
    const links = /** @type {NodeListOf<HTMLElement>} */ (this.list.querySelectorAll(".runs-name > a"));
    const at = [...links].findIndex((link) => link.closest("li")?.contains(document.activeElement));
    links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))]?.focus();
  }
}
