// A fact with everything that is known of it, evidence in the words of its document.

const nodeLink = i => button(nodes[i].label, () => select({node: i}), {class: "link"});
// Who fills a role is told by label: a link where that can mean one entity only, of those near if there are any.
function namedLink(label, fact) {
  const all = nodesByLabel.get(label) || [];
  const ends = new Set(edgesOfFact[fact].flatMap(e => [edges[e].from, edges[e].to]));
  const near = all.filter(i => ends.has(i));
  const found = near.length ? near : all;
  return found.length === 1 ? nodeLink(found[0]) : label;
}
const namedLinks = (labels, fact) => listed(labels.map(label => namedLink(label, fact)));

function source(index) {
  const doc = docs[index];
  if (!doc) return h("cite", null, "source not in this page");
  const from = [doc.publisher, doc.date && dateText(doc.date)].filter(Boolean).join(", ");
  return h("cite", null, doc.url && safe(doc.url) ? outward(doc.url, doc.title) : doc.title, from && `, ${from}`);
}
const quoted = quote => [quote.before, h("mark", null, quote.text), quote.after];
const percent = share => `${Math.floor(100 * share)}%`;

function factHead(index, named) {
  const fact = facts[index];
  const status = statuses[fact.status];
  return h(
    "p",
    {class: "head"},
    named && h("strong", null, relations[fact.relation].label),
    h("time", null, timeText(fact)),
    !status.plain && chip(statusSvg(fact.status), status.label),
    fact.attribution.length > 0 && h("span", {class: "by"}, "according to ", namedLinks(fact.attribution, index)),
    !shown.facts.has(index) && chip("hidden by filters"),
  );
}
function factRoles(index) {
  const {roles, place} = facts[index];
  const all = place.length ? [...roles, ["where", place]] : roles;
  return (
    all.length > 0 &&
    h(
      "dl",
      null,
      all.map(([role, fillers]) => h("div", null, h("dt", null, role), h("dd", null, namedLinks(fillers, index)))),
    )
  );
}
// A quote says what its document told when that is not what became of the fact: told as planned, or denied.
const evidence = quote =>
  h(
    "figure",
    null,
    h("blockquote", null, quoted(quote)),
    h("figcaption", null, source(quote.doc), quote.status && h("span", {class: "told"}, ` · told as ${quote.status}`)),
  );

const CERTAINTY = "Confidence: how often facts that were read in this way are right, where people checked";
function factCard(index, named) {
  const fact = facts[index];
  const cited = new Set(fact.evidence.map(quote => quote.doc));
  const rest = fact.docs.filter(doc => !cited.has(doc));
  const certainty = fact.confidence < 1 && `confidence ${percent(fact.confidence)}`;
  const spread = fact.docs.length > 1 && `in ${fact.docs.length} documents`;
  const firm = [spread, certainty].filter(Boolean).join(" · ");
  return h(
    "article",
    {class: shown.facts.has(index) ? "fact" : "fact hidden-fact", "data-fact": fact.id},
    factHead(index, named),
    factRoles(index),
    fact.evidence.map(evidence),
    rest.length > 0 && h("p", {class: "also"}, fact.evidence.length ? "Also in " : "In ", listed(rest.map(source))),
    isLoose(index) && h("p", {class: "also"}, "not drawn: its text leaves the other end open"),
    firm && h("p", {class: "also", title: certainty ? CERTAINTY : null}, firm),
  );
}

// Facts by relation, the most frequent first. Which groups are open is remembered while the choice lasts.
const MANY = 60;
let groupsOpen = new Map();
function factGroups(indices) {
  const by = new Map();
  indices.forEach(i => by.set(facts[i].relation, [...(by.get(facts[i].relation) || []), i]));
  return [...by]
    .sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
    .map(([relation, list], i) => {
      const open = groupsOpen.get(relation) ?? (indices.length <= 12 || i === 0);
      return h(
        "details",
        {open, class: "facts", ontoggle: event => groupsOpen.set(relation, event.target.open)},
        h(
          "summary",
          null,
          relationSvg(relation, []),
          h("span", {class: "name"}, relations[relation].label),
          h("span", {class: "n"}, number(list.length)),
        ),
        factList(list),
      );
    });
}
const factList = (list, named) => [
  list.slice(0, MANY).map(fact => factCard(fact, named)),
  list.length > MANY && h("p", {class: "also"}, `${number(list.length - MANY)} more in the table and the exports`),
];

const hiddenFacts = (hidden, where = "") =>
  hidden > 0 &&
  h(
    "p",
    {class: "quiet hiding"},
    `${count(hidden, "fact")} ${where}hidden by the filters. `,
    button("Show all", showEverything, {class: "link"}),
  );
function showEverything() {
  resetFilters();
  state.limit = nodes.length;
  update();
}
