// Search, time, exports and the wiring of it all.

// Time: a histogram of when facts begin, a window over it as two native sliders.
let playing = null;
function bins() {
  const width = Math.max(1, Math.ceil((last - first + 1) / 60));
  return {width, size: Math.floor((last - first) / width) + 1};
}
function time() {
  const panel = $("time");
  panel.hidden = !dated.length;
  document.body.classList.toggle("timeless", !dated.length);
  if (!dated.length) return;
  const slider = (name, key) => h("input", {type: "range", id: name, min: String(first), max: String(last), step: "1", value: String(state[key]),
    "aria-label": name === "from" ? "From" : "To", oninput: event => {
      const value = Number(event.target.value);
      state[key] = key === "lo" ? Math.min(value, state.hi) : Math.max(value, state.lo);
      event.target.value = state[key];
      stop(); update({legend: false});
    }});
  const undated = facts.length - dated.length;
  panel.replaceChildren(
    button("▶", play, {id: "play", class: "icon", "aria-label": "Play", title: "Play through time"}),
    h("div", {class: "track"}, h("div", {id: "bars"}), slider("from", "lo"), slider("to", "hi")),
    h("output", {id: "window"}),
    undated > 0 ? h("label", {class: "undated"}, h("input", {type: "checkbox", id: "undated", checked: state.undated, onchange: event => { state.undated = event.target.checked; update({legend: false}); }}),
      `undated (${number(undated)})`) : "");
  bars();
}
function bars() {
  if (!dated.length) return;
  const {width, size} = bins(), all = new Array(size).fill(0), now = new Array(size).fill(0);
  facts.forEach((fact, i) => {
    if (isUndated(fact)) return;
    const at = Math.floor(((fact.t0 === null ? fact.t1 : fact.t0) - first) / width);
    all[at]++;
    if (shown.facts.has(i)) now[at]++;
  });
  const top = Math.max(...all), bar = (n, i, name) => n > 0 && s("rect", {class: name, x: String(i + 0.12), y: (30 - 29 * n / top).toFixed(2), width: "0.76", height: (29 * n / top).toFixed(2)});
  $("bars").replaceChildren(s("svg", {viewBox: `0 0 ${size} 30`, preserveAspectRatio: "none", "aria-hidden": "true"},
    all.map((n, i) => bar(n, i, "all")), now.map((n, i) => bar(n, i, "now"))));
  $("from").value = state.lo; $("to").value = state.hi; $("undated") && ($("undated").checked = state.undated);
  for (const [id, key] of [["from", "lo"], ["to", "hi"]]) $(id).setAttribute("aria-valuetext", monthText(state[key]));
  $("window").textContent = state.lo === state.hi ? monthText(state.lo) : `${monthText(state.lo)} – ${monthText(state.hi)}`;
}
function stop() {
  clearInterval(playing); playing = null;
  if ($("play")) { $("play").textContent = "▶"; $("play").setAttribute("aria-label", "Play"); }
}
function play() {
  if (playing) return stop();
  const {width} = bins(), growing = state.lo === first;
  if (state.hi >= last) { const span = growing ? 0 : state.hi - state.lo; state.lo = first; state.hi = first + span; }
  $("play").textContent = "❚❚"; $("play").setAttribute("aria-label", "Pause");
  playing = setInterval(() => {
    const step = Math.min(width, last - state.hi);
    state.hi += step;
    if (!growing) state.lo += step;
    update({legend: false, quick: true});
    if (state.hi >= last) { stop(); update(); }
  }, 240);
  update({legend: false, quick: true});
}

