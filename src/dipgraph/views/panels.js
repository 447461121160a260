// Legend, details and table: everything of the document that is read as text.

const glyph = (group, r = 6) => s("svg", {class: "glyph", viewBox: "-9 -9 18 18", "aria-hidden": "true"},
  shapeSvg(classes[group].shape, r * (EVEN[classes[group].shape] || 1), {fill: tone(classes[group].color)}));
const HEADS = {arrow: "M24 7 17 3.2V10.8Z", vee: "M24 7 16.5 3 18.5 7 16.5 11Z", bar: "M22.5 2.5V11.5", circle: "M18 7A3 3 0 1 0 24 7 3 3 0 1 0 18 7", diamond: "M24 7 20.5 4 17 7 20.5 10Z", none: ""};
function stroke(given, dash, shape) {
  const color = given.startsWith("#") ? tone(given) : given;
  const head = shape && HEADS[shape] && s("path", {d: HEADS[shape], fill: color, stroke: shape === "bar" ? color : "none", "stroke-width": "2"});
  return s("svg", {class: "stroke", viewBox: "0 0 26 14", "aria-hidden": "true"},
    s("path", {d: head ? "M1 7H19" : "M1 7H25", stroke: color, "stroke-width": "2", "stroke-dasharray": dash.join(" "), fill: "none"}), head);
}
const signText = sign => sign > 0 ? "+" : sign < 0 ? "−" : "";
const button = (text, onclick, props) => h("button", {type: "button", onclick, ...props}, text);

// Legend: each row is a filter; its number counts what the whole page holds.
function legend() {
  const group = (name, title, entries, icon, extra) => entries.length > 0 && h("fieldset", {class: "group", "data-group": name},
    h("legend", null, title),
    entries.map((entry, i) => h("div", {class: state.off[name].has(i) ? "row off" : "row"},
      h("label", {title: entry.definition || null},
        h("input", {type: "checkbox", checked: !state.off[name].has(i), "data-id": entry.id, onchange: event => {
          state.off[name][event.target.checked ? "delete" : "add"](i);
          update({keep: `[data-group="${name}"] .row:nth-of-type(${i + 1}) input`});
        }}),
        icon(entry, i), h("span", {class: "name"}, entry.label), extra && extra(entry), h("span", {class: "n"}, number(entry.count))),
      entries.length > 1 && button("only", () => {
        const alone = entries.every((_, k) => (k === i) !== state.off[name].has(k));
        state.off[name] = new Set(alone ? [] : entries.map((_, k) => k).filter(k => k !== i));
        update({keep: `[data-group="${name}"] .row:nth-of-type(${i + 1}) button`});
      }, {class: "only", "aria-label": `Only ${entry.label}`}))));
  const totals = statuses.map((status, i) => ({...status, count: facts.filter(fact => fact.status === i).length}));
  $("legend").replaceChildren(...[
    group("classes", "Entities", classes, (_, i) => glyph(i)),
    group("relations", "Relations", relations, relation => stroke(relation.color, [], relation.shape),
      relation => relation.sign !== 0 && h("span", {class: "sign", title: relation.sign > 0 ? "cooperative" : "conflictual"}, signText(relation.sign))),
    group("statuses", "Status", totals, status => stroke("currentColor", status.dash)),
    nodes.length > 1 && h("fieldset", {class: "group"}, h("legend", null, "Detail"),
      h("label", {class: "slider"}, h("span", null, `Best linked: `, h("output", null, number(state.limit)), ` of ${number(nodes.length)}`),
        h("input", {type: "range", id: "limit", min: "1", max: String(nodes.length), value: String(state.limit), oninput: event => {
          state.limit = Number(event.target.value);
          event.target.parentNode.querySelector("output").textContent = number(state.limit);
          update({legend: false});
        }})),
      h("label", {class: "row plain"}, h("input", {type: "checkbox", id: "lone", checked: state.lone, onchange: event => { state.lone = event.target.checked; update({keep: "#lone"}); }}),
        "Entities without a shown link")),
    button("Reset filters", () => { resetFilters(); update({keep: "#search"}); }, {id: "reset", disabled: !isFiltered()}),
  ].filter(Boolean));
}

const chip = (...children) => h("span", {class: "chip"}, children);
const nodeLink = i => button(nodes[i].label, () => select({node: i}), {class: "link"});
function namedLink(label, fact) {
  const all = nodesByLabel.get(label) || [], ends = new Set(edgesOfFact[fact].flatMap(e => [edges[e].from, edges[e].to]));
  const near = all.filter(i => ends.has(i)), found = near.length ? near : all;
  return found.length === 1 ? nodeLink(found[0]) : label;
}
const listed = items => items.flatMap((item, i) => i ? [", ", item] : [item]);
function source(index) {
  const doc = docs[index];
  if (!doc) return h("cite", null, "source not in this page");
  const title = doc.url && safe(doc.url) ? h("a", {href: doc.url, rel: "noopener noreferrer", target: "_blank"}, doc.title) : doc.title;
  return h("cite", null, title, doc.date && `, ${dateText(doc.date)}`);
}

