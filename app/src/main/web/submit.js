// The page that submits a workflow, and the one that replaces files of an ended run before it is resumed.

import { isAbort, Problem, upload, url } from "./api.js";
import { fill, h } from "./dom.js";
import { bytes, counted, percent } from "./format.js";
import { byRule } from "./plansum.js";
import { navigate, setTitle } from "./router.js";
import { resume } from "./run/actions.js";
import { split } from "./shellwords.js";
import { announce } from "./toast.js";

const KINDS = ".tar.gz,.tgz,.zip,.smk,Snakefile";

/**
 * @param {HTMLElement} main
 * @param {Record<string, string>} params with `run`: the page that replaces files of that run
 * @param {AbortSignal} signal
 */
export async function show(main, params, signal) {
  if (params.run) {
    setTitle("Mend files");
    new FilesForm(main, params.run, signal);
  } else {
    setTitle("Submit a workflow");
    new SubmitForm(main, signal);
  }
}

/** A place for one file: chosen by a button or dropped. */
class FilePlace {
  /** @type {File | null} */
  file = null;

  /** @param {string} what @param {() => void} chosen */
  constructor(what, chosen) {
    this.chosen = chosen;
    this.input = h("input", { type: "file", id: "bundle", class: "sr", on: { change: () => this.#take(this.input.files?.[0] ?? null) } });
    this.name = h("strong", null, what);
    this.note = h("span", { class: "muted" }, `Drop it here: an archive (${KINDS.split(",").slice(0, 3).join(", ")}) or a single Snakefile`);
    this.element = h(
      "div",
      { class: "drop", role: "group", "aria-label": what },
      this.name,
      this.note,
      h("button", { type: "button", data: { first: "" }, on: { click: () => this.input.click() } }, "Choose a file"),
      this.input,
    );
    this.input.tabIndex = -1;
    this.input.setAttribute("aria-label", what);
    for (const type of ["dragenter", "dragover"]) {
      this.element.addEventListener(type, (event) => {
        event.preventDefault();
        this.element.classList.add("over");
      });
    }
    this.element.addEventListener("dragleave", () => this.element.classList.remove("over"));
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      this.element.classList.remove("over");
      this.#take(event.dataTransfer?.files[0] ?? null);
    });
  }

  /** @param {File | null} file */
  #take(file) {
    if (file) {
      this.file = file;
      this.name.textContent = file.name;
      this.note.textContent = bytes(file.size);
      announce(`${file.name}, ${bytes(file.size)}, chosen`);
      this.chosen();
    }
  }
}

/** How far an upload is. */
class Sending {
  constructor() {
    this.bar = h("progress", { max: 1, value: 0, "aria-label": "Upload" });
    this.text = h("span", { class: "muted num" });
    this.element = h("div", { class: "submit-progress", hidden: true }, this.bar, this.text);
  }

  /** @param {number} sent @param {number} total @param {string} then what the server does once all is there */
  tell(sent, total, then) {
    this.element.hidden = false;
    this.bar.max = Math.max(1, total);
    this.bar.value = sent;
    this.text.textContent = sent < total ? `${percent(sent, total)} of ${bytes(total)}` : then;
  }

  done() {
    this.element.hidden = true;
  }
}

class SubmitForm {
  #busy = false;

