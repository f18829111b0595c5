import { h } from "./dom.js";
import { setTitle } from "./router.js";

/** @param {HTMLElement} main */
export function notFound(main) {
  setTitle("Not found");
  main.replaceChildren(
    h(
      "div",
      { class: "blank" },
      h("h1", null, "There is no such page"),
      h("p", null, "The address leads nowhere on this server."),
      h("a", { class: "button", href: "/" }, "All runs"),
    ),
  );
}
