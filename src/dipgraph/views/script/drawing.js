// The canvas: vis-network draws shapes and lines; what is chosen, its ring and all names are one pass after it.
// Both rest on `network.body`, which is not public: the engine's version is pinned, and the browser tests try each use.

let network, nodeSet, edgeSet, nodeView, edgeView;
const held = {nodes: new Set(), edges: new Set()}; // what the engine was given: the rest waits until it is shown
const body = i => network.body.nodes[i];
const line = e => (network.body.edges[e] && network.body.edges[e].connected ? network.body.edges[e] : null);
const repaint = () => network.body.emitter.emit("_requestRedraw"); // with the next frame, however often it is asked for

// On a high and narrow screen the drawing is stretched to be high as well: a place of the document times this.
let stretch = 1;
function stretchFor({width, height}) {
  if (height <= width || nodes.length < 3) return 1;
  const extent = axis =>
    nodes.reduce(([low, high], node) => [Math.min(low, node[axis]), Math.max(high, node[axis])], [Infinity, -Infinity]);
  const [left, right] = extent("x");
  const [top, bottom] = extent("y");
  return Math.min(1.9, Math.max(1, height / width / (Math.max(bottom - top, 1) / Math.max(right - left, 1))));
}
const placeOf = i => around.get(i) || {x: nodes[i].x, y: nodes[i].y * stretch};

// No user's string is a key of the engine: its ids are our indices.
const visNode = i => ({id: i, shape: nodes[i].shape, size: nodes[i].size, ...placeOf(i)});
const headed = e => !edges[e].symmetric && relations[edges[e].relation].shape !== "none";
function visEdge(e) {
  const {from, to, curve, relation} = edges[e];
  return {
    id: e,
    from,
    to,
    arrows: headed(e) ? {to: {enabled: true, type: relations[relation].shape, scaleFactor: HEAD}} : "",
    smooth: curve ? {enabled: true, type: curve > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(curve)} : false,
  };
}
function bring(kind, set, make) {
  const missing = [...shown[kind]].filter(i => !held[kind].has(i));
  missing.forEach(i => held[kind].add(i));
  if (missing.length) set.add(missing.map(make));
}

const HEAD = 0.42; // the size of a line's head
function draw() {
  const canvas = $("canvas");
  stretch = stretchFor(canvas.getBoundingClientRect());
  around = rings();
  nodeSet = new vis.DataSet();
  edgeSet = new vis.DataSet();
  bring("nodes", nodeSet, visNode);
  bring("edges", edgeSet, visEdge);
  nodeView = new vis.DataView(nodeSet, {filter: node => shown.nodes.has(node.id)});
  edgeView = new vis.DataView(edgeSet, {filter: edge => shown.edges.has(edge.id)});
  network = new vis.Network(
    canvas,
    {nodes: nodeView, edges: edgeView},
    {
      physics: false,
      layout: {improvedLayout: false},
      nodes: {
        borderWidth: nodes.length > 1000 ? 0.7 : 1.5,
        borderWidthSelected: 1.5,
        chosen: false,
        labelHighlightBold: false,
      },
      edges: {chosen: false, selectionWidth: 0, hoverWidth: 0, arrowStrikethrough: false, selfReference: {size: 18}},
      interaction: {
        hover: edges.length < 8000,
        hoverConnectedEdges: false,
        selectConnectedEdges: false,
        tooltipDelay: 1e6,
        zoomSpeed: 0.7,
        hideEdgesOnDrag: edges.length > 6000,
        hideEdgesOnZoom: edges.length > 6000,
        keyboard: {enabled: true, bindToWindow: false},
      },
    },
  );
  listen(canvas);
}
function listen(canvas) {
  canvas.addEventListener("pointerdown", () => canvas.classList.add("mouse"), true); // no focus ring for a click
  document.addEventListener("keydown", () => canvas.classList.remove("mouse"), true);
  network.on("beforeDrawing", dress);
  network.on("afterDrawing", afterDrawing);
  network.on("zoom", looked);
  network.on("dragEnd", dragged);
  network.on("animationFinished", looked);
  const hover = what => event => {
    hovered = what ? {[what]: event[what]} : {};
    canvas.classList.toggle("over", !!what);
    repaint();
  };
  network.on("hoverNode", hover("node"));
  network.on("blurNode", hover(null));
  network.on("hoverEdge", hover("edge"));
  network.on("blurEdge", hover(null));
}
function redraw() {
  arrange();
  bring("nodes", nodeSet, visNode);
  bring("edges", edgeSet, visEdge);
  nodeView.refresh();
  edgeView.refresh();
  restyle();
}
function restyle() {
  stale = true;
  repaint();
}

