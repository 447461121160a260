// The canvas: vis-network draws shapes and lines; labels, focus and the ring of the chosen node are one pass after it.

const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const SPOKES = {diamond: [4, 0, 1], triangle: [3, 0, 1.33], triangleDown: [3, 0.5, 1.33], hexagon: [6, 0.25, 1], square: [4, 0.125, 1.41], star: [10, 0, 1.07]};

// Corners of a shape about (0, 0), for legend and SVG: vis draws the same ones on the canvas.
function corners(shape, r) {
  const [n, turn, grow] = SPOKES[shape];
  return Array.from({length: n}, (_, i) => {
    const angle = 2 * Math.PI * (i / n + turn) - Math.PI / 2, radius = r * grow * (shape === "star" && i % 2 ? 0.385 : 1);
    return [radius * Math.cos(angle), radius * Math.sin(angle)].map(v => v.toFixed(2)).join(",");
  }).join(" ");
}
const EVEN = {square: 0.86, diamond: 1.2, triangle: 1.12, triangleDown: 1.12, hexagon: 1.08, star: 1.28};
const shapeSvg = (shape, r, props) => shape in SPOKES
  ? s("polygon", {points: corners(shape, r), ...props}) : s("circle", {r: String(r), ...props});

const night = matchMedia("(prefers-color-scheme: dark)");
const dark = () => state.theme ? state.theme === "dark" : night.matches;
// On dark paper the ontology's colours are mixed with a little white, or deep blue and red would drown.
const tone = color => !dark() ? color : "#" + [1, 3, 5].map(at => {
  const value = parseInt(color.slice(at, at + 2), 16);
  return Math.round(value + (255 - value) * 0.24).toString(16).padStart(2, "0");
}).join("");
// The more lines, the fainter and finer each.
const opacity = Math.min(0.85, Math.max(0.18, 4.2 / edges.length ** 0.34)), fine = edges.length > 300 ? 0.7 : 1;
function nodeLook(node) {
  const color = {background: tone(classes[node.group].color), border: css("--canvas")};
  return {...color, highlight: color, hover: color};
}
function edgeLook(edge, i) {
  const color = tone(relations[edge.relation].color), dash = statuses[shown.status[i]].dash, many = Math.min(edge.facts.length, 12);
  return {
    color: {color, highlight: color, hover: color, opacity},
    dashes: dash.length ? dash : false, width: fine * (1.7 + 0.9 * Math.log2(many)),
  };
}
const HEAD = 0.42, headed = edge => !edge.symmetric && relations[edge.relation].shape !== "none";
function visEdge(edge, i) {
  const shape = relations[edge.relation].shape;
  return {
    id: i, from: edge.from, to: edge.to, ...edgeLook(edge, i),
    arrows: headed(edge) ? {to: {enabled: true, type: shape, scaleFactor: HEAD}} : "",
    smooth: edge.curve ? {enabled: true, type: edge.curve > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.curve)} : false,
  };
}

// Far away, shapes and lines shrink more slowly than distances do, so that a first view of the whole is more than dust.
let grown = 1, stale = true;
const radius = i => nodes[i].size * grown;
function grow() {
  const wanted = Math.min(9, Math.max(0.55, network.getScale() ** -0.68));
  if (!stale && Math.abs(wanted / grown - 1) < 0.03) return;
  grown = wanted; stale = false;
  const heads = shown.edges.size < 4000 || network.getScale() > 0.3; // seen only near where there are many, and slow to draw
  for (const i of shown.nodes) if (body(i)) { body(i).options.size = radius(i); body(i).shape.width = undefined; }
  for (const e of shown.edges) {
    const line = network.body.edges[e], look = line && edgeLook(edges[e], e);
    if (!line) continue;
    line.options.width = look.width * grown;
    line.options.dashes = look.dashes && look.dashes.map(length => length * grown);
    if (headed(edges[e])) line.options.arrows = {...line.options.arrows, to: {...line.options.arrows.to, scaleFactor: HEAD * grown, enabled: heads}};
  }
}

