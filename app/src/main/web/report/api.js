// Stands in place of api.js in a report: what the views ask a server for comes from the page itself.

import { data } from "./data.js";

export class Problem extends Error {
  /** @param {number} status @param {string} title @param {string} [detail] @param {string} [hint] */
  constructor(status, title, detail, hint) {
    super(title);
    this.status = status;
    this.title = title;
    this.detail = detail ?? "";
    this.hint = hint ?? "";
  }
}

/** @param {...(string | number)} parts */
export function url(...parts) {
  return `/${parts.map((part) => encodeURIComponent(part)).join("/")}`;
}

/** @param {Record<string, string | number | null | undefined>} values */
export function query(values) {
  const kept = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return kept.length > 0 ? `?${new URLSearchParams(kept.map(([name, value]) => [name, String(value)]))}` : "";
}

/** @param {string} path @returns {Promise<any>} */
export async function get(path) {
  const parts = path.split("?")[0].split("/").map(decodeURIComponent);
  if (parts[3] === "graph") {
    return data.graph;
  }
  if (parts[3] === "jobs" && parts.length === 5) {
    return { job: parts[4], row: data.jobs.keys.indexOf(parts[4]) };
  }
  throw notHere();
}

/** @param {string} path @returns {Promise<Response>} */
export async function getRaw(path) {
  const parts = path.split("?")[0].split("/").map(decodeURIComponent);
  const text = data.logs[`${parts[4]} ${parts[6]}`];
  if (parts[7] !== "log" || text === undefined) {
    throw notHere();
  }
  return new Response(text);
}

/** @returns {Promise<any>} */
export async function post() {
  throw notHere();
}

export const remove = post;
export const upload = post;

/** @param {unknown} error */
export function isAbort(error) {
  return error instanceof DOMException && error.name === "AbortError";
}

function notHere() {
  return new Problem(0, "This does not stand in the report", "A report holds what is listed at its end.");
}