// A fact with everything that is known of it, evidence in the words of its document.
function factCard(index, named) {
  const fact = facts[index], status = statuses[fact.status], quoted = new Set(fact.evidence.map(quote => quote.doc));
  const rest = fact.docs.filter(doc => !quoted.has(doc));
  return h("article", {class: shown.facts.has(index) ? "fact" : "fact hidden-fact", "data-fact": fact.id},
    h("p", {class: "head"}, named && h("strong", null, relations[fact.relation].label), h("time", null, timeText(fact)),
      !status.plain && chip(stroke("currentColor", status.dash), status.label),
      fact.attribution.length > 0 && h("span", {class: "by"}, "according to ", listed(fact.attribution.map(label => namedLink(label, index)))),
      !shown.facts.has(index) && chip("hidden by filters")),
    (fact.roles.length > 0 || fact.place.length > 0) && h("dl", null,
      fact.roles.map(([role, fillers]) => h("div", null, h("dt", null, role), h("dd", null, listed(fillers.map(label => namedLink(label, index)))))),
      fact.place.length > 0 && h("div", null, h("dt", null, "where"), h("dd", null, listed(fact.place.map(label => namedLink(label, index)))))),
    fact.evidence.map(quote => h("figure", null, h("blockquote", null, quote.before, h("mark", null, quote.text), quote.after), h("figcaption", null, source(quote.doc)))),
    rest.length > 0 && h("p", {class: "also"}, fact.evidence.length ? "Also in " : "In ", listed(rest.map(source))),
    fact.confidence < 1 && h("p", {class: "also"}, `confidence ${fact.confidence}`));
}
function factGroups(indices, open) {
  const by = new Map();
  indices.forEach(i => by.set(facts[i].relation, [...(by.get(facts[i].relation) || []), i]));
  const total = indices.length;
  return [...by].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]).map(([relation, list], i) =>
    h("details", {open: open || total <= 12 || i === 0, class: "facts"},
      h("summary", null, stroke(relations[relation].color, [], relations[relation].shape), h("span", {class: "name"}, relations[relation].label), h("span", {class: "n"}, number(list.length))),
      list.slice(0, 60).map(fact => factCard(fact)), list.length > 60 && h("p", {class: "also"}, `${number(list.length - 60)} more in the table and the exports`)));
}
function factSection(indices, open) {
  const unique = [...new Set(indices)].sort((a, b) => a - b), showing = unique.filter(i => shown.facts.has(i)), hidden = unique.length - showing.length;
  if (!unique.length) return [h("p", {class: "quiet"}, "No fact links this entity.")];
  return [factGroups(showing, open),
    hidden > 0 && h("p", {class: "quiet hiding"}, `${count(hidden, "fact")} hidden by the filters. `,
      button("Show all", () => { resetFilters(); state.limit = nodes.length; update(); }, {class: "link"}))];
}