// A neighbourhood is drawn about its first entity, ring by ring, in the directions that its members have in the whole.
let arranged = "";
function rings([centre, ...rest]) {
  const at = new Map([[centre, {x: 0, y: 0}]]), far = new Map([[centre, 0]]), queue = [centre], inside = new Set(rest);
  for (const i of queue) for (const other of neighbours(i)) if (inside.has(other) && !far.has(other)) { far.set(other, far.get(i) + 1); queue.push(other); }
  const angle = i => Math.atan2(nodes[i].y - nodes[centre].y, nodes[i].x - nodes[centre].x);
  const by = new Map();
  for (const i of rest) { const ring = far.get(i) ?? 9; by.set(ring, [...(by.get(ring) || []), i]); }
  let last = 60;
  for (const [, members] of [...by].sort((a, b) => a[0] - b[0])) {
    members.sort((a, b) => angle(a) - angle(b) || a - b);
    const wave = members.length > 9 ? 0.34 : 0, r = last = Math.max(last + 130, members.length * 62 / (2 * Math.PI));
    members.forEach((i, k) => {
      const turn = 2 * Math.PI * k / members.length + angle(members[0]), reach = r * (1 + (k % 2) * wave);
      at.set(i, {x: 1.25 * reach * Math.cos(turn), y: reach * Math.sin(turn)});
    });
    last = r * (1 + wave);
  }
  return at;
}
function arrange() {
  const key = state.hood ? [...state.hood].join() : "";
  if (key === arranged) return;
  arranged = key;
  const at = state.hood ? rings([...state.hood]) : new Map();
  nodeSet.update(nodes.map((node, id) => ({id, x: node.x, y: node.y, ...at.get(id)})));
}

let network, nodeSet, edgeSet, nodeView, edgeView, drawn = [], hovered = null;
function draw() {
  nodeSet = new vis.DataSet(nodes.map((node, i) => ({id: i, x: node.x, y: node.y, size: node.size, shape: node.shape, color: nodeLook(node)})));
  edgeSet = new vis.DataSet(edges.map(visEdge));
  drawn = shown.status.slice();
  nodeView = new vis.DataView(nodeSet, {filter: node => shown.nodes.has(node.id)});
  edgeView = new vis.DataView(edgeSet, {filter: edge => shown.edges.has(edge.id)});
  network = new vis.Network($("canvas"), {nodes: nodeView, edges: edgeView}, {
    physics: false, layout: {improvedLayout: false},
    nodes: {borderWidth: nodes.length > 1000 ? 0.7 : 1.5, borderWidthSelected: 1.5, chosen: false, labelHighlightBold: false},
    edges: {chosen: false, selectionWidth: 0, hoverWidth: 0, arrowStrikethrough: false, selfReference: {size: 18}},
    interaction: {hover: edges.length < 8000, hoverConnectedEdges: false, selectConnectedEdges: false, hideEdgesOnDrag: edges.length > 6000,
      hideEdgesOnZoom: edges.length > 6000, keyboard: {enabled: true, bindToWindow: false}, tooltipDelay: 1e6, zoomSpeed: 0.7},
  });
  $("canvas").addEventListener("pointerdown", () => $("canvas").classList.add("mouse"), true); // no focus ring for a click
  document.addEventListener("keydown", () => $("canvas").classList.remove("mouse"), true);
  network.on("beforeDrawing", grow);
  network.on("afterDrawing", afterDrawing);
  network.on("zoom", looked); network.on("dragEnd", dragged); network.on("animationFinished", looked);
  const hover = what => event => { hovered = what && {[what]: event[what]}; $("canvas").classList.toggle("over", !!what); network.redraw(); };
  network.on("hoverNode", hover("node")); network.on("blurNode", hover(null));
  network.on("hoverEdge", hover("edge")); network.on("blurEdge", hover(null));
}
function redraw() {
  const changed = edges.filter((_, i) => shown.edges.has(i) && drawn[i] !== shown.status[i]);
  edgeSet.update(changed.map(edge => ({id: edge.index, dashes: edgeLook(edge, edge.index).dashes})));
  drawn = shown.status.slice();
  arrange();
  nodeView.refresh(); edgeView.refresh();
  stale = true;
  network.redraw();
}
function recolor() {
  nodeSet.update(nodes.map((node, i) => ({id: i, color: nodeLook(node)})));
  edgeSet.update(edges.map((edge, i) => ({id: i, color: edgeLook(edge, i).color})));
  stale = true;
}
// vis rescales the drawing when its box changes; the reader did not ask for that.
function resized(change) {
  const scale = network ? network.getScale() : 1;
  change();
  if (!network) return;
  network.setSize("100%", "100%");
  network.redraw();
  network.moveTo({scale});
}
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
function go(position, scale, animate) {
  network.moveTo({position, scale, animation: animate && !still() ? {duration: 250, easingFunction: "easeOutQuad"} : false});
  if (!animate || still()) looked();
}
function fit(ids, animate = true) {
  const wanted = (ids || [...shown.nodes]).filter(i => shown.nodes.has(i));
  whole = !ids;
  if (!wanted.length) return;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const i of wanted) {
    const {x, y} = network.getPosition(i);
    left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
  }
  const {width, height} = $("canvas").getBoundingClientRect(), margin = Math.min(76, width / 9); // of names
  const scale = Math.min(1.35, (width - 2 * margin) / Math.max(right - left, 1), (height - 104) / Math.max(bottom - top, 1));
  go({x: (left + right) / 2, y: (top + bottom) / 2}, Math.max(scale, 0.005), animate);
}
// Where the reader looks belongs to the address, unless it is the whole.
let whole = true;
function looked(event) {
  if (event && event.pointer) whole = false;
  const {x, y} = network.getViewPosition();
  state.at = whole ? null : [x, y, network.getScale()];
  remember();
}
// What was moved stays where it was put, also after a filter took it away.
function dragged(event) {
  if (!event.nodes.length) return looked(event);
  for (const [id, at] of Object.entries(network.getPositions(event.nodes))) { Object.assign(nodes[id], at); nodeSet.update({id: Number(id), ...at}); }
}
function reveal(ids) {
  const box = $("canvas").getBoundingClientRect(), margin = 40;
  const outside = ids.some(i => {
    const p = network.canvasToDOM(network.getPosition(i));
    return p.x < margin || p.y < margin || p.x > box.width - margin || p.y > box.height - margin;
  });
  if (outside && ids.length === 1) { whole = false; go(network.getPosition(ids[0]), network.getScale(), true); }
  else if (outside) fit(ids);
}

