"use strict";
// Makers of elements. Children that are strings become text nodes, so that no data is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";
const $ = id => document.getElementById(id);
const safe = url => (/^https?:\/\/[^\s<>"\\]+$/i.test(url) ? url : null);
const absent = value => value === null || value === undefined || value === false || value === "";

function fill(element, props, children) {
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value !== "string" && !(element instanceof SVGElement)) element[key] = value;
    else if (key !== "href" || safe(value)) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(child => !absent(child)));
  return element;
}
const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);
const s = (tag, props, ...children) => fill(document.createElementNS(SVG, tag), props, children);

// New content for a panel, which stays where it was scrolled to, and the keyboard where it was.
function refill(panel, ...children) {
  const held = panel.contains(document.activeElement) ? document.activeElement : null;
  const name = held && (held.id || held.textContent);
  const top = panel.scrollTop;
  panel.replaceChildren(...children);
  panel.scrollTop = top;
  if (!held) return;
  const again = [...panel.querySelectorAll("button, a, summary")].find(each => (each.id || each.textContent) === name);
  (again || panel).focus({preventScroll: true});
}

const button = (text, onclick, props) => h("button", {type: "button", onclick, ...props}, text);
const outward = (url, text) => h("a", {href: url, rel: "noopener noreferrer", target: "_blank"}, text);
const chip = (...children) => h("span", {class: "chip"}, children);
const listed = items => items.flatMap((item, i) => (i ? [", ", item] : [item]));
const number = value => value.toLocaleString("en");
const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;
const entities = value => count(value, "entity", "entities");
