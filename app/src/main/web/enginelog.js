// The page of what the engine of a run printed.

import { url } from "./api.js";
import { h } from "./dom.js";
import { LogViewer } from "./log.js";
import { setTitle } from "./router.js";

/**
 * The page `/runs/ID/log`.
 *
 * @param {HTMLElement} main
 * @param {Record<string, string>} params
 * @param {AbortSignal} signal
 */
export async function show(main, params, signal) {
  const run = params.run ?? "";
  setTitle(`Engine log of ${run}`);
  const viewer = new LogViewer(url("runs", run, "log"), { live: true, name: `${run}-engine.log`, title: "Engine log" }, signal);
  main.append(
    h(
      "div",
      { class: "page-head" },
      h("p", { class: "trail" }, h("a", { href: "/" }, "Runs"), " / ", h("a", { href: `/runs/${encodeURIComponent(run)}` }, run)),
      h("h1", null, "What the engine printed"),
    ),
    viewer.element,
  );
  viewer.element.classList.add("log-tall");
  await viewer.open();
}
