// What the reader has chosen, and what of the document that leaves to be shown.

const state = {
  off: {classes: new Set(), relations: new Set(), statuses: new Set()},
  lo: first, // the first month of the window of time
  hi: last, // and the last
  undated: true, // what has no date, besides
  lone: edges.length === 0, // entities without a shown link
  limit: Math.min(data.limit, nodes.length), // so many of the best linked
  part: null, // the class that must have part in a fact, at either end
  extra: new Set(), // brought in though beyond the limit
  hood: [], // only these and their neighbours, if any
  selected: null, // {node}, {edge}, {path: [node, node]} or {facts: [fact]}
  from: null, // where a path is to begin, while its end is chosen
  overview: false, // whether the panel tells of the whole when nothing is chosen
  table: false,
  sorted: [0, 1], // the table: by which column, and 1 for upwards
  theme: "", // light, dark, or as the system has it
  at: null, // where the reader looks, [x, y, scale], unless at the whole
};
const shown = {nodes: new Set(), edges: new Set(), facts: new Set(), status: edges.map(() => 0)};

const overlaps = (fact, lo, hi) => (fact.t0 === null || fact.t0 <= hi) && (fact.t1 === null || fact.t1 >= lo);
const passesTime = fact => (isUndated(fact) ? state.undated : overlaps(fact, state.lo, state.hi));
const passesKind = fact => !state.off.relations.has(fact.relation) && !state.off.statuses.has(fact.status);
const hoodNodes = () => new Set(state.hood.flatMap(node => [node, ...neighbours(node)]));

const hasPart = (...ends) => state.part === null || ends.some(i => nodes[i].group === state.part);

// Who of the nodes may show, whatever the facts.
function admitted() {
  const hood = state.hood.length ? hoodNodes() : null;
  return nodes.map(
    (node, i) => !state.off.classes.has(node.group) && (hood ? hood.has(i) : i < state.limit || state.extra.has(i)),
  );
}
function filter() {
  const passing = facts.map(fact => passesKind(fact) && passesTime(fact));
  const may = admitted();
  for (const set of [shown.nodes, shown.edges, shown.facts]) set.clear();
  edges.forEach((edge, i) => {
    if (!may[edge.from] || !may[edge.to] || !hasPart(edge.from, edge.to)) return;
    const found = edge.facts.filter(fact => passing[fact]);
    if (!found.length) return;
    found.forEach(fact => shown.facts.add(fact));
    shown.status[i] = Math.min(...found.map(fact => facts[fact].status)); // the firmest first
    shown.edges.add(i);
    shown.nodes.add(edge.from).add(edge.to);
  });
  facts.forEach(({parties}, i) => {
    if (passing[i] && isLoose(i) && parties.every(node => may[node]) && hasPart(...parties)) shown.facts.add(i);
  });
  const chosen = state.selected ? endsOf(state.selected) : [];
  may.forEach((yes, i) => yes && (state.lone || state.extra.has(i)) && hasPart(i) && shown.nodes.add(i));
  chosen.forEach(i => may[i] && shown.nodes.add(i));
}

const fullTime = () => state.lo === first && state.hi === last;
const isFiltered = () =>
  Object.values(state.off).some(set => set.size > 0) ||
  !fullTime() ||
  !state.undated ||
  state.hood.length > 0 ||
  state.limit < startingLimit ||
  state.part !== null;
function resetFilters() {
  Object.values(state.off).forEach(set => set.clear());
  const limit = Math.max(state.limit, startingLimit);
  Object.assign(state, {lo: first, hi: last, undated: true, hood: [], part: null, limit});
}

// The nodes that a choice is about.
const endsOfEdges = list => list.flatMap(edge => [edges[edge].from, edges[edge].to]);
const endsOfFact = fact => [...endsOfEdges(edgesOfFact[fact]), ...facts[fact].parties];
function endsOf({node, edge, path, facts: chosen}) {
  if (node !== undefined) return [node];
  if (edge !== undefined) return endsOfEdges([edge]);
  return path || [...new Set(chosen.flatMap(endsOfFact))];
}
// Bring in what the limit or the neighbourhood had left out of a choice.
function admit(choice) {
  const ends = choice ? endsOf(choice) : [];
  ends.filter(i => i >= state.limit).forEach(i => state.extra.add(i));
  if (state.hood.length && !ends.every(i => hoodNodes().has(i))) state.hood = [];
  return ends;
}

// The fewest steps from a to b over edges that pass; null when no chain of them joins the two.
function shortestPath([a, b], passes) {
  const by = new Map([[a, null]]);
  const queue = [a];
  for (const node of queue) {
    if (node === b) break;
    for (const edge of edgesOf[node]) {
      const other = otherEnd(edge, node);
      if (passes(edge) && !by.has(other)) {
        by.set(other, edge);
        queue.push(other);
      }
    }
  }
  if (!by.has(b)) return null;
  const steps = [];
  for (let node = b; node !== a; node = otherEnd(steps[0], node)) steps.unshift(by.get(node));
  return steps;
}
const shownPath = ends => shortestPath(ends, edge => shown.edges.has(edge));

// What stands out when something is chosen: its nodes and edges; null when nothing is.
function linesOf({node, edge, path, facts: chosen}) {
  if (path) return shownPath(path) || [];
  if (chosen) return [...new Set(chosen.flatMap(fact => edgesOfFact[fact]))];
  return edge !== undefined ? [edge] : edgesOf[node];
}
function focus() {
  if (!state.selected) return null;
  const lines = linesOf(state.selected).filter(edge => shown.edges.has(edge));
  return {nodes: new Set([...endsOf(state.selected), ...endsOfEdges(lines)]), edges: lines};
}