// What stands out when something is chosen: its nodes and edges; null when nothing is.
function focus() {
  const sel = state.selected;
  if (!sel) return null;
  if (sel.edge !== undefined) return {nodes: new Set([edges[sel.edge].from, edges[sel.edge].to]), edges: [sel.edge]};
  if (sel.path) {
    const steps = shortestPath(...sel.path) || [];
    return {nodes: new Set([...sel.path, ...steps.flatMap(e => [edges[e].from, edges[e].to])]), edges: steps};
  }
  const around = edgesOf[sel.node].filter(e => shown.edges.has(e));
  return {nodes: new Set([sel.node, ...around.flatMap(e => [edges[e].from, edges[e].to])]), edges: around};
}

function afterDrawing(ctx) {
  const scale = network.getScale(), body = network.body, now = focus();
  if (now) {
    ctx.save(); ctx.setTransform(1, 0, 0, 1, 0, 0); ctx.globalAlpha = 0.84; ctx.fillStyle = css("--canvas");
    ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height); ctx.restore();
    for (const e of now.edges) if (body.edges[e] && body.edges[e].connected) { body.edges[e].draw(ctx); body.edges[e].drawArrows(ctx); }
    for (const i of now.nodes) if (body.nodes[i]) body.nodes[i].draw(ctx);
  }
  const sel = state.selected, rings = !sel ? [] : sel.node !== undefined ? [sel.node] : sel.path || [];
  ctx.strokeStyle = css("--accent"); ctx.lineWidth = 2 / scale; ctx.setLineDash([]);
  for (const i of rings) if (shown.nodes.has(i)) {
    const p = network.getPosition(i);
    ctx.beginPath(); ctx.arc(p.x, p.y, radius(i) * 1.25 + 4 / scale, 0, 7); ctx.stroke();
  }
  labels(ctx, scale, now);
}