// Search: names, then other names, then evidence.
let hits = [], active = -1, pathFrom = null;
const nameIndex = nodes.map(node => [fold(node.label), node.about.aliases.map(fold)]);
let wordIndex = null;
function find(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = [];
  nameIndex.forEach(([name, aliases], i) => {
    const score = name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(" " + wanted) ? 2 : name.includes(wanted) ? 3 : aliases.some(a => a.includes(wanted)) ? 4 : 9;
    if (score < 9) found.push([score, i]);
  });
  const named = found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 8).map(([score, node]) =>
    ({node, alias: score === 4 ? nodes[node].about.aliases.find(a => fold(a).includes(wanted)) : ""}));
  wordIndex = wordIndex || facts.flatMap((fact, i) => fact.evidence.map(quote => [fold(quote.before + quote.text + quote.after), i, quote]));
  const said = wanted.length < 3 ? [] : wordIndex.filter(([text]) => text.includes(wanted)).slice(0, 8).map(([, fact, quote]) => ({fact, quote}));
  return [...named, ...said];
}
function showHits() {
  const list = $("results"), query = $("search").value;
  hits = find(query); active = hits.length ? 0 : -1;
  list.replaceChildren(...hits.map((hit, i) => h("li", {role: "option", id: `hit${i}`, "aria-selected": String(i === active), onmousedown: event => { event.preventDefault(); choose(i); }},
    hit.node !== undefined
      ? [glyph(nodes[hit.node].group), h("span", {class: "name"}, nodes[hit.node].label, hit.alias && h("span", {class: "quiet"}, ` also ${hit.alias}`)),
        h("span", {class: "quiet"}, [classes[nodes[hit.node].group].label, nodes[hit.node].about.description].filter(Boolean).join(" · "))]
      : [stroke(relations[facts[hit.fact].relation].color, [], relations[facts[hit.fact].relation].shape), h("span", {class: "quote"}, hit.quote.before.slice(-60), h("mark", null, hit.quote.text), hit.quote.after.slice(0, 60)),
        h("span", {class: "quiet"}, [timeText(facts[hit.fact]), docs[hit.quote.doc] && docs[hit.quote.doc].title].filter(Boolean).join(" · "))])),
    ...(query.trim() && !hits.length ? [h("li", {class: "quiet none", role: "option", "aria-disabled": "true", "aria-selected": "false"}, "Nothing has this name or says this.")] : []));
  openHits(query.trim() !== "");
}
function openHits(open) {
  $("results").hidden = !open;
  $("search").setAttribute("aria-expanded", String(open));
  if (open && active >= 0) $("search").setAttribute("aria-activedescendant", `hit${active}`); else $("search").removeAttribute("aria-activedescendant");
}
function move(step) {
  if (!hits.length) return;
  $(`hit${active}`).setAttribute("aria-selected", "false");
  active = (active + step + hits.length) % hits.length;
  $(`hit${active}`).setAttribute("aria-selected", "true"); $(`hit${active}`).scrollIntoView({block: "nearest"});
  openHits(true);
}
function choose(i) {
  const hit = hits[i];
  if (!hit) return;
  openHits(false); $("search").value = "";
  if (hit.node !== undefined && pathFrom !== null) select({path: [pathFrom, hit.node]});
  else if (hit.node !== undefined) select({node: hit.node});
  else select({edge: edgesOfFact[hit.fact].find(e => shown.edges.has(e)) ?? edgesOfFact[hit.fact][0]}, hit.fact);
  $("details").focus();
}

// Selecting brings in what the limit had left out, and shows where it is.
function select(sel, fact) {
  pathFrom = null;
  state.selected = sel && sel.node === undefined && sel.edge === undefined && !sel.path ? null : sel;
  const ends = state.selected ? rank(state.selected) : [];
  ends.forEach(i => { if (i >= state.limit) state.extra.add(i); if (state.hood && !state.hood.has(i)) state.hood = null; });
  update();
  $("details").scrollTop = 0;
  if (fact !== undefined) [...$("details").querySelectorAll(".fact")].filter(card => card.dataset.fact === facts[fact].id).forEach(card => card.scrollIntoView({block: "nearest"}));
  if (ends.length && !state.table) requestAnimationFrame(() => requestAnimationFrame(() => reveal(ends.filter(i => shown.nodes.has(i)))));
}
function expand(i) {
  neighbours(i).forEach(other => { state.extra.add(other); if (state.hood) state.hood.add(other); });
  state.extra.add(i);
  state.selected = {node: i};
  update(); fit([i, ...neighbours(i)]);
}
function note(text, act) {
  $("note").hidden = !text;
  $("note").replaceChildren(h("p", null, text), act || "");
}
function tell() {
  $("count").textContent = shown.nodes.size === nodes.length && shown.facts.size === facts.length
    ? `${count(nodes.length, "entity", "entities")}, ${count(facts.length, "fact")}`
    : `${number(shown.nodes.size)} of ${count(nodes.length, "entity", "entities")}, ${number(shown.facts.size)} of ${count(facts.length, "fact")} shown`;
  const reset = button("Reset filters", () => { resetFilters(); update(); fit(); });
  if (!nodes.length && data.selection) note(`No fact fits what was chosen for this page: ${data.selection}. Undated facts fit no date.`);
  else if (!nodes.length) note("This graph is empty: it holds no entity and no fact. Nothing was read, or nothing that was read states a fact that the ontology knows.");
  else if (!shown.nodes.size || (facts.length && !shown.facts.size)) note("No facts match these filters.", isFiltered() ? reset : "");
  else if (!facts.length) note(`${count(nodes.length, "entity", "entities")} and no fact: nothing links ${nodes.length === 1 ? "it" : "them"}.`);
  else note("");
  $("chips").replaceChildren(...(data.selection ? [chip(`Chosen: ${data.selection}`)] : []), ...(state.hood ? [chip(`Neighbourhood of ${count(state.hood.size, "entity", "entities")}`, button("×", () => { state.hood = null; update(); fit(); }, {"aria-label": "Show the whole graph"}))] : []));
}

