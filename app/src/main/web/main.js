// Starts the page: theme, keys, router. Everything else is loaded by the page that needs it.

import { announce, toastError } from "./toast.js";
import { bind, listen } from "./keys.js";
import { navigate, start } from "./router.js";

const THEMES = ["system", "light", "dark"];

/** @returns {string} */
function theme() {
  return document.documentElement.dataset.theme ?? "system";
}

/** @param {string} chosen */
function setTheme(chosen) {
  if (chosen === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = chosen;
  }
  try {
    if (chosen === "system") {
      localStorage.removeItem("sluice-theme");
    } else {
      localStorage.setItem("sluice-theme", chosen);
    }
  } catch {
    // Not remembered, then.
  }
  nameTheme();
  document.dispatchEvent(new Event("themechange"));
}

function nameTheme() {
  const name = theme() === "system" ? "as the system says" : theme();
  /** @type {HTMLElement} */ (document.getElementById("theme-name")).textContent = `Colours: ${name}`;
}

function nextTheme() {
  setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length] ?? "system");
  announce(document.getElementById("theme-name")?.textContent ?? "");
}

/** help.js exports `openHelp()`, which shows the dialog with what keys.js has bound. */
function help() {
  import("./help.js").then((module) => module.openHelp()).catch(toastError);
}

document.getElementById("theme")?.addEventListener("click", nextTheme);
document.getElementById("help")?.addEventListener("click", help);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  document.dispatchEvent(new Event("themechange"));
});
bind("Everywhere", {
  "?": ["this help", help],
  "g r": ["all runs", () => navigate("/")],
  "g s": ["submit a workflow", () => navigate("/submit")],
});
nameTheme();
listen();
start();