function detailNode(i) {
  const node = nodes[i], about = node.about;
  return [
    h("p", {class: "kind"}, glyph(node.group), classes[node.group].label), h("h2", null, node.label),
    about.description && h("p", null, about.description),
    about.aliases.length > 0 && h("p", {class: "quiet"}, "Also ", about.aliases.slice(0, 12).join(" · ")),
    about.links.length > 0 && h("p", {class: "links"}, listed(about.links.map(url => h("a", {href: url, rel: "noopener noreferrer", target: "_blank"}, url.replace(/^https?:\/\/(www\.)?/i, ""))))),
    h("div", {class: "actions"}, button("Expand", () => expand(i), {title: "Bring in all its neighbours (double-click)"}),
      state.hood ? button("Whole graph", () => { state.hood = null; update(); fit(); }) : button("Only neighbourhood", () => { state.hood = new Set([i, ...neighbours(i)]); update(); fit(); }),
      button("Path to…", () => { pathFrom = i; $("search").focus(); note(`Choose the other end of the path from ${node.label}`); }, {title: "Or shift-click another entity"})),
    factSection(edgesOf[i].flatMap(e => edges[e].facts)),
  ];
}
function detailEdge(e) {
  const edge = edges[e], relation = relations[edge.relation];
  return [
    h("p", {class: "kind"}, stroke(relation.color, statuses[shown.status[e]].dash, edge.symmetric ? "none" : relation.shape), edge.property || relation.label),
    h("h2", null, nodeLink(edge.from), h("span", {class: "arrow"}, edge.symmetric ? " – " : " → "), nodeLink(edge.to)),
    relation.definition && h("p", {class: "quiet"}, h("strong", null, relation.label), `: ${relation.definition}`),
    factSection(edge.facts, true),
  ];
}
function detailPath([a, b]) {
  const steps = shortestPath(a, b);
  const head = [h("p", {class: "kind"}, "Shortest path"), h("h2", null, nodeLink(a), h("span", {class: "arrow"}, " … "), nodeLink(b))];
  if (!steps) return [...head, h("p", {class: "quiet"}, "No chain of shown facts joins these two.")];
  return [...head, h("p", {class: "quiet"}, count(steps.length, "step")), h("ol", {class: "steps"}, steps.map(e =>
    h("li", null, h("h3", null, nodeLink(edges[e].from), edges[e].symmetric ? " – " : " → ", nodeLink(edges[e].to)),
      edges[e].facts.filter(i => shown.facts.has(i)).map(i => factCard(i, true)))))];
}
function detailOverview() {
  const top = [...shown.nodes].sort((a, b) => a - b).slice(0, 8), dates = docs.map(doc => doc.date).filter(Boolean).sort();
  return [
    h("p", {class: "kind"}, "Overview"), h("h2", null, data.title), data.description && h("p", null, data.description),
    h("p", {class: "quiet"}, [count(nodes.length, "entity", "entities"), count(facts.length, "fact"), count(docs.length, "document")].join(" · "),
      dates.length > 0 && h("br"), dates.length > 0 && `published ${[...new Set([dateText(dates[0]), dateText(dates[dates.length - 1])])].join(" to ")}`),
    top.length > 0 && h("h3", null, "Best linked"),
    h("ol", {class: "top"}, top.map(i => h("li", null, glyph(nodes[i].group), nodeLink(i), h("span", {class: "n"}, count(nodes[i].degree, "fact"))))),
    h("h3", null, "How to read it"),
    h("p", {class: "quiet"}, "Shape and colour tell what an entity is; colour and head of a line, the relation; its dashes, the status. A line is as wide as its facts are many."),
    h("dl", {class: "keys"}, [["click", "facts and evidence"], ["double-click", "bring in all neighbours"], ["shift-click", "shortest path"], ["/", "search"], ["t", "table"], ["0", "whole drawing"], ["Esc", "close"]]
      .map(([key, what]) => h("div", null, h("dt", null, h("kbd", null, key)), h("dd", null, what)))),
  ];
}
let overview = true;
function details() {
  const sel = state.selected, panel = $("details"), open = sel || overview;
  if (panel.hidden === !!open) resized(() => { panel.hidden = !open; document.body.classList.toggle("open", !!open); });
  if (!open) return;
  const content = !sel ? detailOverview() : sel.node !== undefined ? detailNode(sel.node) : sel.edge !== undefined ? detailEdge(sel.edge) : detailPath(sel.path);
  panel.replaceChildren(button("×", () => { overview = false; select(null); }, {class: "close icon", "aria-label": "Close details"}),
    ...content.flat(Infinity).filter(Boolean));
}

// Table: the non-visual equal of the drawing.
const COLUMNS = [["When", fact => fact.time], ["Relation", fact => relations[fact.relation].label], ["Roles", fact => fact.roles.map(([, f]) => f.join(" ")).join(" ")],
  ["Status", fact => statuses[fact.status].label], ["Where", fact => fact.place.join(", ")], ["According to", fact => fact.attribution.join(", ")], ["Evidence", fact => fact.evidence.map(q => q.text).join(" ")]];
let sort = [0, 1], rows = 200;
function table() {
  $("table").hidden = !state.table; $("canvas").hidden = state.table;
  $("view").setAttribute("aria-pressed", String(state.table)); $("view").textContent = state.table ? "Drawing" : "Table";
  if (!state.table) return;
  const [column, way] = sort, key = new Map([...shown.facts].map(i => [i, COLUMNS[column][1](facts[i])]));
  const order = [...key.keys()].sort((a, b) => (key.get(a) === "") - (key.get(b) === "") || way * key.get(a).localeCompare(key.get(b)) || a - b);
  $("table").replaceChildren(h("table", null, h("caption", null, count(order.length, "fact")),
    h("thead", null, h("tr", null, COLUMNS.map(([name], i) => h("th", {scope: "col", "aria-sort": i === column ? (way > 0 ? "ascending" : "descending") : "none"},
      button([name, i === column && (way > 0 ? " ↑" : " ↓")], () => { sort = [i, i === column ? -way : 1]; table(); }))))),
    h("tbody", null, order.slice(0, rows).map(i => { const fact = facts[i]; return h("tr", null,
      h("td", {class: "nowrap"}, timeText(fact)), h("td", null, button(relations[fact.relation].label, () => select({edge: edgesOfFact[i].find(e => shown.edges.has(e))}), {class: "link"})),
      h("td", null, fact.roles.map(([role, f]) => h("div", null, h("span", {class: "role"}, role, " "), listed(f.map(label => namedLink(label, i)))))),
      h("td", null, statuses[fact.status].label), h("td", null, fact.place.join(", ")), h("td", null, fact.attribution.join(", ")),
      h("td", {class: "said"}, fact.evidence.map(q => h("p", null, q.before, h("mark", null, q.text), q.after, " ", source(q.doc))))); }))),
    order.length > rows ? button(`Show more (${number(order.length - rows)})`, () => { rows += 500; table(); }) : "");
}
