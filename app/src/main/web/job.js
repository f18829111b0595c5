// The page of a job: what became of it and why, what it was given, what it printed.

import { get, isAbort, post, url } from "./api.js";
import { fill, h } from "./dom.js";
import { clock, counted, duration, wildcardText } from "./format.js";
import { block, copyButton, exitText, failureOf, list, meter, none } from "./jobparts.js";
import { used } from "./jobuse.js";
import { bind } from "./keys.js";
import { LogViewer } from "./log.js";
import { navigate, setQuery, setTitle } from "./router.js";
import { retryJob } from "./run/actions.js";
import { stateChip } from "./states.js";
import { announce, errorBlank, toast, toastError } from "./toast.js";

const OPEN = new Set(["queued", "started", "staging", "running", "ending"]);
const OVER = new Set(["failed", "cancelled", "skipped"]);

/**
 * @param {HTMLElement} main
 * @param {Record<string, string>} params
 * @param {AbortSignal} signal
 */
export async function show(main, params, signal) {
  const page = new JobPage(main, params.run ?? "", params.job ?? "", signal);
  await page.load();
  page.listen();
}

class JobPage {
  /** @type {any} */
  #job = null;
  #attempt = 0;
  #file = -1;
  /** @type {LogViewer | null} */
  #viewer = null;
  #viewed = "";
  #seen = "";

