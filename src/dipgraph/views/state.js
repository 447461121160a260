"use strict";
// The document, what the reader has chosen, and what of the document that shows. No drawing here.

const data = JSON.parse(document.getElementById("data").textContent);
const {nodes, edges, facts, docs, classes, relations, statuses} = data;
const $ = id => document.getElementById(id);
const safe = url => /^https?:\/\/[^\s<>"\\]+$/i.test(url) ? url : null;
const SVG = "http://www.w3.org/2000/svg";

// The only makers of elements: children that are strings become text nodes, so no data is ever read as HTML.
function fill(element, props, children) {
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value !== "string") element[key] = value;
    else if (key !== "href" || safe(value)) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}
const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);
const s = (tag, props, ...children) => fill(document.createElementNS(SVG, tag), props, children);
const number = value => value.toLocaleString("en");
const count = (value, one, many) => `${number(value)} ${value === 1 ? one : many || one + "s"}`;
const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const monthText = month => `${MONTHS[month % 12]} ${Math.floor(month / 12)}`;
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

// Indices: edges of a node, edges of a fact, nodes of a label (roles are told by label).
const edgesOf = nodes.map(() => []);
const edgesOfFact = facts.map(() => []);
edges.forEach((edge, i) => {
  edge.index = i;
  edgesOf[edge.from].push(i);
  if (edge.to !== edge.from) edgesOf[edge.to].push(i);
  edge.facts.forEach(fact => edgesOfFact[fact].push(i));
});
const nodeById = new Map(nodes.map((node, i) => [node.id, i]));
const edgeById = new Map(edges.map((edge, i) => [edge.id, i]));
const nodesByLabel = new Map();
nodes.forEach((node, i) => nodesByLabel.set(node.label, [...(nodesByLabel.get(node.label) || []), i]));
const dated = facts.filter(fact => fact.t0 !== null || fact.t1 !== null);
const months = dated.flatMap(fact => [fact.t0, fact.t1]).filter(month => month !== null);
const first = months.reduce((a, b) => Math.min(a, b), Infinity);
const last = months.reduce((a, b) => Math.max(a, b), -Infinity);

const state = {
  off: {classes: new Set(), relations: new Set(), statuses: new Set()},
  lo: first, hi: last, undated: true, lone: edges.length === 0, limit: Math.min(data.limit, nodes.length),
  extra: new Set(), hood: null, selected: null, table: false, theme: "", at: null,
};
const shown = {nodes: new Set(), edges: new Set(), facts: new Set(), status: edges.map(() => 0), inTime: []};

const isUndated = fact => fact.t0 === null && fact.t1 === null;
const passesTime = fact => isUndated(fact) ? state.undated
  : (fact.t0 === null || fact.t0 <= state.hi) && (fact.t1 === null || fact.t1 >= state.lo);
const passesKind = fact => !state.off.relations.has(fact.relation) && !state.off.statuses.has(fact.status);
const nodeMayShow = i => !state.off.classes.has(nodes[i].group)
  && (i < state.limit || state.extra.has(i)) && (!state.hood || state.hood.has(i));

function filter() {
  const passing = facts.map(fact => passesKind(fact) && passesTime(fact));
  const may = nodes.map((_, i) => nodeMayShow(i));
  shown.nodes = new Set(); shown.edges = new Set(); shown.facts = new Set();
  edges.forEach((edge, i) => {
    if (!may[edge.from] || !may[edge.to]) return;
    let best = Infinity;
    for (const fact of edge.facts) if (passing[fact]) { shown.facts.add(fact); best = Math.min(best, facts[fact].status); }
    if (best === Infinity) return;
    shown.edges.add(i); shown.status[i] = best;
    shown.nodes.add(edge.from); shown.nodes.add(edge.to);
  });
  nodes.forEach((_, i) => { if (may[i] && (state.lone || state.extra.has(i))) shown.nodes.add(i); });
  if (state.selected && state.selected.node !== undefined && may[state.selected.node]) shown.nodes.add(state.selected.node);
}

const fullTime = () => state.lo === first && state.hi === last;
const isFiltered = () => state.off.classes.size + state.off.relations.size + state.off.statuses.size > 0
  || !fullTime() || !state.undated || state.hood !== null;
