// The whole drawing as SVG, as the canvas would show it this wide: vis itself can only draw on a canvas.
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
  if (from === to)
    return s("circle", {cx: String(end.x + 13), cy: String(end.y - 13), r: "18", fill: "none", stroke: color});
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
    {opacity: opacity.toFixed(2)},
    s("path", {d, fill: "none", ...look}),
    headed(e) &&
      headSvg(relations[relation].shape, color, {
        transform: `translate(${tip.x.toFixed(1)} ${tip.y.toFixed(1)}) rotate(${turn.toFixed(0)}) translate(-24 -7)`,
      }),
  );
}
