// Table: the non-visual equal of the drawing. A column without content is left out.

const COLUMNS = [
  ["When", fact => fact.time, (fact, i) => timeText(facts[i])],
  [
    "Relation",
    fact => relations[fact.relation].label,
    (fact, i) => button(relations[fact.relation].label, () => select(choiceFor(i)), {class: "link"}),
  ],
  [
    "Status",
    fact => statuses[fact.status].label,
    fact =>
      h("span", {class: "status"}, !statuses[fact.status].plain && statusSvg(fact.status), statuses[fact.status].label),
  ],
  [
    "Roles",
    fact => fact.roles.map(([, fillers]) => fillers.join(" ")).join(" "),
    (fact, i) =>
      fact.roles.map(([role, fillers]) =>
        h("div", null, h("span", {class: "role"}, role, " "), namedLinks(fillers, i)),
      ),
  ],
  [
    "Evidence",
    fact => fact.evidence.map(quote => quote.text).join(" "),
    fact =>
      fact.evidence.map(quote =>
        h(
          "p",
          null,
          quoted(quote),
          " ",
          source(quote.doc),
          quote.status && h("span", {class: "told"}, ` · told as ${quote.status}`),
        ),
      ),
  ],
  ["Where", fact => fact.place.join(", "), (fact, i) => namedLinks(fact.place, i)],
  ["According to", fact => fact.attribution.join(", "), (fact, i) => namedLinks(fact.attribution, i)],
];
const FIRST_ROWS = 200;
let rowsShown = FIRST_ROWS;
const choiceFor = fact =>
  isLoose(fact) ? {facts: [fact]} : {edge: edgesOfFact[fact].find(e => shown.edges.has(e)) ?? edgesOfFact[fact][0]};

// What lacks the key comes last, either way round.
function tableOrder() {
  const [column, way] = state.sorted;
  const key = new Map([...shown.facts].map(i => [i, COLUMNS[column][1](facts[i])]));
  return [...key.keys()].sort(
    (a, b) => (key.get(a) === "") - (key.get(b) === "") || way * key.get(a).localeCompare(key.get(b)) || a - b,
  );
}
function tableHead(columns) {
  return h(
    "thead",
    null,
    h(
      "tr",
      null,
      columns.map(i => {
        const mine = i === state.sorted[0];
        const arrow = mine && (state.sorted[1] > 0 ? " ↑" : " ↓");
        const sort = () => {
          state.sorted = [i, mine ? -state.sorted[1] : 1];
          table();
        };
        return h(
          "th",
          {scope: "col", "aria-sort": mine ? (state.sorted[1] > 0 ? "ascending" : "descending") : "none"},
          button([COLUMNS[i][0], arrow], sort, {id: `sort${i}`}),
        );
      }),
    ),
  );
}
function table() {
  $("table").hidden = !state.table;
  $("canvas").hidden = state.table;
  $("view").textContent = state.table ? "Drawing" : "Table";
  $("view").setAttribute("aria-pressed", String(state.table));
  if (!state.table) return;
  const order = tableOrder();
  const columns = COLUMNS.map((_, i) => i).filter(i => order.some(fact => COLUMNS[i][1](facts[fact])) || i === 0);
  const row = fact =>
    h(
      "tr",
      null,
      columns.map(i =>
        h(
          "td",
          {"data-label": COLUMNS[i][0], class: COLUMNS[i][0] === "Evidence" ? "said" : null},
          h("div", null, COLUMNS[i][2](facts[fact], fact)),
        ),
      ),
    );
  const more = order.length - rowsShown;
  refill(
    $("table"),
    h(
      "table",
      null,
      h(
        "caption",
        null,
        `${count(order.length, "fact")}${order.length < facts.length ? ` of ${number(facts.length)}` : ""}`,
      ),
      tableHead(columns),
      h("tbody", null, order.slice(0, rowsShown).map(row)),
    ),
    more > 0
      ? button(`Show more (${number(more)})`, () => {
          rowsShown += 500;
          table();
        })
      : "",
  );
}