function resetFilters() {
  Object.values(state.off).forEach(set => set.clear());
  Object.assign(state, {lo: first, hi: last, undated: true, hood: null});
}
const neighbours = i => edgesOf[i].map(e => edges[e].from === i ? edges[e].to : edges[e].from);

// The fewest steps from a to b over what is shown; null when no chain of shown edges joins them.
function shortestPath(a, b) {
  const by = new Map([[a, null]]), queue = [a];
  for (const node of queue) {
    if (node === b) break;
    for (const e of edgesOf[node]) {
      const other = edges[e].from === node ? edges[e].to : edges[e].from;
      if (shown.edges.has(e) && !by.has(other)) { by.set(other, e); queue.push(other); }
    }
  }
  if (!by.has(b)) return null;
  const steps = [];
  for (let node = b; node !== a;) {
    const e = by.get(node);
    steps.unshift(e);
    node = edges[e].from === node ? edges[e].to : edges[e].from;
  }
  return steps;
}

// The address holds the view: names rather than numbers, so that it survives a rebuilt page.
const KEYS = [["classes", "c", classes], ["relations", "r", relations], ["statuses", "s", statuses]];
function toHash() {
  const out = new URLSearchParams(), sel = state.selected;
  if (sel && sel.node !== undefined) out.set("node", nodes[sel.node].id);
  if (sel && sel.edge !== undefined) out.set("edge", edges[sel.edge].id);
  if (sel && sel.path) sel.path.forEach(i => out.append("path", nodes[i].id));
  for (const [name, key, entries] of KEYS) [...state.off[name]].sort((a, b) => a - b).forEach(i => out.append(key, entries[i].id));
  if (!fullTime()) out.set("time", `${state.lo}-${state.hi}`);
  if (!state.undated) out.set("undated", "0");
  if (state.lone !== (edges.length === 0)) out.set("lone", state.lone ? "1" : "0");
  if (state.limit !== Math.min(data.limit, nodes.length)) out.set("limit", state.limit);
  if (state.hood) state.hood.forEach(i => out.append("hood", nodes[i].id));
  if (state.table) out.set("table", "1");
  if (state.theme) out.set("theme", state.theme);
  if (state.at) out.set("at", state.at.map(part => Number(part.toPrecision(5))).join(","));
  return out.toString();
}
function fromHash(text) {
  const hash = new URLSearchParams(text), at = name => nodeById.get(hash.get(name));
  resetFilters();
  const known = (names, index) => names.map(name => index.get(name)).filter(i => i !== undefined);
  for (const [name, key, entries] of KEYS) {
    const index = new Map(entries.map((entry, i) => [entry.id, i]));
    state.off[name] = new Set(known(hash.getAll(key), index));
  }
  const window_ = /^(\d+)-(\d+)$/.exec(hash.get("time") || "");
  if (window_ && dated.length) {
    state.lo = Math.min(Math.max(Number(window_[1]), first), last);
    state.hi = Math.max(Math.min(Number(window_[2]), last), state.lo);
  }
  state.undated = hash.get("undated") !== "0";
  state.lone = hash.has("lone") ? hash.get("lone") === "1" : edges.length === 0;
  const limit = Number(hash.get("limit"));
  state.limit = Math.min(Number.isInteger(limit) && limit > 0 ? limit : data.limit, nodes.length);
  const hood = known(hash.getAll("hood"), nodeById), path = known(hash.getAll("path"), nodeById);
  state.hood = hood.length ? new Set(hood) : null;
  state.table = hash.get("table") === "1";
  state.theme = ["light", "dark"].includes(hash.get("theme")) ? hash.get("theme") : "";
  const look = (hash.get("at") || "").split(",").map(Number);
  state.at = look.length === 3 && look.every(Number.isFinite) && look[2] > 0 ? look : null;
  state.selected = at("node") !== undefined ? {node: at("node")}
    : edgeById.has(hash.get("edge")) ? {edge: edgeById.get(hash.get("edge"))}
    : path.length === 2 ? {path} : null;
}
