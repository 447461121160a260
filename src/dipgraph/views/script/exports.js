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
const texts = values => values.join("; ");
const CSV = [
  ["fact", fact => fact.id],
  ["relation", fact => relations[fact.relation].label],
  ["status", fact => statuses[fact.status].label],
  ["time", fact => fact.time],
  ["where", fact => texts(fact.place)],
  ["according to", fact => texts(fact.attribution)],
  ["confidence", fact => fact.confidence],
  ["evidence", fact => fact.evidence.map(quote => quote.before + quote.text + quote.after).join(" | ")],
  ...["title", "date", "url"].map(part => [part, fact => fact.docs.map(doc => docs[doc][part]).join(" | ")]),
];
// Then a column for each role that a fact has.
function csv() {
  const list = byNumber(shown.facts).map(i => facts[i]);
  const roles = [...new Set(list.flatMap(fact => fact.roles.map(([role]) => role)))].sort();
  const filled = (fact, role) => texts(fact.roles.filter(([name]) => name === role).flatMap(([, fillers]) => fillers));
  const head = [...CSV.map(([name]) => name), ...roles.map(role => `role: ${role}`)];
  const lines = list.map(fact => [...CSV.map(([, value]) => value(fact)), ...roles.map(role => filled(fact, role))]);
  return "\ufeff" + [head, ...lines].map(line => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

// The same contract as the page's own data, with references renumbered, so that what reads one reads the other.
function json() {
  const keptFacts = byNumber(shown.facts);
  const keptNodes = byNumber(new Set([...shown.nodes, ...keptFacts.flatMap(i => facts[i].parties)]));
  const nodeAt = new Map(keptNodes.map((i, at) => [i, at]));
  const factAt = new Map(keptFacts.map((i, at) => [i, at]));
  const keptEdges = byNumber(shown.edges).map(i => ({
    ...edges[i],
    from: nodeAt.get(edges[i].from),
    to: nodeAt.get(edges[i].to),
    facts: edges[i].facts.filter(fact => factAt.has(fact)).map(fact => factAt.get(fact)),
  }));
  const told = keptFacts.map(i => ({...facts[i], parties: facts[i].parties.map(node => nodeAt.get(node))}));
  return JSON.stringify({...data, nodes: keptNodes.map(i => nodes[i]), edges: keptEdges, facts: told}, null, 1);
}

// XML has no place for control characters, whatever a label holds.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const svg = () => new XMLSerializer().serializeToString(figure()).replace(CONTROL, "");
// The same figure in pixels, twice as fine as on the screen, as far as a canvas can be.
const FINE = 2;
const LARGEST = 12000;
function png() {
  const picture = new Image();
  const url = URL.createObjectURL(new Blob([svg()], {type: "image/svg+xml"}));
  picture.onload = () => {
    const times = Math.min(FINE, LARGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = picture.width * times;
    canvas.height = picture.height * times;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(url);
    canvas.toBlob(blob => save("png", "image/png", blob));
  };
  picture.onerror = () => announce("The drawing could not be made; take it as SVG.");
  picture.src = url;
}
// A frame or an old browser may not let a page write to the clipboard.
async function copyLink() {
  writeAddress();
  try {
    await navigator.clipboard.writeText(location.href);
    announce("The link to this view is copied.");
  } catch {
    announce("This browser keeps pages from copying: take the link from the address bar.");
  }
}

const EXPORTS = {
  "Copy link": copyLink,
  "Facts as CSV": () => save("csv", "text/csv;charset=utf-8", csv()),
  "Data as JSON": () => save("json", "application/json", json()),
  "Drawing as PNG": png,
  "Drawing as SVG": () => save("svg", "image/svg+xml", svg()),
  Print: () => window.print(),
};
