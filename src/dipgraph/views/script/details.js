// The panel beside the drawing: an entity, a line, a path, or else an overview.

function detailNode(i) {
  const node = nodes[i];
  const {description, aliases, links} = node.about;
  const mine = factsOfNode(i);
  const showing = mine.filter(fact => shown.facts.has(fact));
  return [
    h("p", {class: "kind"}, glyph(node.group), classes[node.group].label),
    h("h2", null, node.label),
    description && h("p", null, description),
    aliases.length > 0 && h("p", {class: "quiet"}, "Also ", aliases.slice(0, 12).join(" · ")),
    links.length > 0 && h("p", {class: "links"}, listed(links.map(([text, url]) => outward(url, text)))),
    nodeActions(i),
    !mine.length && h("p", {class: "quiet"}, "No fact links this entity."),
    factGroups(showing),
    hiddenFacts(mine.length - showing.length),
  ];
}
function nodeActions(i) {
  const away = new Set(neighbours(i).filter(other => !shown.nodes.has(other))).size;
  const here = state.hood.includes(i);
  return h(
    "div",
    {class: "actions"},
    button(away ? `Expand: ${number(away)} more` : "Expand", () => expand(i), {
      disabled: !away,
      title: away ? "Bring in its neighbours that are not drawn (double-click)" : "All its neighbours are drawn",
    }),
    here
      ? button("Whole graph", wholeGraph)
      : button("Only neighbourhood", () => only(i), {title: "Draw only what is linked to it"}),
    button("Path to…", () => pathFrom(i), {title: "The shortest path to another entity (or shift-click that one)"}),
  );
}

const arrow = edge => h("span", {class: "arrow"}, edge.symmetric ? " – " : " → ");
function detailEdge(e) {
  const edge = edges[e];
  const relation = relations[edge.relation];
  const showing = edge.facts.filter(fact => shown.facts.has(fact));
  return [
    h(
      "p",
      {class: "kind"},
      strokeSvg(strokeOf(edge.relation), dashOf(e), edge.symmetric ? "none" : relation.shape),
      edge.property || relation.label,
    ),
    h("h2", null, nodeLink(edge.from), arrow(edge), nodeLink(edge.to)),
    relation.definition && h("p", {class: "quiet"}, h("strong", null, relation.label), `: ${relation.definition}`),
    h("div", {class: "facts"}, factList(showing)),
    hiddenFacts(edge.facts.length - showing.length),
  ];
}

function detailPath(ends) {
  const way = shownPath(ends);
  const [a, b] = ends;
  const head = [
    h("p", {class: "kind"}, "Shortest path"),
    h("h2", null, nodeLink(a), h("span", {class: "arrow"}, " … "), nodeLink(b)),
  ];
  if (!way) return [...head, noPath(ends)];
  const all = factsOf(way);
  const hidden = all.filter(fact => !shown.facts.has(fact)).length;
  return [
    ...head,
    h(
      "p",
      {class: "quiet"},
      way.length ? `${count(way.length, "step")} over the facts that are shown` : "These are the same.",
    ),
    h(
      "ol",
      {class: "steps"},
      way.map(e =>
        h(
          "li",
          null,
          h("h3", null, nodeLink(edges[e].from), arrow(edges[e]), nodeLink(edges[e].to)),
          factList(
            edges[e].facts.filter(fact => shown.facts.has(fact)),
            true,
          ),
        ),
      ),
    ),
    hiddenFacts(hidden, "on this path "),
  ];
}
function noPath(ends) {
  const way = shortestPath(ends, () => true);
  return h(
    "p",
    {class: "quiet"},
    "No chain of shown facts joins these two. ",
    way
      ? [
          `Over all facts there is one of ${count(way.length, "step")}. `,
          button("Show all", showEverything, {class: "link"}),
        ]
      : "Nor do all the facts of this page.",
  );
}

// What one sentence says, or a fact without a line.
function detailFacts(list) {
  const names = [...new Set(list.map(fact => relations[facts[fact].relation].label))];
  return [
    h("p", {class: "kind"}, list.length > 1 ? `${count(list.length, "fact")} of one sentence` : "Fact"),
    h("h2", null, names.join(", ")),
    h("div", {class: "facts"}, factList(list, list.length > 1)),
  ];
}

const READING = [
  "Shape and colour tell what an entity is; colour and head of a line, the relation; its dashes, the status.",
  "Only a solid line is said to be so. The wider it is, the more facts it stands for.",
  "The address holds what you see: copy it to come back, or to show it to others.",
];
const KEYS = [
  ["click", "facts and evidence"],
  ["double-click", "bring in all neighbours"],
  ["shift-click", "shortest path"],
  ["/", "search"],
  ["t", "table"],
  ["0", "whole drawing"],
  ["Esc", "close"],
];
function factsShown(i) {
  const {length} = factsOfNode(i).filter(fact => shown.facts.has(fact));
  return length === nodes[i].degree ? count(length, "fact") : `${number(length)} of ${count(nodes[i].degree, "fact")}`;
}
function detailOverview() {
  const top = byNumber(shown.nodes).slice(0, 8);
  const dates = docs
    .map(doc => doc.date)
    .filter(Boolean)
    .sort();
  const published =
    dates.length > 0 && `published ${[...new Set([dates[0], dates[dates.length - 1]].map(dateText))].join(" to ")}`;
  return [
    h("p", {class: "kind"}, "Overview"),
    h("h2", null, data.title),
    data.description && h("p", null, data.description),
    h(
      "p",
      {class: "quiet"},
      [
        entities(nodes.filter((_, i) => isEntity(i)).length),
        count(facts.length, "fact"),
        count(docs.length, "document"),
      ].join(" · "),
      published && [h("br"), published],
    ),
    top.length > 0 && [
      h("h3", null, "Best linked"),
      h(
        "ol",
        {class: "top"},
        top.map(i => h("li", null, glyph(nodes[i].group), nodeLink(i), h("span", {class: "n"}, factsShown(i)))),
      ),
    ],
    h("h3", null, "How to read it"),
    READING.map(text => h("p", {class: "quiet"}, text)),
    h(
      "dl",
      {class: "keys"},
      KEYS.map(([key, what]) => h("div", null, h("dt", null, h("kbd", null, key)), h("dd", null, what))),
    ),
  ];
}

function openPanel() {
  const panel = $("details");
  const open = Boolean(state.selected || state.overview);
  if (panel.hidden !== open) return;
  resized(() => {
    panel.hidden = !open;
    document.body.classList.toggle("open", open);
  });
}
function contentOf({node, edge, path, facts: chosen}) {
  if (node !== undefined) return detailNode(node);
  if (edge !== undefined) return detailEdge(edge);
  return path ? detailPath(path) : detailFacts(chosen);
}
function details() {
  openPanel();
  if ($("details").hidden) return;
  const content = state.selected ? contentOf(state.selected) : detailOverview();
  const close = button("×", closePanel, {class: "close icon", "aria-label": "Close details"});
  refill($("details"), close, ...content.flat(Infinity).filter(child => !absent(child)));
}
