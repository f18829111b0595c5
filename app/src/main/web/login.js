// The page that asks for a token, where the server has a token file.

import { h } from "./dom.js";
import { setTitle } from "./router.js";

/**
 * @param {HTMLElement} main
 * @param {Record<string, string>} _params
 * @param {AbortSignal} _signal
 */
export async function show(main, _params, _signal) {
  setTitle("Log in");
  const query = new URLSearchParams(location.search);
  const next = query.get("next") ?? "/";
  const input = h("input", {
    id: "token",
    name: "token",
    type: "password",
    autocomplete: "current-password",
    required: true,
    "aria-describedby": "token-hint",
  });
  main.replaceChildren(
    h(
      "form",
      { class: "panel login", method: "post", action: "/login" },
      h("h1", null, "Log in"),
      query.has("failed") && h("p", { class: "callout bad", role: "alert" }, "The server does not know this token."),
      h("label", { for: "token" }, "Token"),
      input,
      h("p", { class: "muted", id: "token-hint" }, "It stands in the file that the server was started with."),
      h("input", { type: "hidden", name: "next", value: next.startsWith("/") && !next.startsWith("//") ? next : "/" }),
      h("button", { class: "primary" }, "Log in"),
    ),
  );
  input.focus();
}