// Labels as on a map: the best linked first, each where it hits nothing, none when it fits nowhere; a choice is always named.
const widths = new Map();
function labels(ctx, scale, now) {
  const width = ctx.canvas.clientWidth, height = ctx.canvas.clientHeight, taken = new Map();
  const cells = box => { const out = []; for (let x = box[0] >> 6; x <= box[2] >> 6; x++) for (let y = box[1] >> 6; y <= box[3] >> 6; y++) out.push(x * 4096 + y); return out; };
  const take = box => cells(box).forEach(cell => taken.has(cell) ? taken.get(cell).push(box) : taken.set(cell, [box]));
  const free = box => !cells(box).some(cell => (taken.get(cell) || []).some(b => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]));
  const write = (text, font, x, y, color) => {
    ctx.font = font; ctx.lineWidth = 3.6 / scale; ctx.lineJoin = "round"; ctx.textAlign = "center"; ctx.textBaseline = "middle";
    const p = network.DOMtoCanvas({x, y});
    ctx.strokeStyle = css("--canvas"); ctx.strokeText(text, p.x, p.y); ctx.fillStyle = color; ctx.fillText(text, p.x, p.y);
  };
  const family = css("--font"), ink = css("--ink");
  const measure = (text, font) => {
    const key = font + text;
    if (!widths.has(key)) { ctx.font = font; widths.set(key, ctx.measureText(text).width); }
    return widths.get(key);
  };
  const seen = [], written = [];
  for (let i = 0; i < nodes.length; i++) {
    if (!shown.nodes.has(i) || !body(i)) continue;
    const p = network.canvasToDOM(network.getPosition(i)), r = radius(i) * scale;
    if (p.x < -80 || p.y < -30 || p.x > width + 80 || p.y > height + 30) continue;
    if (!now || now.nodes.has(i)) { seen.push([i, p, r]); take([p.x - r, p.y - r, p.x + r, p.y + r]); }
  }
  const must = new Set([...(state.selected ? rank(state.selected) : []), ...(hovered && hovered.node !== undefined ? [hovered.node] : [])]);
  if (hovered && hovered.node !== undefined && now && !now.nodes.has(hovered.node) && body(hovered.node))
    seen.push([hovered.node, network.canvasToDOM(network.getPosition(hovered.node)), radius(hovered.node) * scale]);
  seen.sort((a, b) => must.has(b[0]) - must.has(a[0]) || a[0] - b[0]);
  const few = Math.min(10, Math.ceil(nodes.length / 12)), clear = box => ![...written, ...bold].some(b => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]);
  const bold = seen.filter(([i]) => i < few).map(([, p, r]) => [p.x - r, p.y - r, p.x + r, p.y + r]);
  for (const [i, p, r] of seen.slice(0, 700)) {
    const strong = must.has(i) || i < few, size = strong ? 13 : 12, weight = strong ? "600" : "400";
    const text = nodes[i].label.length > 34 && !must.has(i) ? nodes[i].label.slice(0, 32).trimEnd() + "…" : nodes[i].label;
    const w = measure(text, `${weight} ${size}px ${family}`) / 2 + 2, d = r * 1.1 + 3, half = 9;
    const places = [[p.x, p.y + d + half], [p.x + d + w, p.y], [p.x - d - w, p.y], [p.x, p.y - d - half],
      ...[[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([x, y]) => [p.x + x * (0.75 * d + w), p.y + y * (0.75 * d + half / 2)])];
    const boxOf = ([x, y]) => [x - w, y - half + 1, x + w, y + half - 1];
    const inside = places.filter(([x, y]) => x - w > 2 && x + w < width - 2 && y > half && y < height - half);
    // the best linked may cover smaller nodes, though no name and none of their own, rather than stay nameless
    const place = inside.find(at => free(boxOf(at))) || (strong && inside.find(at => clear(boxOf(at)))) || (must.has(i) ? inside[0] || places[0] : null);
    if (!place) continue;
    take(boxOf(place)); written.push(boxOf(place));
    write(text, `${weight} ${size / scale}px ${family}`, ...place, ink);
  }
  const lines = hovered && hovered.edge !== undefined ? [hovered.edge] : now && now.edges.length <= 60 ? now.edges : [];
  for (const e of lines) {
    if (!body(edges[e].from) || !network.body.edges[e] || !network.body.edges[e].connected) continue;
    const line = network.body.edges[e], p = network.canvasToDOM(line.edgeType.getPoint(0.5)), text = relations[edges[e].relation].label;
    const w = measure(text, `11px ${family}`) / 2 + 2, box = [p.x - w, p.y - 7, p.x + w, p.y + 7];
    if (lines.length > 1 && !free(box)) continue;
    take(box);
    write(text, `${11 / scale}px ${family}`, p.x, p.y, css("--ink-2"));
  }
}
const body = i => network.body.nodes[i];
const rank = sel => sel.node !== undefined ? [sel.node] : sel.path || [edges[sel.edge].from, edges[sel.edge].to];
