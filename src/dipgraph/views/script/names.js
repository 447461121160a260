// Names as on a map: the best linked first, each where it hits nothing, none when it fits nowhere. A choice always has
// its name.

const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();
function widthOfText(text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    ruler.font = font;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

// Boxes [left, top, right, bottom] that are taken, found again by cells of 64 pixels.
const overlap = (a, b) =>
  Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
class Room {
  constructor() {
    this.cells = new Map();
  }
  take(box) {
    for (let x = box[0] >> 6; x <= box[2] >> 6; x++) {
      for (let y = box[1] >> 6; y <= box[3] >> 6; y++) {
        const key = x * 4096 + y;
        if (this.cells.has(key)) this.cells.get(key).push(box);
        else this.cells.set(key, [box]);
      }
    }
  }
  // How much of a box is taken, in square pixels, as far as it matters.
  hit(box, enough = Infinity) {
    let area = 0;
    for (let x = box[0] >> 6; x <= box[2] >> 6; x++) {
      for (let y = box[1] >> 6; y <= box[3] >> 6; y++) {
        for (const other of this.cells.get(x * 4096 + y) || []) {
          area += overlap(box, other);
          if (area > enough) return area;
        }
      }
    }
    return area;
  }
  free(box) {
    return this.hit(box, 0) === 0;
  }
}

const FEW = Math.min(10, Math.ceil(nodes.length / 12)); // so many of the best linked are written bold
const MOST = 700;
const LONGEST = 34;
const HALF = 9;
// Names of the given nodes, seen in {width, height, scale, at: node -> place on the screen, radius: node -> pixels}.
// The best linked, and all where there are few, may cover nodes, the least they can, though no other name.
function placeNames(view, candidates, must, room) {
  const inside = ({x, y}) => x > -80 && y > -30 && x < view.width + 80 && y < view.height + 30;
  const seen = candidates
    .map(i => ({i, ...view.at(i), r: view.radius(i)}))
    .filter(inside)
    .sort((a, b) => must.has(b.i) - must.has(a.i) || a.i - b.i);
  const rooms = {all: room, names: new Room(), big: new Room()};
  for (const node of seen) {
    room.take(boxAbout(node, node.r, node.r));
    if (node.i < FEW) rooms.big.take(boxAbout(node, node.r, node.r));
  }
  const names = [];
  for (const node of seen.slice(0, MOST)) {
    const wanted = must.has(node.i);
    const bold = wanted || node.i < FEW;
    const name = named(node, bold, wanted);
    const most = wanted || node.i < 3 ? Infinity : 2 * name.half * HALF;
    const bearable = bold || seen.length <= 3 * FEW ? most : 0;
    const place = placeName(aboutNode(node, name.half), view, rooms, bearable, wanted);
    if (!place) continue;
    room.take(place.box);
    rooms.names.take(place.box);
    names.push({...name, ...place, i: node.i});
  }
  return names;
}
const boxAbout = ({x, y}, wide, high) => [x - wide, y - high, x + wide, y + high];
// The first place that hits nothing, else the one that hits least, as far as that is bearable.
function placeName(places, view, {all, names, big}, bearable, wanted) {
  const fits = places.filter(({box}) => box[0] > 2 && box[2] < view.width - 2 && box[1] > 0 && box[3] < view.height);
  const free = fits.find(({box}) => all.free(box));
  if (free || !bearable) return free;
  const [best] = fits
    .filter(({box}) => wanted || names.free(box))
    .map(place => [all.hit(place.box) + 3 * big.hit(place.box) + 4 * names.hit(place.box), place])
    .sort((a, b) => a[0] - b[0]);
  return best && best[0] <= bearable ? best[1] : wanted && places[0];
}
function named({i}, bold, wanted) {
  const {label} = nodes[i];
  const text = label.length > LONGEST && !wanted ? `${label.slice(0, LONGEST - 2).trimEnd()}…` : label;
  const weight = bold ? "600" : "400";
  const size = bold ? 13 : 12;
  return {text, weight, size, half: widthOfText(text, `${weight} ${size}px ${paper.font}`) / 2 + 2};
}
// Centres of a name about its node: below, right, left, above, at the corners, then below and above a little aside.
function aboutNode({x, y, r}, half) {
  const side = r * 1.1 + 3;
  const corner = 0.75 * side;
  const aslant = 0.6 * half;
  const offsets = [
    [0, side + HALF],
    [side + half, 0],
    [-side - half, 0],
    [0, -side - HALF],
  ];
  for (const up of [1, -1])
    for (const left of [1, -1]) offsets.push([left * (corner + half), up * (corner + HALF / 2)]);
  for (const up of [1, -1]) for (const left of [1, -1]) offsets.push([left * aslant, up * (side + HALF)]);
  return offsets.map(([dx, dy]) => ({x: x + dx, y: y + dy, box: boxAbout({x: x + dx, y: y + dy}, half, HALF - 1)}));
}

// Names of relations in the midst of their lines, where they fit, with the status where that is not the plain one.
function lineName(e) {
  const status = statuses[shown.status[e]];
  const {label} = relations[edges[e].relation];
  return status.plain ? label : `${label}, ${status.label}`;
}
function placeRelations(lines, middle, room) {
  const names = [];
  for (const e of lines) {
    const text = lineName(e);
    const at = middle(e);
    const half = at && widthOfText(text, `11px ${paper.font}`) / 2 + 2;
    if (!at) continue;
    const box = [at.x - half, at.y - 7, at.x + half, at.y + 7];
    if (lines.length > 1 && !room.free(box)) continue;
    room.take(box);
    names.push({text, weight: "400", size: 11, quiet: true, ...at});
  }
  return names;
}

// On the canvas, in the view as it stands; what lies over the canvas takes room too.
let lastNames = [];
const nameAt = ({x, y}) =>
  lastNames.find(({box: [left, top, right, bottom]}) => x >= left && x <= right && y >= top && y <= bottom)?.i;
function writeNames(ctx, now) {
  const scale = network.getScale();
  const onScreen = at => network.canvasToDOM(at);
  const room = new Room();
  const view = {
    width: ctx.canvas.clientWidth,
    height: ctx.canvas.clientHeight,
    scale,
    at: i => onScreen(network.getPosition(i)),
    radius: i => radius(i) * scale,
  };
  covered.forEach(box => room.take(box));
  const pointed = hovered.node !== undefined && body(hovered.node) ? [hovered.node] : [];
  const must = new Set([...(state.selected ? endsOf(state.selected) : []), ...pointed]);
  const candidates = byNumber(new Set([...(now ? now.nodes : shown.nodes), ...pointed])).filter(
    i => shown.nodes.has(i) && body(i),
  );
  lastNames = placeNames(view, candidates, must, room);
  const lines = hovered.edge !== undefined ? [hovered.edge] : now && now.edges.length <= 60 ? now.edges : [];
  const middle = e => line(e) && onScreen(line(e).edgeType.getPoint(0.5));
  for (const name of [...lastNames, ...placeRelations(lines, middle, room)]) write(ctx, name, scale);
}
function write(ctx, {text, weight, size, quiet, x, y}, scale) {
  const at = network.DOMtoCanvas({x, y});
  Object.assign(ctx, {
    font: `${weight} ${size / scale}px ${paper.font}`,
    textAlign: "center",
    textBaseline: "middle",
    lineJoin: "round",
    lineWidth: 3.6 / scale,
    strokeStyle: paper.canvas,
    fillStyle: quiet ? paper.quiet : paper.ink,
  });
  ctx.strokeText(text, at.x, at.y);
  ctx.fillText(text, at.x, at.y);
}
// Boxes of the count and of the chips.
let covered = [];
function measureCovered() {
  const {left, top} = $("stage").getBoundingClientRect();
  covered = [$("count"), ...$("chips").children]
    .map(element => element.getBoundingClientRect())
    .filter(box => box.width)
    .map(box => [box.left - left - 4, box.top - top - 2, box.right - left + 4, box.bottom - top + 2]);
}
