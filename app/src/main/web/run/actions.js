// What one can do to a run: resume it, cancel it.

import { post, url } from "../api.js";
import { h } from "../dom.js";
import { toast, toastError } from "../toast.js";

/** @param {string} run @returns {Promise<boolean>} whether the server took it on */
export async function resume(run) {
  try {
    await post(url("runs", run, "resume"), { words: [] });
    toast("The run is being resumed", { kind: "good", detail: "What is finished is not made again." });
    return true;
  } catch (error) {
    toastError(error);
    return false;
  }
}

/**
 * Retries one job: a wish to a run that goes on, a resume of one that has ended.
 *
 * @param {string} run
 * @param {string} job
 * @returns {Promise<boolean>}
 */
export async function retryJob(run, job) {
  try {
    await post(url("runs", run, "jobs", job, "retry"), {});
    toast("The job will be tried again", { kind: "good" });
    return true;
  } catch (error) {
    toastError(error);
    return false;
  }
}

/** Asks how to cancel, and does it. @param {string} run */
export function cancelDialog(run) {
  /** @param {boolean} now */
  const go = async (now) => {
    dialog.close();
    try {
      await post(url("runs", run, "cancel"), { now });
      toast(now ? "What runs is being stopped" : "Nothing more is started");
    } catch (error) {
      toastError(error);
    }
  };
  const dialog = h(
    "dialog",
    { "aria-labelledby": "cancel-title" },
    h("h2", { id: "cancel-title" }, "Cancel this run?"),
    h(
      "dl",
      { class: "choices" },
      h("dt", null, "Start nothing more"),
      h("dd", null, "Jobs that run are let finish. Nothing they made is lost."),
      h("dt", null, "Stop now"),
      h("dd", null, "Jobs that run are stopped, and their half-made files are deleted."),
    ),
    h("p", { class: "muted" }, "Either way the run can be resumed later; what is finished stays."),
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", on: { click: () => dialog.close() } }, "Keep it going"),
      h("button", { type: "button", class: "danger", on: { click: () => void go(true) } }, "Stop now"),
      h("button", { type: "button", class: "primary", on: { click: () => void go(false) } }, "Start nothing more"),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
