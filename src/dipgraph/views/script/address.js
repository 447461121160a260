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
  (choice.facts || []).forEach(i => out.append("fact", facts[i].id));
  for (const [name, key, entries] of LEGEND) legendToHash(out, state.off[name], key, entries);
  if (state.part !== null) out.set("part", classes[state.part].id);
  if (!fullTime()) out.set("time", `${state.lo}-${state.hi}`);
  if (!state.undated) out.set("undated", "0");
  if (state.lone !== startingLone) out.set("lone", state.lone ? "1" : "0");
  if (state.limit !== startingLimit) out.set("limit", state.limit);
  state.hood.forEach(i => out.append("hood", nodes[i].id));
  const chosen = new Set(state.selected ? endsOf(state.selected) : []);
  state.extra.forEach(i => chosen.has(i) || out.append("extra", nodes[i].id));
  if (state.table) out.set("table", "1");
  if (state.sorted.join() !== "0,1") out.set("sort", state.sorted.join());
  if (state.theme) out.set("theme", state.theme);
  if (state.at) out.set("at", state.at.map(part => Number(part.toPrecision(5))).join(","));
  return out.toString();
}

// What is off or, under a capital, what is on, whichever is shorter.
function legendToHash(out, off, key, entries) {
  const mostly = off.size > entries.length / 2;
  entries.forEach((entry, i) => off.has(i) !== mostly && out.append(mostly ? key.toUpperCase() : key, entry.id));
  if (off.size && off.size === entries.length) out.append(key.toUpperCase(), "-");
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
  const told = known(hash.getAll("fact"), factById);
  if (told.length) return {facts: told};
  return node !== undefined ? {node} : edge !== undefined ? {edge} : path.length === 2 ? {path} : null;
}
// What is not known in it is passed over.
function fromHash(text) {
  const hash = new URLSearchParams(text);
  for (const [name, key, entries] of LEGEND) {
    const on = hash.getAll(key.toUpperCase());
    const off = hash.getAll(key);
    state.off[name].clear();
    entries.forEach(
      (entry, i) => (on.length ? !on.includes(entry.id) : off.includes(entry.id)) && state.off[name].add(i),
    );
  }
  const part = classes.findIndex(entry => entry.id === hash.get("part"));
  state.part = part < 0 ? null : part;
  [state.lo, state.hi] = windowOf(hash.get("time"));
  state.undated = hash.get("undated") !== "0";
  state.lone = hash.has("lone") ? hash.get("lone") === "1" : startingLone;
  const limit = Number(hash.get("limit"));
  state.limit = Number.isInteger(limit) && limit > 0 ? Math.min(limit, nodes.length) : startingLimit;
  state.hood = known(hash.getAll("hood"), nodeById);
  state.extra = new Set(known(hash.getAll("extra"), nodeById));
  state.table = hash.get("table") === "1";
  const order = /^(\d),(-?1)$/.exec(hash.get("sort") || "");
  state.sorted = order && Number(order[1]) < COLUMNS.length ? [Number(order[1]), Number(order[2])] : [0, 1];
  state.theme = ["light", "dark"].includes(hash.get("theme")) ? hash.get("theme") : "";
  const at = (hash.get("at") || "").split(",").map(Number);
  state.at = at.length === 3 && at.every(part => Math.abs(part) < 1e7) && at[2] > 1e-3 && at[2] < 100 ? at : null;
  state.selected = choiceOf(hash);
  admit(state.selected);
}

let saved = "";
let waiting = null;
// A new choice is a step that the browser can take back; all else is not worth one.
function writeAddress(step = false) {
  clearTimeout(waiting);
  const before = saved;
  saved = toHash();
  try {
    if (step && saved !== before) history.pushState(null, "", `#${saved}`);
    else history.replaceState(null, "", `#${saved}`);
  } catch {
    location.hash = saved;
  } // a frame may not have one
}
// Browsers refuse too many a second.
function remember() {
  clearTimeout(waiting);
  waiting = setTimeout(writeAddress, 150);
}
