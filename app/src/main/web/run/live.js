// Keeps a RunStore up to date: snapshot, then deltas by server-sent events; a cut loses nothing, since every
// answer names the place (SEQ) from which to go on.

import { get, getRaw, url } from "../api.js";
import { millis } from "../format.js";
import { readSnapshot } from "./snapshot.js";

/** @typedef {import("./store.js").RunStore} RunStore */
/** @typedef {"live" | "waiting" | "ended" | "asleep"} LinkState */

/** A hidden page keeps its stream for so long: browsers allow a server but a few at once, over all tabs. */
const HIDDEN_MILLIS = 30_000;
const PEEK_MILLIS = 20_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

export class Live {
  /**
   * @param {string} run
   * @param {RunStore} store
   * @param {AbortSignal} signal
   * @param {(state: LinkState) => void} onLink
   * @param {(row: any) => void} onPeek while nobody looks: what GET …/runs/ID says from time to time
   */
  constructor(run, store, signal, onLink, onPeek) {
    this.run = run;
    this.store = store;
    this.signal = signal;
    this.onLink = onLink;
    this.onPeek = onPeek;
    /** @type {EventSource | null} */
    this.source = null;
    this.wait = FIRST_WAIT;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {number | undefined} */
    this.sleep = undefined;
    /** @type {number | undefined} */
    this.peeks = undefined;
    this.loading = false;
    this.told = "";
    signal.addEventListener("abort", () => this.close(), { once: true });
    document.addEventListener("visibilitychange", () => this.seen(), { signal });
    addEventListener("online", () => this.retryNow(), { signal });
  }

  /** Loads the snapshot and follows from there; rejects when there is no such run. */
  async open() {
    await this.load();
    this.follow();
  }

  /** Begins anew from a snapshot, as after a resume. */
  async reload() {
    this.close();
    if (this.loading || this.signal.aborted) {
      return;
    }
    try {
      await this.load();
      this.wait = FIRST_WAIT;
      this.follow();
    } catch (error) {
      if (!this.signal.aborted) {
        this.later();
      }
    }
  }

  /** @private */
  async load() {
    this.loading = true;
    try {
      const response = await getRaw(url("runs", this.run, "snapshot"), this.signal);
      const { header, columns } = readSnapshot(await response.arrayBuffer());
      this.store.load(header, columns);
    } finally {
      this.loading = false;
    }
  }

  /** @private */
  follow() {
    this.close();
    const source = new EventSource(`${url("runs", this.run, "events")}?after=${encodeURIComponent(this.store.seq)}`);
    this.source = source;
    source.onopen = () => {
      this.wait = FIRST_WAIT;
      this.onLink("live");
    };
    source.addEventListener("delta", (event) => {
      if (!this.store.apply(JSON.parse(event.data))) {
        void this.reload();
      }
    });
    source.addEventListener("reset", () => void this.reload());
    source.addEventListener("end", () => this.ended());
    source.onerror = () => {
      // The browser's own retry would ask from the SEQ in the URL; this one asks from the latest.
      this.close();
      this.later();
    };
  }

  /** The run is over; what may come yet is a resume, which the stream of all runs tells. @private */
  ended() {
    this.close();
    this.onLink("ended");
    const source = new EventSource(url("events"));
    this.source = source;
    source.addEventListener("run", (event) => {
      const row = JSON.parse(event.data);
      if (row.run === this.run && this.isNews(row, event.data)) {
        void this.reload();
      }
    });
    let opened = false;
    source.onopen = () => {
      if (opened) {
        // What happened while this stream was cut was told to nobody.
        void this.reload();
      }
      opened = true;
    };
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED && this.source === source) {
        this.timer = window.setTimeout(() => this.ended(), LONGEST_WAIT);
      }
    };
  }

  /**
   * Whether a row tells more than the page shows. A resume may be over before anybody was told that it began; a row
   * that was acted upon once is no news, whatever came of it.
   *
   * @param {{state: string, ended: string | null}} row
   * @param {string} text the row as it was told
   * @private
   */
  isNews(row, text) {
    const { head } = this.store;
    const shown = row.state === head?.state && Object.is(millis(row.ended), millis(head.ended));
    const news = !shown && text !== this.told;
    this.told = text;
    return news;
  }

  /** @private */
  later() {
    this.onLink("waiting");
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.retryNow(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(LONGEST_WAIT, this.wait * 2);
  }

  /** @private */
  retryNow() {
    clearTimeout(this.timer);
    if (this.source || this.loading || this.signal.aborted || document.hidden) {
      return;
    }
    if (this.store.seq) {
      this.follow();
    } else {
      void this.reload();
    }
  }

  /** A page that nobody looks at lets go of its stream after a while. @private */
  seen() {
    clearTimeout(this.sleep);
    clearInterval(this.peeks);
    if (!document.hidden) {
      this.retryNow();
      return;
    }
    this.sleep = window.setTimeout(() => {
      this.close();
      this.onLink("asleep");
      this.peeks = window.setInterval(() => void this.peek(), PEEK_MILLIS);
    }, HIDDEN_MILLIS);
  }

  /** @private */
  async peek() {
    try {
      this.onPeek(await get(url("runs", this.run), this.signal));
    } catch {
      // The next look tells.
    }
  }

  /** @private */
  close() {
    clearTimeout(this.timer);
    if (this.signal.aborted) {
      clearTimeout(this.sleep);
      clearInterval(this.peeks);
    }
    this.source?.close();
    this.source = null;
  }
}