let saved = "", waiting = null;
function address() {
  clearTimeout(waiting);
  saved = toHash();
  try { history.replaceState(null, "", "#" + saved); } catch { location.hash = saved; }
}
function remember() { clearTimeout(waiting); waiting = setTimeout(address, 150); } // browsers refuse too many a second
function update({legend: withLegend = true, keep, quick = false} = {}) {
  filter(); redraw(); tell(); bars();
  if (withLegend) legend(); else $("reset").disabled = !isFiltered();
  if (!quick) { details(); table(); address(); }
  if (keep && document.querySelector(keep)) document.querySelector(keep).focus();
}
function theme() {
  document.documentElement.dataset.theme = state.theme;
  $("theme").textContent = dark() ? "☀" : "☾";
  recolor(); legend(); details(); network.redraw();
}

function wire() {
  const search = $("search");
  search.addEventListener("input", showHits);
  search.addEventListener("focus", () => search.value && showHits());
  search.addEventListener("blur", () => openHits(false));
  search.addEventListener("keydown", event => {
    const act = {ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => choose(active), Escape: () => { search.value = ""; openHits(false); search.blur(); }}[event.key];
    if (act) { event.preventDefault(); event.stopPropagation(); act(); }
  });
  network.on("click", event => {
    const node = event.nodes[0] ?? network.getNodeAt(event.pointer.DOM), edge = network.getEdgeAt(event.pointer.DOM), sel = state.selected;
    if (event.event.srcEvent.shiftKey && node !== undefined && sel && sel.node !== undefined && sel.node !== node) select({path: [sel.node, node]});
    else if (node !== undefined && pathFrom !== null) select({path: [pathFrom, node]});
    else if (node !== undefined) select({node});
    else if (edge !== undefined) select({edge});
    else if (sel) { overview = false; select(null); }
  });
  network.on("doubleClick", event => { const node = network.getNodeAt(event.pointer.DOM); if (node !== undefined) expand(node); });
  const toggle = (id, list, open) => { $(list).hidden = !open; $(id).setAttribute("aria-expanded", String(open)); };
  const toTable = () => { state.table = !state.table; update({legend: false}); if (!state.table) network.redraw(); };
  const toHelp = () => { overview = state.selected ? true : !overview; select(null); };
  $("fit").addEventListener("click", () => fit());
  $("view").addEventListener("click", toTable);
  $("help").addEventListener("click", toHelp);
  $("theme").addEventListener("click", () => { state.theme = dark() ? "light" : "dark"; update(); theme(); });
  $("export").addEventListener("click", () => toggle("export", "formats", $("formats").hidden));
  $("menu").addEventListener("click", () => $("menu").setAttribute("aria-expanded", String(document.body.classList.toggle("menu"))));
  $("formats").append(...Object.keys(EXPORTS).map(name => h("li", null, button(name, () => { EXPORTS[name](); toggle("export", "formats", false); }))));
  document.addEventListener("click", event => { if (!event.target.closest(".menu")) toggle("export", "formats", false); });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { toggle("export", "formats", false); overview = false; return select(null); }
    if (event.target.closest("input:not([type=checkbox]), textarea")) return;
    const act = {"/": () => search.focus(), t: toTable, "0": () => fit(), "?": toHelp}[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  window.addEventListener("hashchange", () => { if (location.hash.slice(1) !== saved) open(); });
  night.addEventListener("change", theme);
}
function open() {
  stop();
  fromHash(location.hash.slice(1));
  (state.selected ? rank(state.selected) : []).forEach(i => { if (i >= state.limit) state.extra.add(i); });
  if (state.selected) overview = true;
  update(); theme();
  if (!state.at) return fit(null, false);
  const [x, y, scale] = state.at;
  whole = false;
  go({x, y}, scale, false);
}

$("menu").textContent = "☰";
overview = matchMedia("(min-width: 1000px)").matches;
fromHash(location.hash.slice(1));
filter(); time(); legend(); draw(); wire(); open();
// For the console: the vis network, the document and the choices, to look at.
window.dipgraph = Object.freeze({network, data, state, shown});
document.documentElement.dataset.ready = "true";
