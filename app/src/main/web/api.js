// The only place that talks to the server. Paths are relative to /api/v1 of the page's own origin.

const ROOT = "/api/v1";

/** What the server, or the way to it, said no with: problem+json (RFC 9457) as an error. */
export class Problem extends Error {
  /**
   * @param {number} status 0: the server could not be reached
   * @param {string} title
   * @param {string} [detail]
   * @param {string} [hint]
   */
  constructor(status, title, detail, hint) {
    super(title);
    this.name = "Problem";
    this.status = status;
    this.title = title;
    this.detail = detail ?? "";
    this.hint = hint ?? "";
  }
}

/**
 * The URL of an API path, parts of which are encoded: `url("runs", id, "jobs", key)`.
 *
 * @param {...(string | number)} parts
 */
export function url(...parts) {
  return `${ROOT}/${parts.map((part) => encodeURIComponent(part)).join("/")}`;
}

/**
 * A query string of what is neither null, undefined nor empty; "" when nothing is left.
 *
 * @param {Record<string, string | number | null | undefined>} values
 */
export function query(values) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "") {
      params.append(name, String(value));
    }
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/**
 * GET of JSON.
 *
 * @param {string} path from `url(…)`, or beginning with a slash and then below /api/v1
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function get(path, signal) {
  return (await ask(path, { signal, headers: { Accept: "application/json" } })).json();
}

/**
 * GET of anything, for text with headers or bytes; rejects with a Problem unless 2xx.
 *
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<Response>}
 */
export function getRaw(path, signal) {
  return ask(path, { signal });
}

/**
 * POST of JSON; the answer's JSON, or null where there is none.
 *
 * @param {string} path
 * @param {unknown} [body]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function post(path, body, signal) {
  const response = await ask(path, {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body ?? {}),
  });
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

/** @param {string} path @param {AbortSignal} [signal] */
export async function remove(path, signal) {
  await ask(path, { method: "DELETE", signal });
}

/**
 * POST of a form with files, which says how far it is.
 *
 * @param {string} path
 * @param {FormData} form
 * @param {(sent: number, total: number) => void} [progress]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export function upload(path, form, progress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", full(path));
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => progress?.(event.loaded, event.total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(request.responseText ? JSON.parse(request.responseText) : null);
      } else {
        reject(problemOf(request.status, request.responseText));
      }
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}

/** @param {unknown} error @returns {boolean} whether it only says that the page was left */
export function isAbort(error) {
  return error instanceof DOMException && error.name === "AbortError";
}

/** @param {string} path */
function full(path) {
  return path.startsWith(ROOT) ? path : ROOT + path;
}

/** @param {string} path @param {RequestInit & {signal?: AbortSignal}} init @returns {Promise<Response>} */
async function ask(path, init) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(full(path), { credentials: "same-origin", ...init });
  } catch (error) {
    throw isAbort(error) ? error : unreachable();
  }
  if (response.ok) {
    return response;
  }
  if (response.status === 401 && location.pathname !== "/login") {
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
  throw problemOf(response.status, await response.text());
}

export function unreachable() {
  return new Problem(
    0,
    "The server cannot be reached",
    "",
    "Runs go on without this page. Try again once the server is back.",
  );
}

/** @param {number} status @param {string} text what came with it, problem+json or not */
export function problemOf(status, text) {
  try {
    const json = JSON.parse(text);
    return new Problem(status, json.title ?? `The server answered ${status}`, json.detail, json.hint);
  } catch {
    return new Problem(status, `The server answered ${status}`, text.slice(0, 500));
  }
}
