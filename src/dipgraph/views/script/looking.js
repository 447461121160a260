// Where the reader looks: the part of the canvas that is seen, and places that were moved.

// vis rescales the drawing when its box changes; the reader did not ask for that.
function resized(change) {
  if (!network) return change();
  const scale = network.getScale();
  change();
  network.setSize("100%", "100%");
  network.redraw();
  return network.moveTo({scale});
}
function go(position, scale, animate) {
  const moves = animate && !still();
  network.moveTo({position, scale, animation: moves ? {duration: 250, easingFunction: "easeOutQuad"} : false});
  if (!moves) looked();
}
// The smallest box about some places: [left, top, right, bottom].
const boxOf = places =>
  places.reduce(
    ([left, top, right, bottom], {x, y}) => [
      Math.min(left, x),
      Math.min(top, y),
      Math.max(right, x),
      Math.max(bottom, y),
    ],
    [Infinity, Infinity, -Infinity, -Infinity],
  );

function fit(ids, animate = true) {
  const wanted = (ids || [...shown.nodes]).filter(i => shown.nodes.has(i));
  whole = !ids;
  if (!wanted.length) return;
  const [left, top, right, bottom] = boxOf(wanted.map(i => network.getPosition(i)));
  const {width, height} = $("canvas").getBoundingClientRect();
  const margin = Math.min(76, width / 9); // for names
  const scale = Math.min(
    1.35,
    (width - 2 * margin) / Math.max(right - left, 1),
    (height - 104) / Math.max(bottom - top, 1),
  );
  go({x: (left + right) / 2, y: (top + bottom) / 2}, Math.max(scale, 0.005), animate);
}
// Where the reader looks belongs to the address, unless it is the whole.
let whole = true;
function looked(event) {
  if (event && event.pointer) whole = false;
  const {x, y} = network.getViewPosition();
  state.at = whole ? null : [x, y / stretch, network.getScale()];
  remember();
}
function look() {
  if (!state.at) return fit(null, false);
  const [x, y, scale] = state.at;
  whole = false;
  return go({x, y: y * stretch}, scale, false);
}
// What was moved stays where it was put, also after a filter took it away.
function dragged(event) {
  if (!event.nodes.length) return looked(event);
  for (const [id, at] of Object.entries(network.getPositions(event.nodes))) {
    const i = Number(id);
    if (around.has(i)) around.set(i, at);
    else Object.assign(nodes[i], {x: at.x, y: at.y / stretch});
    nodeSet.update({id: i, ...at});
  }
  return undefined;
}
function reveal(ids) {
  const {width, height} = $("canvas").getBoundingClientRect();
  const margin = 40;
  const outside = ids.some(i => {
    const {x, y} = network.canvasToDOM(network.getPosition(i));
    return x < margin || y < margin || x > width - margin || y > height - margin;
  });
  if (!outside) return;
  if (ids.length > 1) return void fit(ids);
  whole = false;
  go(network.getPosition(ids[0]), network.getScale(), true);
}

// Who points at a name means its bearer; fingers are broader than pointers, and get the nearest node about them.
function nodeAt(event) {
  const {DOM: point} = event.pointer;
  const found = network.getNodeAt(point);
  if (found !== undefined) return found;
  const named = nameAt(point);
  if (named !== undefined || event.event.pointerType !== "touch" || network.getEdgeAt(point) !== undefined)
    return named;
  const far = i => {
    const {x, y} = network.canvasToDOM(network.getPosition(i));
    return Math.hypot(x - point.x, y - point.y) - radius(i) * network.getScale();
  };
  return [...shown.nodes]
    .map(i => [far(i), i])
    .filter(([distance]) => distance < 18)
    .sort((a, b) => a[0] - b[0])[0]?.[1];
}
