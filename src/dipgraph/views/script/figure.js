// The whole drawing as a figure with title, legend and source, as SVG: vis itself can only draw on a canvas.

const WIDE = 1600;
const PAD = 90;
const TOP = 70; // for the title
const COLUMN = 200;
const ROW = 22;
function figure() {
  const list = byNumber(shown.nodes).filter(i => body(i));
  const [left, top, right, bottom] = list.length ? boxOf(list.map(i => network.getPosition(i))) : [0, 0, 1, 1];
  const scale = Math.min(1.35, (WIDE - 2 * PAD) / Math.max(right - left, 1));
  const view = {
    scale,
    width: Math.max((right - left) * scale + 2 * PAD, 2 * COLUMN + 2 * PAD),
    height: (bottom - top) * scale + 2 * PAD,
    onPaper: ({x, y}) => ({x: (x - left) * scale + PAD, y: (y - top) * scale + PAD}),
    at: i => view.onPaper(network.getPosition(i)),
    radius: i => nodes[i].size * growth(scale) * scale,
  };
  const legends = figureLegend(view.width);
  const size = {width: view.width.toFixed(0), height: (TOP + view.height + legends.high).toFixed(0)};
  return s(
    "svg",
    {xmlns: SVG, viewBox: `0 0 ${size.width} ${size.height}`, ...size, "font-family": "sans-serif", fill: paper.ink},
    s("title", null, data.title),
    s("rect", {width: "100%", height: "100%", fill: paper.canvas}),
    s("text", {x: PAD / 2, y: 40, "font-size": "22", "font-weight": "600"}, data.title),
    s("text", {x: PAD / 2, y: 62, "font-size": "13", fill: paper.quiet}, figureSource()),
    s("g", {transform: `translate(0 ${TOP})`}, drawingSvg(list, view)),
    s("g", {transform: `translate(${PAD / 2} ${TOP + view.height})`}, legends.rows),
  );
}
function figureSource() {
  const time = axis && !fullTime() ? spanText(state.lo, state.hi) : "";
  return [told(), count(docs.length, "document"), time, data.selection, "dipgraph"].filter(Boolean).join(" · ");
}
// What is shown, in columns: shapes, then dashes, then strokes.
function figureLegend(width) {
  const found = tally();
  const shownOf = (name, entries) => entries.map((_, i) => i).filter(i => found[name][i] > 0);
  const items = [
    ...shownOf("classes", classes).map(i => [
      s("g", {transform: "translate(12 0)"}, nodeSvg(i, 6, "none")),
      classes[i],
    ]),
    ...shownOf("statuses", statuses).map(i => [strokeIn(paper.ink, statuses[i].dash, "none"), statuses[i]]),
    ...shownOf("relations", relations).map(i => [strokeIn(strokeOf(i), [], relations[i].shape), relations[i]]),
  ];
  const columns = Math.max(1, Math.floor((width - PAD) / COLUMN));
  const deep = Math.ceil(items.length / columns);
  const rows = items.map(([icon, {label}], k) =>
    s(
      "g",
      {transform: `translate(${Math.floor(k / deep) * COLUMN} ${(k % deep) * ROW})`},
      icon,
      s("text", {x: 34, y: 4, "font-size": "12"}, label),
    ),
  );
  return {rows, high: deep * ROW + PAD / 2};
}
const strokeIn = (...look) => s("g", {transform: "translate(0 -7)"}, strokeParts(...look));

function drawingSvg(list, view) {
  const names = placeNames(view, list, new Set(), new Room());
  return [
    byNumber(shown.edges)
      .filter(line)
      .map(e => lineSvg(e, view)),
    [...list].reverse().map(i => {
      const {x, y} = view.at(i);
      return s(
        "g",
        {class: "node", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`},
        nodeSvg(nodes[i].group, view.radius(i), paper.canvas),
      );
    }),
    names.map(({text, x, y, size, weight}) =>
      s(
        "text",
        {
          class: "name",
          x: x.toFixed(1),
          y: (y + size / 3).toFixed(1),
          "text-anchor": "middle",
          "font-size": String(size),
          "font-weight": weight,
          stroke: paper.canvas,
          "stroke-width": "3",
          "paint-order": "stroke",
        },
        text,
      ),
    ),
  ];
}
// A line as far as the border of the node that it leads to, and its head there.
function lineSvg(e, {onPaper, radius: size, scale}) {
  const {from, to, relation} = edges[e];
  const way = line(e).edgeType;
  const color = strokeOf(relation);
  const dash = dashOf(e);
  const thick = widthOf(e) * growth(scale) * scale;
  const end = onPaper(network.getPosition(to));
  if (from === to)
    return s("circle", {
      class: "line",
      cx: String(end.x + 13),
      cy: String(end.y - 13),
      r: "18",
      fill: "none",
      stroke: color,
    });
  const away = ({x, y}) => Math.hypot(x - end.x, y - end.y);
  let reach = 1;
  while (reach > 0.5 && away(onPaper(way.getPoint(reach))) < size(to) * 1.15 + 1) reach -= 0.004;
  const points = Array.from({length: 25}, (_, i) => onPaper(way.getPoint((i / 24) * reach)));
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
    {class: "line", opacity: opacity.toFixed(2)},
    s("path", {d, fill: "none", ...look}),
    headed(e) &&
      headSvg(relations[relation].shape, color, {
        transform: `translate(${tip.x.toFixed(1)} ${tip.y.toFixed(1)}) rotate(${turn.toFixed(0)}) translate(-24 -7)`,
      }),
  );
}
