// Exports: what is shown, in files that others can read.

function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], {type}));
  const title = data.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "dipgraph";
  const link = document.createElement("a");
  Object.assign(link, {download: `${title.slice(0, 60)}.${name}`, href: url}); // a blob of our own, not a URL from the data
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// A cell that a spreadsheet would run as a formula is quoted first.
const cell = value =>
  `"${String(value)
    .replace(/^[=+\-@\t\r]/, "'$&")
    .replaceAll('"', '""')}"`;
const CSV = [
  ["fact", fact => fact.id],
  ["relation", fact => relations[fact.relation].label],
  ["status", fact => statuses[fact.status].label],
  ["time", fact => fact.time],
  ["roles", fact => fact.roles.map(([role, fillers]) => `${role}: ${fillers.join(", ")}`).join("; ")],
  ["place", fact => fact.place.join("; ")],
  ["attribution", fact => fact.attribution.join("; ")],
  ["confidence", fact => fact.confidence],
  ["evidence", fact => fact.evidence.map(quote => quote.before + quote.text + quote.after).join(" | ")],
  ["document", fact => fact.docs.map(doc => docs[doc].title).join(" | ")],
  ["published", fact => fact.docs.map(doc => docs[doc].date).join(" | ")],
  ["url", fact => fact.docs.map(doc => docs[doc].url).join(" | ")],
];
function csv() {
  const lines = byNumber(shown.facts).map(i => CSV.map(([, value]) => value(facts[i])));
  return "\ufeff" + [CSV.map(([name]) => name), ...lines].map(line => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

// The same contract as the page's own data, with references renumbered, so that what reads one reads the other.
function json() {
  const keptNodes = byNumber(shown.nodes);
  const keptFacts = byNumber(shown.facts);
  const nodeAt = new Map(keptNodes.map((i, at) => [i, at]));
  const factAt = new Map(keptFacts.map((i, at) => [i, at]));
  const keptEdges = byNumber(shown.edges).map(i => ({
    ...edges[i],
    from: nodeAt.get(edges[i].from),
    to: nodeAt.get(edges[i].to),
    facts: edges[i].facts.filter(fact => factAt.has(fact)).map(fact => factAt.get(fact)),
  }));
  return JSON.stringify(
    {...data, nodes: keptNodes.map(i => nodes[i]), edges: keptEdges, facts: keptFacts.map(i => facts[i])},
    null,
    1,
  );
}

function png() {
  const from = document.querySelector("#canvas canvas");
  const to = document.createElement("canvas");
  const ctx = to.getContext("2d");
  Object.assign(to, {width: from.width, height: from.height});
  ctx.fillStyle = paper.canvas;
  ctx.fillRect(0, 0, to.width, to.height);
  ctx.drawImage(from, 0, 0);
  to.toBlob(blob => save("png", "image/png", blob));
}

// The whole drawing, as the canvas would show it this wide; vis itself can only draw on a canvas.
const WIDE = 1600;
const PAD = 90;
function svg() {
  const listedNodes = byNumber(shown.nodes).filter(i => body(i));
  const [left, top, right, bottom] = boxOf(listedNodes.map(i => network.getPosition(i)));
  const scale = Math.min(1.35, (WIDE - 2 * PAD) / Math.max(right - left, 1));
  const size = i => nodes[i].size * growth(scale) * scale;
  const onPaper = ({x, y}) => ({x: (x - left) * scale + PAD, y: (y - top) * scale + PAD});
  const at = i => onPaper(network.getPosition(i));
  const [width, height] = [right - left, bottom - top].map(extent => extent * scale + 2 * PAD);
  const names = placeNames({width, height, scale, at, radius: size}, listedNodes, new Set(), new Room());
  const picture = s(
    "svg",
    {
      xmlns: SVG,
      viewBox: `0 0 ${width.toFixed(0)} ${height.toFixed(0)}`,
      width: width.toFixed(0),
      height: height.toFixed(0),
      "font-family": "sans-serif",
    },
    s("title", null, data.title),
    s("rect", {width: "100%", height: "100%", fill: paper.canvas}),
    byNumber(shown.edges)
      .filter(line)
      .map(e => lineSvg(e, onPaper, size, scale)),
    listedNodes
      .reverse()
      .map(i =>
        s(
          "g",
          {transform: `translate(${at(i).x.toFixed(1)} ${at(i).y.toFixed(1)})`},
          shapeSvg(nodes[i].shape, size(i), {fill: fillOf(nodes[i].group), stroke: paper.canvas}),
        ),
      ),
    names.map(({text, x, y, size: high, weight}) =>
      s(
        "text",
        {
          x: x.toFixed(1),
          y: (y + high / 3).toFixed(1),
          "text-anchor": "middle",
          "font-size": String(high),
          "font-weight": weight,
          fill: paper.ink,
          stroke: paper.canvas,
          "stroke-width": "3",
          "paint-order": "stroke",
        },
        text,
      ),
    ),
  );
  return new XMLSerializer().serializeToString(picture);
}
// A line as far as the border of the node that it leads to, and its head there.
function lineSvg(e, onPaper, size, scale) {
  const {from, to, relation} = edges[e];
  const way = line(e).edgeType;
  const color = strokeOf(relation);
  const dash = dashOf(e);
  const thick = widthOf(e) * growth(scale) * scale;
  const end = onPaper(network.getPosition(to));
  const gap = from === to ? 0 : size(to) * 1.15 + 1;
  const points = Array.from({length: 25}, (_, i) => onPaper(way.getPoint(i / 24))).filter(
    ({x, y}) => Math.hypot(x - end.x, y - end.y) >= gap,
  );
  if (points.length < 2) return null;
  const tip = points[points.length - 1];
  const before = points[points.length - 2];
  const turn = (Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI;
  const d = points.map(({x, y}, i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  const look = {
    stroke: color,
    "stroke-width": thick.toFixed(1),
    "stroke-dasharray": dash.map(length => (length * growth(scale) * scale).toFixed(1)).join(" ") || null,
  };
  return s(
    "g",
    {opacity: opacity.toFixed(2)},
    s("path", {d, fill: "none", ...look}),
    headed(e) &&
      headSvg(relations[relation].shape, color, {
        transform: `translate(${tip.x.toFixed(1)} ${tip.y.toFixed(1)}) rotate(${turn.toFixed(0)}) translate(-24 -7)`,
      }),
  );
}

const EXPORTS = {
  "Facts as CSV": () => save("csv", "text/csv;charset=utf-8", csv()),
  "Data as JSON": () => save("json", "application/json", json()),
  "Drawing as PNG": png,
  "Drawing as SVG": () => save("svg", "image/svg+xml", svg()),
  Print: () => window.print(),
};
