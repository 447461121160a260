// Search: names, then other names, then what the documents say.

const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = text => fold(text).split(/\s+/).filter(Boolean);
const nameIndex = nodes.map(node => [fold(node.label), node.about.aliases.map(fold)]);
let wordIndex = null; // made with the first search: evidence is long
const NAMES = 8;
const SAYINGS = 40;

function nameScore([name, aliases], wanted, words) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(` ${wanted}`)) return 2;
  if (name.includes(wanted) || words.every(word => name.includes(word))) return 3;
  return aliases.some(alias => alias.includes(wanted)) ? 4 : null;
}
function findNames(wanted, words) {
  return nameIndex
    .map((names, node) => ({node, score: nameScore(names, wanted, words)}))
    .filter(({score}) => score !== null)
    .sort((a, b) => a.score - b.score || a.node - b.node)
    .map(({node, score}) => ({
      node,
      alias: score === 4 ? nodes[node].about.aliases.find(alias => fold(alias).includes(wanted)) : "",
    }));
}
// Sentences with the facts that each of them tells.
function sentences() {
  const found = new Map();
  facts.forEach((fact, i) =>
    fact.evidence.forEach(({doc, before, text, after}) => {
      const sentence = before + text + after;
      const key = `${doc} ${sentence}`;
      if (!found.has(key)) found.set(key, {doc, sentence, folded: fold(sentence), told: new Set()});
      found.get(key).told.add(i);
    }),
  );
  return [...found.values()].map(each => ({...each, told: [...each.told]}));
}
function findSayings(words) {
  wordIndex = wordIndex || sentences();
  return wordIndex.filter(({folded}) => words.every(word => folded.includes(word)));
}
// Every word must occur; one or two letters are too little to look for in evidence.
function find(query) {
  const words = wordsOf(query);
  const wanted = words.join(" ");
  if (!wanted) return {named: [], said: []};
  return {named: findNames(wanted, words), said: wanted.length < 3 ? [] : findSayings(words)};
}

// A text with the words that were looked for marked, as short as that allows. Folding may change lengths: hence letter
// by letter.
const REACH = 150;
function marked(text, words) {
  const letters = [...text];
  const folded = letters.map(fold);
  const at = [];
  for (let i = 0; i < letters.length; i++) {
    for (const word of words) {
      let j = i;
      let found = "";
      while (j < letters.length && found.length < word.length) found += folded[j++];
      if (found.startsWith(word)) at.push([i, j]);
    }
  }
  let begin = Math.max(0, (at[0] ? at[0][0] : 0) - 50);
  while (begin > 0 && begin < letters.length && letters[begin - 1] !== " ") begin++; // not within a word
  const end = Math.min(letters.length, begin + REACH);
  const out = [begin ? "…" : ""];
  let done = begin;
  for (const [from, to] of at) {
    if (from < done || to > end) continue;
    out.push(letters.slice(done, from).join(""), h("mark", null, letters.slice(from, to).join("")));
    done = to;
  }
  return [...out, letters.slice(done, end).join(""), end < letters.length ? "…" : ""];
}

function nameHit({node, alias}, words) {
  const {label, group, about} = nodes[node];
  return [
    glyph(group),
    h(
      "span",
      {class: "name"},
      marked(label, words),
      alias && h("span", {class: "quiet"}, " also ", marked(alias, words)),
    ),
    h("span", {class: "quiet"}, [classes[group].label, about.description].filter(Boolean).join(" · ")),
  ];
}
function sayingHit({told, doc, sentence}, words) {
  const [one] = told.map(i => facts[i]);
  const names = [...new Set(told.map(i => relations[facts[i].relation].label))].join(", ");
  const held = [...new Set(told.map(i => statuses[facts[i].status]).filter(status => !status.plain))];
  const about = [names, held.map(status => status.label).join(", "), timeText(one), docs[doc] && docs[doc].title];
  return [
    strokeSvg(strokeOf(one.relation), statuses[one.status].dash, relations[one.relation].shape),
    h("span", {class: "quote"}, marked(sentence, words)),
    h("span", {class: "quiet"}, about.filter(Boolean).join(" · ")),
  ];
}

let hits = [];
let active = -1;
function showHits() {
  const query = $("search").value;
  const {named, said} = find(query);
  const words = wordsOf(query);
  const names = named.slice(0, NAMES);
  hits = [...names, ...said.slice(0, SAYINGS)];
  active = hits.length ? 0 : -1;
  const option = (hit, i) =>
    h(
      "li",
      {
        role: "option",
        id: `hit${i}`,
        "aria-selected": String(i === active),
        class: i === names.length && i > 0 ? "first" : null,
        onmousedown: event => {
          event.preventDefault();
          choose(i);
        },
      },
      hit.node !== undefined ? nameHit(hit, words) : sayingHit(hit, words),
    );
  const remark = text =>
    h("li", {class: "quiet none", role: "option", "aria-disabled": "true", "aria-selected": "false"}, text);
  const rest = said.length - SAYINGS;
  $("results").replaceChildren(
    ...hits.map(option),
    ...(words.length && !hits.length ? [remark("Nothing has this name or says this.")] : []),
    ...(named.length > NAMES ? [remark(`${count(named.length - NAMES, "more name")}: write another letter.`)] : []),
    ...(rest > 0 ? [remark(`${count(rest, "more sentence")} with these words: write another one to find less.`)] : []),
  );
  openHits(words.length > 0);
}
function openHits(open) {
  $("results").hidden = !open;
  $("search").setAttribute("aria-expanded", String(open));
  if (open && active >= 0) $("search").setAttribute("aria-activedescendant", `hit${active}`);
  else $("search").removeAttribute("aria-activedescendant");
}
function move(step) {
  if (!hits.length) return;
  $(`hit${active}`).setAttribute("aria-selected", "false");
  active = (active + step + hits.length) % hits.length;
  $(`hit${active}`).setAttribute("aria-selected", "true");
  $(`hit${active}`).scrollIntoView({block: "nearest"});
  openHits(true);
}
function choose(i) {
  const hit = hits[i];
  if (!hit) return;
  openHits(false);
  $("search").value = "";
  if (hit.node !== undefined) chooseNode(hit.node);
  else select({facts: hit.told});
  $("details").focus();
}
