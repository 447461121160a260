// What the reader does, and the order in which everything follows it.

// Everything that depends on the choices, anew. `quick`, while time plays: only what moves.
function update({quick = false, step = false} = {}) {
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
  writeAddress(step);
}
// After a filter, who looks at the whole looks at the whole of what is left.
function filtered() {
  update();
  if (whole && !state.table) fit();
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

function select(choice) {
  state.from = null;
  state.selected = choice;
  groupsOpen.clear();
  closeMenu();
  const ends = admit(choice);
  update({step: true});
  $("details").scrollTop = 0;
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
function allParts() {
  state.part = null;
  filtered();
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
  const all = nodes.filter((_, i) => isEntity(i)).length;
  const some = [...shown.nodes].filter(isEntity).length;
  const loose = [...shown.facts].filter(isLoose).length;
  const apart = loose ? `, ${number(loose)} without a line` : "";
  if (some === all && shown.facts.size === facts.length)
    return `${entities(all)}, ${count(facts.length, "fact")}${apart}`;
  const part = `${number(shown.facts.size)} of ${count(facts.length, "fact")} shown`;
  return `${number(some)} of ${entities(all)}, ${part}${apart}`;
}
function announce(text) {
  $("count").textContent = text;
  setTimeout(tell, 4000);
}
function whyEmpty() {
  if (!nodes.length && !facts.length)
    return data.selection ? `${NOT_CHOSEN} ${data.selection}.` : NOTHING_READ;
  if (!facts.length)
    return `${entities(nodes.length)} and no fact: nothing links ${nodes.length === 1 ? "it" : "them"}.`;
  if (!shown.facts.size) return "No facts match these filters.";
  return shown.nodes.size ? "" : `${count(shown.facts.size, "fact")} without a line to draw: see the table.`;
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
    state.part !== null && chip(`Facts with: ${classes[state.part].label}`, away("All facts", allParts)),
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
// The filters of a narrow screen.
function openMenu(open) {
  document.body.classList.toggle("menu", open);
  $("menu").setAttribute("aria-expanded", String(open));
}
function closeMenu() {
  const open = document.body.classList.contains("menu");
  openMenu(false);
  return open;
}
function toTable() {
  state.table = !state.table;
  if (state.table) state.overview = false;
  closeMenu();
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
    if (closeMenu()) return;
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
  const acts = {
    fit: () => fit(),
    view: toTable,
    help: toHelp,
    theme: switchTheme,
    export: () => toggle("export", "formats", $("formats").hidden),
    menu: () => openMenu(!document.body.classList.contains("menu")),
  };
  $("stage").addEventListener("pointerdown", closeMenu);
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
  filter();
  theme();
  time();
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
