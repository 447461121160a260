// Colours, shapes and strokes: what the ontology says, made fit for light and dark paper.

const night = matchMedia("(prefers-color-scheme: dark)");
const dark = () => (state.theme ? state.theme === "dark" : night.matches);
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
let paper = {}; // the colours of the style sheet, read once a theme, since reading is slow
function readPaper() {
  document.documentElement.dataset.theme = state.theme;
  const style = getComputedStyle(document.documentElement);
  const value = name => style.getPropertyValue(name).trim();
  paper = {
    canvas: value("--canvas"),
    ink: value("--ink"),
    quiet: value("--ink-2"),
    accent: value("--accent"),
    font: value("--font"),
  };
  tones.clear();
}

// Contrast as WCAG 2 has it: the ratio of relative luminances.
const channels = color => [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16));
const luminance = color =>
  channels(color)
    .map(v => v / 255)
    .map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
const mixed = (color, other, share) =>
  "#" +
  channels(color)
    .map((v, i) =>
      Math.round(v + (channels(other)[i] - v) * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("");

// A colour of the ontology, mixed with as much ink as it takes to be seen on the paper: pale yellow by day, deep blue
// by night. A filled shape is seen with less contrast than a line.
const FILL = {day: 1.8, night: 4.5};
const LINE = {day: 3, night: 5};
const tones = new Map();
function tone(color, least) {
  const wanted = dark() ? least.night : least.day;
  const key = color + wanted;
  if (!tones.has(key)) tones.set(key, inked(color, wanted));
  return tones.get(key);
}
function inked(color, wanted) {
  const ink = dark() ? "#ffffff" : "#000000";
  let found = color;
  for (let share = 0; contrast(found, paper.canvas) < wanted && share < 0.9; share += 0.04)
    found = mixed(color, ink, share);
  return found;
}
// An entity is filled; a fact that is drawn as a node is hollow.
const colorOf = group => tone(classes[group].color, FILL);
const fillOf = group => (classes[group].fact ? paper.canvas : colorOf(group));
const rimOf = group => (classes[group].fact ? colorOf(group) : paper.canvas);
const strokeOf = relation => tone(relations[relation].color, LINE);

// Corners of a shape about (0, 0), for legend and SVG: vis draws the same ones on the canvas.
const SPOKES = {
  diamond: [4, 0, 1],
  triangle: [3, 0, 1.33],
  triangleDown: [3, 0.5, 1.33],
  hexagon: [6, 0.25, 1],
  square: [4, 0.125, 1.41],
  star: [10, 0, 1.07],
}; // number of corners, turn of the first, factor of the radius
const EVEN = {square: 0.86, diamond: 1.2, triangle: 1.12, triangleDown: 1.12, hexagon: 1.08, star: 1.28};
function corners(shape, r) {
  const [n, turn, grow] = SPOKES[shape];
  return Array.from({length: n}, (_, i) => {
    const angle = 2 * Math.PI * (i / n + turn) - Math.PI / 2;
    const spoke = r * grow * (shape === "star" && i % 2 ? 0.385 : 1);
    return [spoke * Math.cos(angle), spoke * Math.sin(angle)].map(v => v.toFixed(2)).join(",");
  }).join(" ");
}
const shapeSvg = (shape, r, props) =>
  shape in SPOKES ? s("polygon", {points: corners(shape, r), ...props}) : s("circle", {r: String(r), ...props});
const nodeSvg = (group, r, rim) =>
  shapeSvg(classes[group].shape, r, {fill: fillOf(group), stroke: classes[group].fact ? colorOf(group) : rim});
const glyph = group =>
  s(
    "svg",
    {class: "glyph", viewBox: "-9 -9 18 18", "aria-hidden": "true", "stroke-width": classes[group].fact ? "2.5" : "1"},
    nodeSvg(group, 6 * (EVEN[classes[group].shape] || 1), "none"),
  );

// Heads of lines with their tip at (24, 7).
const HEADS = {
  arrow: "M24 7 17 3.2V10.8Z",
  vee: "M24 7 16.5 3 18.5 7 16.5 11Z",
  bar: "M22.5 2.5V11.5",
  diamond: "M24 7 20.5 4 17 7 20.5 10Z",
  circle: "M18 7A3 3 0 1 0 24 7 3 3 0 1 0 18 7",
  none: "",
};
const headSvg = (shape, color, props) =>
  HEADS[shape] &&
  s("path", {
    d: HEADS[shape],
    fill: shape === "bar" ? "none" : color,
    stroke: shape === "bar" ? color : "none",
    "stroke-width": "2",
    ...props,
  });
const strokeParts = (color, dash, shape) => [
  s("path", {
    d: HEADS[shape] ? "M1 7H19" : "M1 7H25",
    stroke: color,
    "stroke-width": "2",
    "stroke-dasharray": dash.join(" "),
    fill: "none",
  }),
  headSvg(shape, color),
];
const strokeSvg = (color, dash = [], shape = "none") =>
  s("svg", {class: "stroke", viewBox: "0 0 26 14", "aria-hidden": "true"}, strokeParts(color, dash, shape));
const relationSvg = (relation, dash) => strokeSvg(strokeOf(relation), dash, relations[relation].shape);
const statusSvg = status => strokeSvg("currentColor", statuses[status].dash);
