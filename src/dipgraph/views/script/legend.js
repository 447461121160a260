// Legend: each row is a filter; its number counts what the whole page holds. Built once a theme, then only ticked.

const AT_FIRST = 10; // relations listed before "more"
let rows = [];
let allRelations = false;

const signMark = sign =>
  sign > 0
    ? h("span", {class: "sign", title: "cooperative"}, "+")
    : sign < 0 && h("span", {class: "sign", title: "conflictual"}, "−");

function legendRow(name, entries, i, icon) {
  const entry = entries[i];
  const off = state.off[name];
  const box = h("input", {
    type: "checkbox",
    "data-id": entry.id,
    onchange: () => {
      if (box.checked) off.delete(i);
      else off.add(i);
      update();
    },
  });
  const only = () => {
    const alone = entries.every((_, k) => (k === i) !== off.has(k));
    off.clear();
    if (!alone) entries.forEach((_, k) => k !== i && off.add(k));
    update();
  };
  const row = h(
    "div",
    {class: "row"},
    h(
      "label",
      {title: entry.definition || null},
      box,
      icon(i),
      h("span", {class: "name"}, entry.label),
      signMark(entry.sign),
      h("span", {class: "n"}, number(entry.count)),
    ),
    entries.length > 1 && button("only", only, {class: "only", "aria-label": `Only ${entry.label}`}),
  );
  rows.push({row, box, off, i, more: name === "relations" && entries.length > AT_FIRST + 2 && i >= AT_FIRST});
  return row;
}
const legendGroup = (name, title, entries, icon, ...more) =>
  entries.length > 0 &&
  h(
    "fieldset",
    {class: "group", "data-group": name},
    h("legend", null, title),
    entries.map((_, i) => legendRow(name, entries, i, icon)),
    more,
  );

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
      update();
    },
  });
  return h("label", {class: "row plain"}, box, "Entities without a shown link");
}
function legend() {
  rows = [];
  $("legend").replaceChildren(
    ...[
      legendGroup("classes", "Entities", classes, glyph),
      legendGroup("statuses", "Status", statuses, statusSvg),
      legendGroup("relations", "Relations", relations, relation => relationSvg(relation, []), moreRelations()),
      nodes.length > 1 && h("fieldset", {class: "group"}, h("legend", null, "Drawn"), limitSlider(), loneBox()),
      button(
        "Reset filters",
        () => {
          resetFilters();
          update();
          $("search").focus();
        },
        {id: "reset"},
      ),
    ].filter(Boolean),
  );
  tickLegend();
}
function tickLegend() {
  for (const {row, box, off, i, more} of rows) {
    box.checked = !off.has(i);
    row.classList.toggle("off", off.has(i));
    row.hidden = more && !allRelations && !off.has(i); // what is switched off is never out of sight
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
