// What the reader does, and the order in which everything follows it.

// Everything that depends on the choices, anew. `quick`, while time plays: only what moves.
function update({quick = false} = {}) {
  filter();
  if (!quick) openPanel();
  redraw();
  tell();
  bars();
  tickLegend();
  if (quick) return;
  details();
  table();
  measureCovered();
  writeAddress();
}
let coming = 0;
// Once a frame, however fast a slider is moved.
function soon() {
  if (coming) return;
  coming = requestAnimationFrame(() => {
    coming = 0;
    update();
  });
}

function select(choice, fact) {
  state.from = null;
  state.selected = choice;
  groupsOpen.clear();
  const ends = admit(choice);
  update();
  $("details").scrollTop = 0;
  const card =
    fact !== undefined &&
    [...$("details").querySelectorAll(".fact")].find(each => each.dataset.fact === facts[fact].id);
  if (card) card.scrollIntoView({block: "nearest"});
  if (ends.length && !state.table)
    requestAnimationFrame(() => requestAnimationFrame(() => reveal(ends.filter(i => shown.nodes.has(i)))));
}
// A node that is pointed at or found: what is looked at, or the other end of a path.
const chooseNode = node => select(state.from !== null && state.from !== node ? {path: [state.from, node]} : {node});
function closePanel() {
  state.overview = false;
  select(null);
}
function expand(i) {
  if (state.hood.length) state.hood = [...new Set([...state.hood, i])];
  else [i, ...neighbours(i)].forEach(other => state.extra.add(other));
  state.selected = {node: i};
  update();
  fit([i, ...neighbours(i)]);
}
function only(i) {
  state.hood = [i];
  update();
  fit();
}
function wholeGraph() {
  state.hood = [];
  update();
  fit();
}
function startAnew() {
  resetFilters();
  update();
  fit();
}
function pathFrom(i) {
  state.from = i;
  tell();
  measureCovered();
  $("search").focus();
}

// What is shown, why nothing is, and what else limits it.
function tell() {
  $("count").textContent = told();
  const why = whyEmpty();
  const reset = nodes.length > 0 && isFiltered() && button("Reset filters", startAnew);
  $("note").hidden = !why;
  $("note").replaceChildren(...(why ? [h("p", null, why), reset || ""] : []));
  $("chips").replaceChildren(...chips().filter(Boolean));
}
function told() {
  const all = shown.nodes.size === nodes.length && shown.facts.size === facts.length;
  if (all) return `${entities(nodes.length)}, ${count(facts.length, "fact")}`;
  const some = `${number(shown.nodes.size)} of ${entities(nodes.length)}`;
  return `${some}, ${number(shown.facts.size)} of ${count(facts.length, "fact")} shown`;
}
function whyEmpty() {
  if (!nodes.length)
    return data.selection ? `${NOT_CHOSEN} ${data.selection}. Undated facts fit no date.` : NOTHING_READ;
  if (!shown.nodes.size || (facts.length && !shown.facts.size)) return "No facts match these filters.";
  return facts.length
    ? ""
    : `${entities(nodes.length)} and no fact: nothing links ${nodes.length === 1 ? "it" : "them"}.`;
}
const NOT_CHOSEN = "No fact fits what was chosen for this page:";
const NOTHING_READ =
  "This graph is empty: it holds no entity and no fact. " +
  "Nothing was read, or nothing that was read states a fact that the ontology knows.";
function chips() {
  const centres = state.hood.map(i => nodes[i].label).join(", ");
  const start = state.from !== null && nodes[state.from].label;
  const away = (name, act) => button("×", act, {"aria-label": name});
  return [
    data.selection && chip(`Chosen: ${data.selection}`),
    centres && chip(`Neighbourhood of ${centres}`, away("Show the whole graph", wholeGraph)),
    start &&
      chip(
        `Path from ${start}: choose the other end`,
        away("No path", () => select(state.selected)),
      ),
  ];
}

