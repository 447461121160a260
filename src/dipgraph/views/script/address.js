// The address holds the view: names rather than numbers, so that it survives a rebuilt page.

const LEGEND = [
  ["classes", "c", classes],
  ["relations", "r", relations],
  ["statuses", "s", statuses],
];
const startingLimit = Math.min(data.limit, nodes.length);
const startingLone = edges.length === 0;

function toHash() {
  const out = new URLSearchParams();
  const choice = state.selected || {};
  if (choice.node !== undefined) out.set("node", nodes[choice.node].id);
  if (choice.edge !== undefined) out.set("edge", edges[choice.edge].id);
  (choice.path || []).forEach(i => out.append("path", nodes[i].id));
  for (const [name, key, entries] of LEGEND) byNumber(state.off[name]).forEach(i => out.append(key, entries[i].id));
  if (!fullTime()) out.set("time", `${state.lo}-${state.hi}`);
  if (!state.undated) out.set("undated", "0");
  if (state.lone !== startingLone) out.set("lone", state.lone ? "1" : "0");
  if (state.limit !== startingLimit) out.set("limit", state.limit);
  state.hood.forEach(i => out.append("hood", nodes[i].id));
  if (state.table) out.set("table", "1");
  if (state.theme) out.set("theme", state.theme);
  if (state.at) out.set("at", state.at.map(part => Number(part.toPrecision(5))).join(","));
  return out.toString();
}

const known = (names, index) => names.map(name => index.get(name)).filter(i => i !== undefined);
function windowOf(text) {
  const found = dated.length && /^(\d+)-(\d+)$/.exec(text || "");
  if (!found) return [first, last];
  const lo = Math.min(Math.max(Number(found[1]), first), last);
  return [lo, Math.max(Math.min(Number(found[2]), last), lo)];
}
function choiceOf(hash) {
  const node = nodeById.get(hash.get("node"));
  const edge = edgeById.get(hash.get("edge"));
  const path = known(hash.getAll("path"), nodeById);
  return node !== undefined ? {node} : edge !== undefined ? {edge} : path.length === 2 ? {path} : null;
}
// What is not known in it is passed over.
function fromHash(text) {
  const hash = new URLSearchParams(text);
  for (const [name, key, entries] of LEGEND) {
    const index = new Map(entries.map((entry, i) => [entry.id, i]));
    state.off[name].clear();
    known(hash.getAll(key), index).forEach(i => state.off[name].add(i));
  }
  [state.lo, state.hi] = windowOf(hash.get("time"));
  state.undated = hash.get("undated") !== "0";
  state.lone = hash.has("lone") ? hash.get("lone") === "1" : startingLone;
  const limit = Number(hash.get("limit"));
  state.limit = Number.isInteger(limit) && limit > 0 ? Math.min(limit, nodes.length) : startingLimit;
  state.hood = known(hash.getAll("hood"), nodeById);
  state.table = hash.get("table") === "1";
  state.theme = ["light", "dark"].includes(hash.get("theme")) ? hash.get("theme") : "";
  const at = (hash.get("at") || "").split(",").map(Number);
  state.at = at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? at : null;
  state.selected = choiceOf(hash);
  admit(state.selected);
}

let saved = "";
let waiting = null;
function writeAddress() {
  clearTimeout(waiting);
  saved = toHash();
  try {
    history.replaceState(null, "", `#${saved}`);
  } catch {
    location.hash = saved;
  } // a frame may not have one
}
// Browsers refuse too many a second.
function remember() {
  clearTimeout(waiting);
  waiting = setTimeout(writeAddress, 150);
}
