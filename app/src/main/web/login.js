// The page that asks for a token, where the server has a token file. The server keeps it in a cookie that no script reads.

import { problemOf, unreachable } from "./api.js";
import { fill, h } from "./dom.js";
import { setTitle } from "./router.js";

/**
 * @param {HTMLElement} main
 * @param {Record<string, string>} _params
 * @param {AbortSignal} signal
 */
export async function show(main, _params, signal) {
  setTitle("Log in");
  const input = h("input", {
    id: "token",
    name: "token",
    type: "password",
    autocomplete: "current-password",
    required: true,
    "aria-describedby": "token-hint",
  });
  const button = h("button", { class: "primary" }, "Log in");
  const wrong = h("div", { role: "alert" });

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    button.disabled = true;
    fill(wrong);
    try {
      const answer = await fetch("/login", { method: "POST", body: new URLSearchParams({ token: input.value }), signal });
      if (answer.ok) {
        // From nothing, so that whatever was refused before is asked for again.
        location.replace(next());
        return;
      }
      tell(problemOf(answer.status, await answer.text()));
    } catch {
      if (signal.aborted) {
        return;
      }
      tell(unreachable());
    }
    button.disabled = false;
    input.select();
  }

  /** @param {import("./api.js").Problem} problem */
  function tell(problem) {
    fill(wrong, h("p", { class: "callout bad" }, problem.title));
  }

  main.replaceChildren(
    h(
      "form",
      { class: "panel login", on: { submit: (/** @type {Event} */ event) => void send(event) } },
      h("h1", null, "Log in"),
      wrong,
      h("label", { for: "token" }, "Token"),
      input,
      h("p", { class: "muted", id: "token-hint" }, "Whoever runs this server gives you one."),
      button,
    ),
  );
  input.focus();
}

/** Where one wanted to go: a path of this site, whatever the address says. */
function next() {
  const text = new URLSearchParams(location.search).get("next") ?? "/";
  const asked = new URL(URL.canParse(text, location.origin) ? text : "/", location.origin);
  return asked.origin === location.origin && asked.pathname !== "/login" ? asked.pathname + asked.search : "/";
}
