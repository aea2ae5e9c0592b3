/* Drawn panels as elements. Panels are trees of html and svg components without behaviour, so they need no React: handed
   to Dash, every one of them asks all the others whenever any is mounted, and a change would hold the wall for seconds.
   Text goes in as text; a property that could act (a script, a handler, a style) is refused. No library. */
(() => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  // Properties whose attributes are called otherwise; svg keeps its capitals (viewBox), html ignores them.
  const ATTRIBUTES = { className: "class", strokeWidth: "stroke-width", colSpan: "colspan", rowSpan: "rowspan" };
  const ACTS = /^(on|style$|srcdoc$|dangerously)/i;

  function drawn(tree) {
    if (tree === null || tree === undefined || tree === false) return [];
    if (Array.isArray(tree)) return tree.flatMap(drawn);
    if (typeof tree !== "object") return [document.createTextNode(String(tree))];
    const { children, ...properties } = tree.props;
    const element =
      tree.namespace === "dash_svg"
        ? document.createElementNS(SVG, tree.type[0].toLowerCase() + tree.type.slice(1))
        : document.createElement(tree.type);
    for (const [property, value] of Object.entries(properties)) {
      if (value === null || value === undefined || value === false || ACTS.test(property)) continue;
      element.setAttribute(ATTRIBUTES[property] || property, value === true ? "" : String(value));
    }
    element.append(...drawn(children));
    return [element];
  }

  window.thadsDraw = drawn;
})();
