// Exports: what is shown, in files that others can read.

function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], {type}));
  const title = data.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "dipgraph";
  const link = document.createElement("a");
  link.download = `${title.slice(0, 60)}.${name}`;
  link.href = url; // a blob of our own, not a URL from the data
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

const EXPORTS = {
  "Facts as CSV": () => save("csv", "text/csv;charset=utf-8", csv()),
  "Data as JSON": () => save("json", "application/json", json()),
  "Drawing as PNG": png,
  "Drawing as SVG": () => save("svg", "image/svg+xml", svg()),
  Print: () => window.print(),
};
