// Pages by path, on the history API. A page module exports `async function show(main, params, signal)`;
// the signal is aborted when the page is left, and everything the page started hangs on it.

import { errorBlank } from "./toast.js";
import { isAbort, Problem } from "./api.js";

/** @typedef {{show: (main: HTMLElement, params: Record<string, string>, signal: AbortSignal) => Promise<void>}} Page */
/** @typedef {{pattern: RegExp, names: string[], load: () => Promise<Page>, nav: string}} Route */

/** @type {Route[]} */
const ROUTES = [
  { pattern: /^\/$/, names: [], load: () => import("./runs.js"), nav: "runs" },
  { pattern: /^\/runs\/([^/]+)\/?$/, names: ["run"], load: () => import("./run.js"), nav: "runs" },
  { pattern: /^\/runs\/([^/]+)\/log\/?$/, names: ["run"], load: () => import("./enginelog.js"), nav: "runs" },
  { pattern: /^\/runs\/([^/]+)\/jobs\/([^/]+)\/?$/, names: ["run", "job"], load: () => import("./job.js"), nav: "runs" },
  { pattern: /^\/runs\/([^/]+)\/files\/?$/, names: ["run"], load: () => import("./submit.js"), nav: "runs" },
  { pattern: /^\/submit\/?$/, names: [], load: () => import("./submit.js"), nav: "submit" },
  { pattern: /^\/login\/?$/, names: [], load: () => import("./login.js"), nav: "" },
];

let leave = new AbortController();
let shownPath = "";
/** @type {Map<string, number>} */
const scrolls = new Map();

/** Shows the page of the address, and follows links and the back button from then on. */
export function start() {
  document.addEventListener("click", follow);
  addEventListener("popstate", () => {
    if (location.pathname === shownPath) {
      // The same page with another query: the page itself follows it.
      dispatchEvent(new Event("querychange"));
    } else {
      void open();
    }
  });
  void open();
}

/** @param {string} to a path of this site, with its query */
export function navigate(to) {
  scrolls.set(shownPath, scrollY);
  history.pushState(null, "", to);
  if (location.pathname === shownPath) {
    dispatchEvent(new Event("querychange"));
  } else {
    void open(true);
  }
}

/** Shows the page again from nothing. */
export function reload() {
  void open();
}

/**
 * Writes the page's query into the address without leaving the page.
 *
 * @param {Record<string, string | null | undefined>} values empty ones are left out
 * @param {boolean} [push] whether the back button leads back to what stood before
 */
export function setQuery(values, push = false) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value) {
      params.set(name, value);
    }
  }
  const text = params.toString();
  const to = location.pathname + (text ? `?${text}` : "");
  if (to !== location.pathname + location.search) {
    history[push ? "pushState" : "replaceState"](null, "", to);
  }
}

/** @param {string} title of the page, for the tab, the history and screen readers */
export function setTitle(title) {
  document.title = title ? `${title} · Sluice` : "Sluice";
}

/** @param {MouseEvent} event */
function follow(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0) {
    return;
  }
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target || link.hasAttribute("download")) {
    return;
  }
  const to = new URL(link.href);
  if (to.origin !== location.origin || to.hash || !ROUTES.some((route) => route.pattern.test(to.pathname))) {
    return;
  }
  event.preventDefault();
  navigate(to.pathname + to.search);
}

/** @param {boolean} [focus] whether the reader's focus goes to the new page */
async function open(focus = false) {
  leave.abort();
  leave = new AbortController();
  const { signal } = leave;
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  shownPath = location.pathname;
  const route = ROUTES.find((candidate) => candidate.pattern.test(shownPath));
  for (const link of document.querySelectorAll("[data-nav]")) {
    if (link instanceof HTMLElement && link.dataset.nav === route?.nav) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  main.replaceChildren();
  main.className = "";
  if (!route) {
    const { notFound } = await import("./notfound.js");
    notFound(main);
    return;
  }
  const found = route.pattern.exec(shownPath) ?? [];
  /** @type {Record<string, string>} */
  const params = {};
  route.names.forEach((name, i) => {
    params[name] = decodeURIComponent(found[i + 1] ?? "");
  });
  setTitle("");
  if (focus) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  try {
    const page = await route.load();
    if (!signal.aborted) {
      await page.show(main, params, signal);
    }
  } catch (error) {
    if (!signal.aborted && !isAbort(error)) {
      if (!(error instanceof Problem)) {
        console.error(error);
      }
      main.replaceChildren(errorBlank(error, { heading: "h1", again: reload }));
    }
  }
  const scroll = scrolls.get(shownPath);
  if (!signal.aborted && !focus && scroll !== undefined) {
    scrollTo(0, scroll);
  }
}
