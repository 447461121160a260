// What the page was given, and what leads from one part of it to another. Nothing here changes.

const data = JSON.parse($("data").textContent);
const {nodes, edges, facts, docs, classes, relations, statuses} = data;

const edgesOf = nodes.map(() => []);
const edgesOfFact = facts.map(() => []);
edges.forEach((edge, i) => {
  edgesOf[edge.from].push(i);
  if (edge.to !== edge.from) edgesOf[edge.to].push(i);
  edge.facts.forEach(fact => edgesOfFact[fact].push(i));
});
const looseOf = nodes.map(() => []); // facts without a line, since their texts leave one end open
facts.forEach((fact, i) => fact.parties.forEach(node => looseOf[node].push(i)));
const isLoose = fact => edgesOfFact[fact].length === 0;
const nodeById = new Map(nodes.map((node, i) => [node.id, i]));
const factById = new Map(facts.map((fact, i) => [fact.id, i]));
const edgeById = new Map(edges.map((edge, i) => [edge.id, i]));
const nodesByLabel = new Map(); // roles and speakers are told by label
nodes.forEach((node, i) => nodesByLabel.set(node.label, [...(nodesByLabel.get(node.label) || []), i]));

const otherEnd = (edge, node) => (edges[edge].from === node ? edges[edge].to : edges[edge].from);
const neighbours = node => edgesOf[node].map(edge => otherEnd(edge, node));
const factsOf = list => [...new Set(list.flatMap(edge => edges[edge].facts))].sort((a, b) => a - b);
const factsOfNode = node => byNumber(new Set([...factsOf(edgesOf[node]), ...looseOf[node]]));
const isEntity = node => !classes[nodes[node].group].fact;
const byNumber = set => [...set].sort((a, b) => a - b);

// Months since year 0 are the page's unit of time; an open end is null.
const isUndated = fact => fact.t0 === null && fact.t1 === null;
const begins = fact => fact.t0 ?? fact.t1;
const dated = facts.filter(fact => !isUndated(fact));
const months = dated.flatMap(fact => [fact.t0, fact.t1]).filter(month => month !== null);
const first = months.reduce((a, b) => Math.min(a, b), Infinity);
const last = months.reduce((a, b) => Math.max(a, b), -Infinity);

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const yearOf = month => Math.floor(month / 12);
const monthText = month => `${MONTHS[month % 12]} ${yearOf(month)}`;
function spanText(from, to) {
  if (from === to) return monthText(from);
  if (from % 12 === 0 && to % 12 === 11)
    return yearOf(from) === yearOf(to) ? `${yearOf(from)}` : `${yearOf(from)} – ${yearOf(to)}`;
  return `${monthText(from)} – ${monthText(to)}`;
}
function dateText(iso) {
  const [year, month, day] = iso.split("-");
  return [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}
function timeText(fact) {
  if (!fact.time) return "undated";
  if (!fact.time.includes("/")) return (fact.lasts ? "since " : "") + dateText(fact.time);
  const [begin, end] = fact.time.split("/").map(dateText);
  return begin && end ? `${begin} – ${end}` : begin ? `since ${begin}` : `until ${end}`;
}
