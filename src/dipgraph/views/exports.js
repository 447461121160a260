// Exports: what is shown, in files that others can read.

function save(name, type, content) {
  const link = document.createElement("a"), url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], {type}));
  link.download = `${(data.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "dipgraph").slice(0, 60)}.${name}`;
  link.href = url; // a blob of our own, not a URL from the data
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
// A cell that a spreadsheet would run as a formula is quoted first.
const cell = value => `"${String(value).replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
function csv() {
  const head = ["fact", "relation", "status", "time", "roles", "place", "attribution", "confidence", "evidence", "document", "published", "url"];
  const lines = [...shown.facts].sort((a, b) => a - b).map(i => {
    const fact = facts[i], from = fact.docs.map(doc => docs[doc]);
    return [fact.id, relations[fact.relation].label, statuses[fact.status].label, fact.time, fact.roles.map(([role, f]) => `${role}: ${f.join(", ")}`).join("; "), fact.place.join("; "),
      fact.attribution.join("; "), fact.confidence, fact.evidence.map(q => q.before + q.text + q.after).join(" | "), ...["title", "date", "url"].map(key => from.map(doc => doc[key]).join(" | "))];
  });
  return "\ufeff" + [head, ...lines].map(line => line.map(cell).join(",")).join("\r\n") + "\r\n";
}
// The same contract as the page's own data, with references renumbered, so that what reads one reads the other.
function json() {
  const keptNodes = [...shown.nodes].sort((a, b) => a - b), keptFacts = [...shown.facts].sort((a, b) => a - b);
  const nodeAt = new Map(keptNodes.map((i, at) => [i, at])), factAt = new Map(keptFacts.map((i, at) => [i, at]));
  const keptEdges = [...shown.edges].sort((a, b) => a - b).map(i => {
    const {index, ...edge} = edges[i];
    return {...edge, from: nodeAt.get(edge.from), to: nodeAt.get(edge.to), facts: edge.facts.filter(f => factAt.has(f)).map(f => factAt.get(f))};
  });
  return JSON.stringify({...data, nodes: keptNodes.map(i => nodes[i]), edges: keptEdges, facts: keptFacts.map(i => facts[i])}, null, 1);
}
function png() {
  const from = document.querySelector("#canvas canvas"), to = document.createElement("canvas"), ctx = to.getContext("2d");
  Object.assign(to, {width: from.width, height: from.height});
  ctx.fillStyle = css("--canvas"); ctx.fillRect(0, 0, to.width, to.height); ctx.drawImage(from, 0, 0);
  to.toBlob(blob => save("png", "image/png", blob));
}
function svg() {
  const at = i => network.getPosition(i), list = [...shown.nodes].sort((a, b) => b - a), points = list.map(at);
  const xs = points.map(p => p.x), ys = points.map(p => p.y), pad = 70, least = values => values.reduce((a, b) => Math.min(a, b), Infinity), most = values => values.reduce((a, b) => Math.max(a, b), -Infinity);
  const [x, y, w, t] = [least(xs) - pad, least(ys) - pad, most(xs) - least(xs) + 2 * pad, most(ys) - least(ys) + 2 * pad];
  const lines = [...shown.edges].map(i => {
    const edge = edges[i], a = at(edge.from), b = at(edge.to), bend = edge.curve * 0.5;
    const d = `M${a.x} ${a.y}Q${((a.x + b.x) / 2 + (b.y - a.y) * bend).toFixed(1)} ${((a.y + b.y) / 2 - (b.x - a.x) * bend).toFixed(1)} ${b.x} ${b.y}`, look = edgeLook(edge, i);
    return s("path", {d, fill: "none", stroke: look.color.color, "stroke-opacity": "0.6", "stroke-width": (look.width * grown).toFixed(1), "stroke-dasharray": look.dashes ? look.dashes.map(length => length * grown).join(" ") : null});
  });
  const marks = list.map(i => s("g", {transform: `translate(${at(i).x} ${at(i).y})`}, shapeSvg(nodes[i].shape, radius(i), {fill: tone(classes[nodes[i].group].color), stroke: css("--canvas")}),
    s("text", {y: (radius(i) * 1.2 + 12 * grown).toFixed(1), "text-anchor": "middle", "font-size": String(12 * grown), "font-family": "sans-serif", fill: css("--ink"), stroke: css("--canvas"), "stroke-width": String(3 * grown), "paint-order": "stroke"}, nodes[i].label)));
  return new XMLSerializer().serializeToString(s("svg", {xmlns: SVG, viewBox: [x, y, w, t].join(" "), width: w.toFixed(0), height: t.toFixed(0)}, s("rect", {x: String(x), y: String(y), width: String(w), height: String(t), fill: css("--canvas")}), lines, marks));
}
const EXPORTS = {
  "Facts as CSV": () => save("csv", "text/csv;charset=utf-8", csv()), "Data as JSON": () => save("json", "application/json", json()),
  "Drawing as PNG": png, "Drawing as SVG": () => save("svg", "image/svg+xml", svg()), "Print": () => window.print(),
};
