// Elements without a framework. Text is always text: nothing here parses markup.

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, unknown>} Props */

/**
 * Makes an element. Props: `class`, `on` ({click: fn, …}), `style` ({width: "3px", "--x": "1"}), `data` ({key: value}),
 * and attributes under their own names; `true` sets an empty attribute, `false`, null and undefined none.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props | null} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  dress(element, props ?? {});
  element.append(...nodes(children));
  return element;
}

/**
 * The same for SVG.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Props | null} [props]
 * @param {...(Child | Child[])} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, props, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  dress(element, props ?? {});
  element.append(...nodes(children));
  return element;
}

/**
 * Puts these in place of all children.
 *
 * @param {Element} parent
 * @param {...(Child | Child[])} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren(...nodes(children));
}

/**
 * Sets a text node only when it differs: cheap in loops, and screen readers are left in peace.
 *
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** @param {(Child | Child[])[]} children @returns {(Node | string)[]} */
function nodes(children) {
  /** @type {(Node | string)[]} */
  const found = [];
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) {
      found.push(typeof child === "number" ? String(child) : child);
    }
  }
  return found;
}

/** @param {HTMLElement | SVGElement} element @param {Props} props */
function dress(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name === "on") {
      for (const [type, handler] of Object.entries(/** @type {object} */ (value))) {
        element.addEventListener(type, handler);
      }
    } else if (name === "style") {
      for (const [key, text] of Object.entries(/** @type {object} */ (value))) {
        element.style.setProperty(key, String(text));
      }
    } else if (name === "data") {
      for (const [key, text] of Object.entries(/** @type {object} */ (value))) {
        element.dataset[key] = String(text);
      }
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}
