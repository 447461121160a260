// Legend: each row is a filter; its number counts what the whole page holds. Built once a theme, then only ticked.

const AT_FIRST = 10; // relations listed before "more"
let rows = [];
let allRelations = false;

const signMark = sign =>
  sign > 0
    ? h("span", {class: "sign", title: "cooperative"}, "+")
    : sign < 0 && h("span", {class: "sign", title: "conflictual"}, "−");

// "Only" a class means the facts that it has part in, whoever the others are; only a relation or a status, just these.
function onlyRelation(off, i, entries) {
  const alone = entries.every((_, k) => (k === i) !== off.has(k));
  off.clear();
  if (!alone) entries.forEach((_, k) => k !== i && off.add(k));
}
function onlyClass(off, i) {
  off.clear();
  state.part = state.part === i ? null : i;
}
function legendRow(name, entries, i, icon) {
  const entry = entries[i];
  const off = state.off[name];
  const tick = () => {
    if (box.checked) off.delete(i);
    else off.add(i);
    filtered();
  };
  const single = () => {
    (name === "classes" ? onlyClass : onlyRelation)(off, i, entries);
    filtered();
  };
  const box = h("input", {type: "checkbox", "data-id": entry.id, onchange: tick});
  const told = h("span", {class: "n"});
  const label = h("label", {title: entry.definition || null}, box, icon(i), h("span", {class: "name"}, entry.label));
  label.append(signMark(entry.sign) || "", told);
  const only = entries.length > 1 && button("only", single, {class: "only", "aria-label": `Only ${entry.label}`});
  const row = h("div", {class: "row"}, label, only);
  rows.push({row, box, told, name, i, total: entry.count, off, only});
  return row;
}
const legendGroup = (name, title, entries, icon, some, ...more) =>
  some.length > 0 &&
  h(
    "fieldset",
    {class: "group", "data-group": name},
    h("legend", null, title),
    some.map(i => legendRow(name, entries, i, icon)),
    more,
  );
const folded = ({name, i}) => name === "relations" && relations.length > AT_FIRST + 2 && i >= AT_FIRST;

function moreRelations() {
  const hidden = relations.length - AT_FIRST;
  return (
    hidden > 2 &&
    button(
      `${hidden} more`,
      () => {
        allRelations = !allRelations;
        tickLegend();
      },
      {id: "more", class: "link", "aria-expanded": "false"},
    )
  );
}
function limitSlider() {
  const slide = event => {
    state.limit = Number(event.target.value);
    soon();
  };
  return h(
    "label",
    {class: "slider"},
    h("span", null, "Best linked: ", h("output", {id: "drawn"}), ` of ${number(nodes.length)}`),
    h("input", {
      type: "range",
      id: "limit",
      min: "1",
      max: String(nodes.length),
      oninput: slide,
    }),
  );
}
function loneBox() {
  const box = h("input", {
    type: "checkbox",
    id: "lone",
    onchange: () => {
      state.lone = box.checked;
      filtered();
    },
  });
  return h("label", {class: "row plain"}, box, "Entities without a shown link");
}
function legend() {
  rows = [];
  const all = entries => entries.map((_, i) => i);
  const reset = button("Reset filters", startAnew, {id: "reset"});
  $("legend").replaceChildren(
    ...[
      legendGroup(
        "classes",
        "Entities",
        classes,
        glyph,
        all(classes).filter(i => !classes[i].fact),
      ),
      legendGroup(
        "classes",
        "Facts",
        classes,
        glyph,
        all(classes).filter(i => classes[i].fact),
      ),
      legendGroup("statuses", "Status", statuses, statusSvg, all(statuses)),
      legendGroup("relations", "Relations", relations, i => relationSvg(i, []), all(relations), moreRelations()),
      nodes.length > 1 && h("fieldset", {class: "group"}, h("legend", null, "Drawn"), limitSlider(), loneBox()),
      reset,
    ].filter(Boolean),
  );
  tickLegend();
}
// How many of each are shown.
function tally() {
  const found = {classes: classes.map(() => 0), relations: relations.map(() => 0), statuses: statuses.map(() => 0)};
  shown.nodes.forEach(i => found.classes[nodes[i].group]++);
  shown.facts.forEach(i => {
    found.relations[facts[i].relation]++;
    found.statuses[facts[i].status]++;
  });
  return found;
}
function tickLegend() {
  const found = tally();
  for (const each of rows) {
    const {row, box, told, name, i, total, off, only} = each;
    const some = found[name][i];
    box.checked = !off.has(i);
    told.textContent = some === total ? number(total) : `${number(some)} of ${number(total)}`;
    row.classList.toggle("off", off.has(i));
    row.hidden = folded(each) && !allRelations && !off.has(i); // what is switched off is never out of sight
    if (only && name === "classes") only.setAttribute("aria-pressed", String(state.part === i));
  }
  $("reset").disabled = !isFiltered();
  if ($("lone")) {
    $("lone").checked = state.lone;
    $("limit").value = state.limit;
    $("drawn").textContent = number(state.limit);
  }
  if (!$("more")) return;
  $("more").textContent = allRelations ? "fewer" : `${rows.filter(({row}) => row.hidden).length} more`;
  $("more").setAttribute("aria-expanded", String(allRelations));
}
