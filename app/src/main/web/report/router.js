// Stands in place of router.js in a report, which is one page without an address of its own.

/** @param {string} _to */
export function navigate(_to) {}

export function reload() {}

/** @param {Record<string, string | null | undefined>} _values @param {boolean} [_push] */
export function setQuery(_values, _push) {}

/** @param {string} _title */
export function setTitle(_title) {}