  /** @param {HTMLElement} main @param {string} run @param {string} key @param {AbortSignal} signal */
  constructor(main, run, key, signal) {
    this.run = run;
    this.key = key;
    this.signal = signal;
    this.head = h("header", { class: "page-head" });
    this.attempts = h("section", { class: "job-attempts" });
    this.log = h("section", { class: "job-log" });
    this.about = h("section", { class: "job-about" });
    this.main = main;
    main.classList.add("job");
    const asked = new URLSearchParams(location.search);
    this.#attempt = Number(asked.get("attempt") ?? 0);
    this.#file = Number(asked.get("file") ?? -1);
    addEventListener("querychange", () => {
      const now = new URLSearchParams(location.search);
      this.#attempt = Number(now.get("attempt") ?? 0);
      this.#file = Number(now.get("file") ?? -1);
      this.#draw();
    }, { signal });
    bind(
      "Job",
      {
        r: ["try it again", () => this.#job && OVER.has(this.#job.state) && void this.#retry()],
        "[": ["earlier attempt", () => this.#step(-1)],
        "]": ["later attempt", () => this.#step(1)],
        u: ["up to the run", () => navigate(this.#runUrl())],
      },
      signal,
    );
  }

  #runUrl() {
    return `/runs/${encodeURIComponent(this.run)}`;
  }

  async load() {
    try {
      const job = await get(url("runs", this.run, "jobs", this.key), this.signal);
      const first = this.#job === null;
      if (!first && job.state !== this.#job.state) {
        announce(`The job is ${job.state}`);
      }
      this.#job = job;
      if (first) {
        setTitle(job.title ?? job.rule);
        this.main.replaceChildren(this.head, this.attempts, this.log, this.about);
      }
      this.#draw();
    } catch (error) {
      if (isAbort(error)) {
        return;
      }
      if (this.#job === null) {
        setTitle("Job");
        this.main.replaceChildren(errorBlank(error, { heading: "h1", again: () => void this.load() }));
      } else {
        toastError(error);
      }
    }
  }

  /** The run is told of at most once a second; the job is asked for again then. */
  listen() {
    const events = new EventSource(url("events"));
    events.addEventListener("run", (event) => {
      if (JSON.parse(event.data).run === this.run) {
        void this.load();
      }
    });
    let broken = false;
    events.addEventListener("error", () => {
      broken = true;
    });
    events.addEventListener("open", () => {
      if (broken) {
        broken = false;
        void this.load();
      }
    });
    this.signal.addEventListener("abort", () => events.close());
  }

  #draw() {
    const job = this.#job;
    const text = JSON.stringify(job, (name, value) => (name === "duration_seconds" ? undefined : value)) + this.#attempt + this.#file;
    if (text === this.#seen) {
      return;
    }
    this.#seen = text;
    const place = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.place : undefined;
    fill(this.head, this.#header(job));
    fill(this.attempts, this.#attemptList(job));
    fill(this.about, this.#facts(job));
    if (place) {
      /** @type {HTMLElement | null} */ (this.main.querySelector(`[data-place="${CSS.escape(place)}"]`))?.focus();
    }
    this.#showLog(job);
  }

  /** @param {any} job */
  #header(job) {
    const failure = failureOf(job);
    return [
      h(
        "p",
        { class: "trail" },
        h("a", { href: "/" }, "Runs"),
        " / ",
        h("a", { href: this.#runUrl() }, this.run),
        " / ",
        h("a", { href: `${this.#runUrl()}?rule=${encodeURIComponent(job.rule ?? "")}` }, job.rule ?? "job"),
      ),
      h(
        "div",
        { class: "job-title" },
        h("h1", null, job.rule ?? job.job, " ", h("span", { class: "job-wildcards" }, wildcardText(job.wildcards))),
        stateChip(job.state),
        h("span", { class: "grow" }),
        h(
          "div",
          { class: "buttons" },
          job.state === "failed" ? h("a", { class: "button", href: `${this.#runUrl()}/files`, title: "Mend an input or the workflow, then resume" }, "Mend files") : null,
          OVER.has(job.state)
            ? h("button", { type: "button", class: "primary", data: { place: "retry" }, on: { click: () => void this.#retry() } }, "Try it again")
            : null,
          OPEN.has(job.state)
            ? h("button", { type: "button", class: "danger", data: { place: "cancel" }, on: { click: () => void this.#cancel() } }, "Cancel this job")
            : null,
        ),
      ),
      failure
        ? h("div", { class: `callout ${job.state === "failed" ? "bad" : "warn"}` }, h("h2", null, job.state === "failed" ? "It failed" : "It came to nothing"), h("p", null, failure))
        : null,
      job.current === false ? h("p", { class: "callout" }, "This job belongs to an earlier plan of the run.") : null,
    ];
  }

  /** @param {any} job */
  #attemptList(job) {
    if (job.attempts.length === 0) {
      return [h("h2", null, "Attempts"), h("p", { class: "muted" }, "It was never started. ", this.#waits(job))];
    }
    const chosen = this.#chosen(job);
    return [
      h("h2", null, "Attempts"),
      h(
        "div",
        { class: "scroll-x panel" },
        h(
          "table",
          { class: "grid-table" },
          h("thead", null, h("tr", null, ["Attempt", "State", "Where", "Started", "Took", "Exit", "Cores", "Memory", "Why"].map((name) => h("th", { scope: "col" }, name)))),
          h("tbody", null, [...job.attempts].reverse().map((each) => this.#attemptRow(each, each === chosen))),
        ),
      ),
    ];
  }

  /** @param {any} attempt @param {boolean} chosen */
  #attemptRow(attempt, chosen) {
    const use = used(attempt);
    const state = attempt.state === "again" ? "evicted" : attempt.state;
    const evicted = /^(evicted|lost)/.test(attempt.failure ?? "");
    return h(
      "tr",
      { class: chosen ? "looked-at" : null },
      h(
        "th",
        { scope: "row" },
        h(
          "button",
          {
            type: "button",
            class: "quiet",
            data: { place: `attempt-${attempt.attempt}` },
            "aria-pressed": String(chosen),
            "aria-label": `Show the log of attempt ${attempt.attempt}`,
            on: { click: () => this.#choose(attempt.attempt, -1) },
          },
          attempt.attempt,
        ),
      ),
      h("td", null, attempt.state === "again" && !evicted ? h("span", { class: "state" }, stateChip("failed").firstChild, "came to nothing") : stateChip(state)),
      h("td", null, attempt.executor || "–"),
      h("td", { class: "num", title: attempt.started }, clock(attempt.running ?? attempt.started)),
      h("td", { class: "num" }, attempt.ended || !OPEN.has(attempt.state) ? duration((attempt.duration_seconds ?? Number.NaN) * 1000) : `${duration((attempt.duration_seconds ?? Number.NaN) * 1000)} so far`),
      h("td", { class: "num" }, exitText(attempt.exit_code)),
      h("td", null, meter(use.cpu, "cores")),
      h("td", null, meter(use.memory, "memory")),
      h("td", { class: "job-why" }, attempt.failure ?? "", attempt.disowned ? " (its inputs are made anew: whatever comes of it does not count)" : ""),
    );
  }

  /** @param {any} job */
  #chosen(job) {
    return job.attempts.find((/** @type {any} */ each) => each.attempt === this.#attempt) ?? job.attempts[job.attempts.length - 1];
  }

  /** @param {number} attempt @param {number} file */
  #choose(attempt, file) {
    this.#attempt = attempt;
    this.#file = file;
    setQuery({ attempt: String(attempt), file: file < 0 ? "" : String(file) });
    this.#draw();
  }

  /** @param {number} by */
  #step(by) {
    const attempts = this.#job?.attempts ?? [];
    const at = attempts.indexOf(this.#chosen(this.#job));
    const next = attempts[at + by];
    if (next) {
      this.#choose(next.attempt, -1);
    }
  }

  /** @param {any} job */
  #showLog(job) {
    const attempt = job.attempts.length > 0 ? this.#chosen(job) : null;
    if (!attempt) {
      return;
    }
    const live = this.#file < 0 && OPEN.has(attempt.state);
    const viewed = `${attempt.attempt} ${this.#file}`;
    if (viewed === this.#viewed) {
      return;
    }
    this.#viewed = viewed;
    this.#viewer?.close();
    const logs = attempt.rule_logs?.length > 0 ? attempt.rule_logs : (job.rule_logs ?? []);
    const name = this.#file < 0 ? `Output of attempt ${attempt.attempt}` : logs[this.#file] ?? "log";
    this.#viewer = new LogViewer(
      url("runs", this.run, "jobs", this.key, "attempts", attempt.attempt, "log"),
      { live, name: `${attempt.name}${this.#file < 0 ? "" : `-${this.#file}`}.log`, title: name, query: this.#file < 0 ? "" : `?file=${this.#file}` },
      this.signal,
    );
    fill(
      this.log,
      h(
        "div",
        { class: "log-choice", role: "group", "aria-label": "Which log" },
        h("h2", null, "Log"),
        [-1, ...logs.keys()].map((file) =>
          h(
            "button",
            { type: "button", class: "toggle", "aria-pressed": String(file === this.#file), on: { click: () => this.#choose(attempt.attempt, file) } },
            file < 0 ? "Standard output and error" : h("span", { class: "mono" }, logs[file]),
          ),
        ),
      ),
      this.#viewer.element,
    );
    void this.#viewer.open();
  }

  /** @param {any} job */
  #facts(job) {
    return [
      job.command ? block("Command", h("div", { class: "copyable" }, copyButton(job.command), h("pre", { class: "job-command" }, job.command))) : null,
      h(
        "div",
        { class: "job-columns" },
        block("Why it runs", h("p", null, job.reason || "It was not started yet. ", job.reason ? null : this.#explain())),
        block("Parameters", job.params?.length > 0 ? list(job.params) : null),
        block("Inputs", job.input?.length > 0 ? list(job.input) : none("none")),
        block("Outputs", job.output?.length > 0 ? list(job.output) : none("none")),
        block("Needs", this.#links(job.needs, job.needs_count)),
        block("Needed by", this.#links(job.needed_by, job.needed_by_count)),
        block("Software", job.software ? h("p", { class: "mono" }, job.software) : null),
        block("Key", h("p", { class: "mono" }, job.job)),
      ),
    ];
  }

  /** @param {any} job */
  #waits(job) {
    const open = (job.needs ?? []).filter((/** @type {any} */ each) => each.state !== "finished");
    return open.length > 0 ? `It waits for ${open.length === 1 ? open[0].title : counted(open.length, "other job")}.` : this.#explain();
  }

  /** The server is asked only on a click: an answer may take a look at the workflow. */
  #explain() {
    const place = h("span", { "aria-live": "polite" });
    const button = h(
      "button",
      {
        type: "button",
        on: {
          click: async () => {
            button.disabled = true;
            try {
              const why = await get(url("runs", this.run, "jobs", this.key, "explain"), this.signal);
              place.textContent = ` ${why.sentence}`;
              button.remove();
            } catch (error) {
              toastError(error);
              button.disabled = false;
            }
          },
        },
      },
      "Explain",
    );
    return h("span", null, button, place);
  }

  /** @param {{job: string, title: string, state: string}[]} jobs @param {number} all */
  #links(jobs, all) {
    if (!jobs || jobs.length === 0) {
      return none("no other job");
    }
    return h(
      "ul",
      { class: "job-links" },
      jobs.map((each) => h("li", null, stateChip(each.state), h("a", { href: `${this.#runUrl()}/jobs/${encodeURIComponent(each.job)}` }, each.title))),
      all > jobs.length ? h("li", { class: "muted" }, `and ${counted(all - jobs.length, "more job")}`) : null,
    );
  }

  async #retry() {
    if (await retryJob(this.run, this.key)) {
      void this.load();
    }
  }

  async #cancel() {
    try {
      await post(url("runs", this.run, "jobs", this.key, "cancel"), {}, this.signal);
      toast("The job is being cancelled");
    } catch (error) {
      toastError(error);
    }
  }
}