  /** @param {HTMLElement} main @param {AbortSignal} signal */
  constructor(main, signal) {
    this.signal = signal;
    this.place = new FilePlace("A workflow", () => this.#ready());
    this.words = h("input", {
      id: "words",
      class: "mono",
      placeholder: "-c 4 --config samples=12",
      spellcheck: "false",
      autocomplete: "off",
      "aria-describedby": "words-note words-wrong",
      on: { input: () => this.#ready() },
    });
    this.wrong = h("p", { class: "wrong", id: "words-wrong", role: "status" });
    this.runName = h("input", { id: "name", autocomplete: "off" });
    this.plan = h("button", { type: "button", disabled: true, on: { click: () => void this.#send(false) } }, "Plan");
    this.start = h("button", { class: "primary", disabled: true }, "Submit");
    this.sending = new Sending();
    this.result = h("div", { class: "submit-result" });
    main.classList.add("submit");
    main.append(
      h("h1", null, "Submit a workflow"),
      h("p", { class: "muted" }, "It runs on the server, and goes on when this page is closed."),
      h(
        "form",
        {
          class: "panel submit-form",
          on: {
            submit: (/** @type {Event} */ event) => {
              event.preventDefault();
              void this.#send(true);
            },
          },
        },
        this.place.element,
        h(
          "div",
          { class: "field" },
          h("label", { for: "words" }, "Flags and targets"),
          this.words,
          h("p", { class: "muted", id: "words-note" }, "As behind ", h("code", null, "sluice run"), ". Where the files lie is the server's affair."),
          this.wrong,
        ),
        h("div", { class: "field" }, h("label", { for: "name" }, "Name (optional)"), this.runName),
        h("div", { class: "submit-acts" }, this.start, this.plan, this.sending.element),
      ),
      this.result,
    );
  }

  #ready() {
    const { problem } = split(this.words.value);
    this.wrong.textContent = problem;
    this.words.setAttribute("aria-invalid", String(problem !== ""));
    const no = this.#busy || problem !== "" || this.place.file === null;
    this.plan.disabled = no;
    this.start.disabled = no;
  }

  /** @param {boolean} start whether it runs; else only its plan is made */
  async #send(start) {
    const { words, problem } = split(this.words.value);
    if (this.#busy || problem !== "" || this.place.file === null) {
      return;
    }
    this.#busy = true;
    this.#ready();
    this.result.replaceChildren();
    const form = new FormData();
    form.append("words", JSON.stringify(words));
    if (this.runName.value.trim() !== "") {
      form.append("name", this.runName.value.trim());
    }
    form.append("bundle", this.place.file, this.place.file.name);
    try {
      const then = start ? "The server looks at it…" : "The server makes the plan…";
      const answer = await upload(start ? "/runs" : "/plan", form, (sent, total) => this.sending.tell(sent, total, then), this.signal);
      if (start) {
        navigate(`/runs/${encodeURIComponent(answer.run)}`);
        return;
      }
      this.#showPlan(answer);
    } catch (error) {
      showProblem(this.result, error, start ? "The workflow was not taken" : "There is no plan");
    } finally {
      this.sending.done();
      this.#busy = false;
      this.#ready();
    }
  }

  /** @param {{jobs: any[], messages: string}} plan */
  #showPlan(plan) {
    const rules = byRule(plan.jobs);
    const text = plan.jobs.length === 0 ? "Nothing has to be done" : `${counted(plan.jobs.length, "job")} would run`;
    fill(
      this.result,
      h(
        "section",
        { class: "panel submit-form", "aria-label": "Plan" },
        h("h2", { tabindex: -1 }, text),
        rules.length > 0 &&
          h(
            "table",
            { class: "plan-rules" },
            h("thead", null, h("tr", null, h("th", { scope: "col" }, "Rule"), h("th", { scope: "col", class: "num" }, "Jobs"), h("th", { scope: "col", class: "num" }, "Threads"), h("th", { scope: "col" }, "Why the first of them runs"))),
            h(
              "tbody",
              null,
              rules.map((rule) =>
                h("tr", null, h("th", { scope: "row" }, rule.rule), h("td", { class: "num" }, rule.jobs), h("td", { class: "num" }, rule.threads), h("td", null, rule.reason)),
              ),
            ),
          ),
        plan.messages ? h("details", null, h("summary", null, "What was said"), h("pre", null, plan.messages)) : null,
      ),
    );
    announce(text);
    this.result.querySelector("h2")?.focus();
  }
}

class FilesForm {
  #busy = false;

  /** @param {HTMLElement} main @param {string} run @param {AbortSignal} signal */
  constructor(main, run, signal) {
    this.run = run;
    this.signal = signal;
    this.place = new FilePlace("Files of the workflow", () => {
      this.start.disabled = this.#busy || this.place.file === null;
    });
    this.start = h("button", { class: "primary", disabled: true }, "Replace files");
    this.sending = new Sending();
    this.result = h("div", { class: "submit-result" });
    main.classList.add("submit");
    main.append(
      h("p", { class: "trail" }, h("a", { href: "/" }, "Runs"), " / ", h("a", { href: this.#runUrl() }, run)),
      h("h1", null, "Mend files"),
      h("p", { class: "muted" }, "What is in the archive replaces files of the run's folder; all others stay. Then resume the run: what depends on a changed file is made anew."),
      h(
        "form",
        {
          class: "panel submit-form",
          on: {
            submit: (/** @type {Event} */ event) => {
              event.preventDefault();
              void this.#send();
            },
          },
        },
        this.place.element,
        h("div", { class: "submit-acts" }, this.start, this.sending.element),
      ),
      this.result,
    );
  }

  #runUrl() {
    return `/runs/${encodeURIComponent(this.run)}`;
  }

  async #send() {
    if (this.#busy || this.place.file === null) {
      return;
    }
    this.#busy = true;
    this.start.disabled = true;
    const form = new FormData();
    form.append("bundle", this.place.file, this.place.file.name);
    try {
      const answer = await upload(url("runs", this.run, "files"), form, (sent, total) => this.sending.tell(sent, total, "The server unpacks it…"), this.signal);
      this.#showFiles(answer.files ?? []);
    } catch (error) {
      showProblem(this.result, error, "No file was replaced");
    } finally {
      this.sending.done();
      this.#busy = false;
      this.start.disabled = false;
    }
  }

  /** @param {string[]} files */
  #showFiles(files) {
    const shown = files.slice(0, 100);
    fill(
      this.result,
      h(
        "section",
        { class: "panel submit-form", role: "status" },
        h("h2", null, `${counted(files.length, "file")} ${files.length === 1 ? "was" : "were"} replaced`),
        h("ul", { class: "mono job-list" }, shown.map((file) => h("li", null, file))),
        files.length > shown.length && h("p", { class: "muted" }, `and ${files.length - shown.length} more`),
        h(
          "div",
          { class: "submit-acts" },
          h(
            "button",
            {
              type: "button",
              class: "primary",
              on: {
                click: async () => {
                  if (await resume(this.run)) {
                    navigate(this.#runUrl());
                  }
                },
              },
            },
            "Resume the run",
          ),
          h("a", { class: "button", href: this.#runUrl() }, "Back to the run"),
        ),
      ),
    );
  }
}

/**
 * @param {HTMLElement} place
 * @param {unknown} error
 * @param {string} title
 */
function showProblem(place, error, title) {
  if (isAbort(error)) {
    return;
  }
  const problem = error instanceof Problem ? error : new Problem(0, "Something in this page went wrong", String(error));
  fill(
    place,
    h(
      "section",
      { class: "callout bad", role: "alert" },
      h("h2", null, title),
      h("p", null, problem.title),
      problem.detail && h("pre", { tabindex: 0, "aria-label": "What is wrong" }, problem.detail),
      problem.hint && h("p", { class: "muted" }, problem.hint),
    ),
  );
}