// Everything that depends on the colours, anew.
function theme() {
  readPaper();
  $("theme").textContent = dark() ? "☀" : "☾";
  legend();
}
function switchTheme() {
  state.theme = dark() ? "light" : "dark";
  theme();
  update();
}
const toggle = (id, list, open) => {
  $(list).hidden = !open;
  $(id).setAttribute("aria-expanded", String(open));
};
function toTable() {
  state.table = !state.table;
  if (state.table) state.overview = false;
  update();
  if (!state.table) network.redraw();
}
function toHelp() {
  state.overview = state.selected ? true : !state.overview;
  select(null);
}

// Shift, or a path that was begun, makes a node the other end of it.
function onClick(event) {
  const node = nodeAt(event);
  const choice = state.selected;
  const from = event.event.srcEvent.shiftKey && choice && choice.node !== undefined ? choice.node : state.from;
  if (node !== undefined) {
    state.from = from;
    return chooseNode(node);
  }
  const edge = network.getEdgeAt(event.pointer.DOM);
  if (edge !== undefined) return select({edge});
  return choice && closePanel();
}
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    toggle("export", "formats", false);
    closePanel();
    return;
  }
  if (event.target.closest("input:not([type=checkbox]), textarea")) return;
  const act = {"/": () => $("search").focus(), t: toTable, 0: () => fit(), "?": toHelp}[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
}
function onSearchKey(event) {
  const leave = () => {
    $("search").value = "";
    openHits(false);
    $("search").blur();
    if (state.from !== null) select(state.selected);
  };
  const act = {ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => choose(active), Escape: leave}[
    event.key
  ];
  if (act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}
function wireSearch() {
  $("search").addEventListener("input", showHits);
  $("search").addEventListener("focus", () => $("search").value && showHits());
  $("search").addEventListener("blur", () => openHits(false));
  $("search").addEventListener("keydown", onSearchKey);
}
function wire() {
  wireSearch();
  network.on("click", onClick);
  network.on("doubleClick", event => {
    const node = nodeAt(event);
    if (node !== undefined) expand(node);
  });
  const menu = () => $("menu").setAttribute("aria-expanded", String(document.body.classList.toggle("menu")));
  const acts = {
    fit: () => fit(),
    view: toTable,
    help: toHelp,
    theme: switchTheme,
    export: () => toggle("export", "formats", $("formats").hidden),
    menu,
  };
  for (const [id, act] of Object.entries(acts)) $(id).addEventListener("click", act);
  $("formats").append(
    ...Object.entries(EXPORTS).map(([name, act]) =>
      h(
        "li",
        null,
        button(name, () => {
          act();
          toggle("export", "formats", false);
        }),
      ),
    ),
  );
  document.addEventListener("click", event => {
    if (!event.target.closest(".menu")) toggle("export", "formats", false);
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", () => {
    if (location.hash.slice(1) !== saved) reopen();
  });
  window.addEventListener("resize", measureCovered);
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", fromPaper);
  night.addEventListener("change", () => {
    theme();
    update();
  });
}

// Another address in the same page.
function reopen() {
  stop();
  fromHash(location.hash.slice(1));
  if (state.selected) state.overview = true;
  theme();
  update();
  look();
}
// Each thing once, and the panels before the canvas, so that it need not be drawn for another size again.
function start() {
  $("menu").textContent = "☰";
  fromHash(location.hash.slice(1));
  state.overview = Boolean(state.selected) || (!state.table && matchMedia("(min-width: 1000px)").matches);
  theme();
  time();
  filter();
  tell();
  bars();
  details();
  table();
  draw();
  wire();
  look();
  measureCovered();
  writeAddress();
}

start();
// For the console: the vis network, the document, the choices and what they leave, the axis, the names as they stand.
window.dipgraph = Object.freeze({network, data, state, shown, axis, names: () => lastNames});
document.documentElement.dataset.ready = "true";