// Looks are put on what is drawn rather than into the data sets: they change with the zoom, the theme and the filters.
// Far away, shapes and lines shrink more slowly than distances do, so that a first view of the whole is more than dust;
// where there are many they stay smaller, so that it is more than a blot. The more lines, the fainter and finer each.
let grown = 1;
let stale = true;
const crowd = () => Math.min(1, (700 / Math.max(shown.nodes.size, 1)) ** 0.3);
const growth = scale => Math.min(9, Math.max(0.55, scale ** -0.68)) * (scale < 1 ? crowd() : 1);
const radius = i => nodes[i].size * grown;
const opacity = Math.min(0.85, Math.max(0.18, 4.2 / edges.length ** 0.34));
const fine = edges.length > 300 ? 0.7 : 1;
const widthOf = e => fine * (1.7 + 0.9 * Math.log2(Math.min(edges[e].facts.length, 12)));
const dashOf = e => statuses[shown.status[e]].dash;
function dress() {
  const scale = network.getScale();
  const wanted = growth(scale);
  if (!stale && Math.abs(wanted / grown - 1) < 0.03) return;
  grown = wanted;
  stale = false;
  const heads = shown.edges.size < 4000 || scale > 0.3; // seen only near where there are many, and slow to draw
  const fills = classes.map((_, group) => plain({background: fillOf(group), border: rimOf(group)}));
  const strokes = relations.map((_, relation) => plain({color: strokeOf(relation), opacity, inherit: false}));
  for (const i of shown.nodes) if (body(i)) dressNode(body(i), i, fills[nodes[i].group]);
  for (const e of shown.edges) if (line(e)) dressEdge(line(e).options, e, strokes[edges[e].relation], heads);
}
// The same looks whether a thing is pointed at or not.
const plain = color => {
  const same = color.color || {background: color.background, border: color.border};
  return {...color, highlight: same, hover: same};
};
function dressNode(node, i, color) {
  node.options.size = radius(i);
  if (!isEntity(i)) node.options.borderWidth = radius(i) / 2.5;
  node.options.color = color;
  node.shape.width = undefined; // makes the engine measure it again
}
function dressEdge(options, e, color, heads) {
  const dash = dashOf(e);
  options.color = color;
  options.width = widthOf(e) * grown;
  options.dashes = dash.length ? dash.map(length => length * grown) : false;
  if (headed(e))
    options.arrows = {...options.arrows, to: {...options.arrows.to, scaleFactor: HEAD * grown, enabled: heads}};
}

// A choice stands out from a veil over all the rest; names come last.
let hovered = {};
function afterDrawing(ctx) {
  const now = focus();
  const scale = network.getScale();
  if (now) veil(ctx, now);
  const choice = state.selected;
  const ringed = choice && choice.edge === undefined ? endsOf(choice) : [];
  Object.assign(ctx, {strokeStyle: paper.accent, lineWidth: 2 / scale});
  ctx.setLineDash([]);
  for (const i of ringed.filter(i => shown.nodes.has(i))) {
    const {x, y} = network.getPosition(i);
    ctx.beginPath();
    ctx.arc(x, y, radius(i) * 1.25 + 4 / scale, 0, 7);
    ctx.stroke();
  }
  writeNames(ctx, now);
}
function veil(ctx, now) {
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  Object.assign(ctx, {globalAlpha: 0.84, fillStyle: paper.canvas});
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.restore();
  for (const e of now.edges)
    if (line(e)) {
      line(e).draw(ctx);
      line(e).drawArrows(ctx);
    }
  for (const i of now.nodes) if (body(i)) body(i).draw(ctx);
}
