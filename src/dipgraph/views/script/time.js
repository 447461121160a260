// Time: a histogram of when facts begin, and a window over it as two native sliders.

// The axis: a step is a month. Where a few early facts would take most of it, what lies before the wide gap after them
// is pressed into a first part, whose steps are years; the break is marked. So all facts are within reach.
const EARLY = 10; // one in so many may be early
const TOO_MUCH = 0.4; // the share of the axis from which on they are pressed
const PRESSED = 0.16; // the share they get
function axisOf(starts) {
  const few = Math.floor(starts.length / EARLY);
  let gap = 0;
  let cut = first;
  for (let i = 1; i <= few; i++) {
    if (starts[i] - starts[i - 1] > gap) {
      gap = starts[i] - starts[i - 1];
      cut = starts[i] - (starts[i] % 12);
    }
  }
  if (cut - first < TOO_MUCH * (last - first)) cut = first;
  const wanted = Math.max(8, Math.round(PRESSED * (last + 1 - cut)));
  const stride = cut === first ? 1 : 12 * Math.max(1, Math.ceil((cut - first) / 12 / wanted));
  const early = Math.ceil((cut - first) / stride);
  return {
    cut,
    early,
    stride,
    size: early + last + 1 - cut,
    step: month => (month < cut ? Math.floor((month - first) / stride) : early + month - cut),
    month: step => (step < early ? Math.min(first + step * stride, cut) : cut + step - early),
  };
}
const axis = dated.length ? axisOf(dated.map(begins).sort((a, b) => a - b)) : null;

// Bins of the histogram: [first step, step after the last]; on whole quarters, years or decades right of the break.
const WIDTHS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
const MOST_BINS = 84;
const binWidth = axis && (WIDTHS.find(width => axis.size / width <= MOST_BINS) || Math.ceil(axis.size / MOST_BINS));
function binsOf({early, size, cut}, width) {
  const bounds = [];
  for (let step = early - width; step > 0; step -= width) bounds.unshift(step);
  for (let step = early; step < size; step += width - (step === early ? cut % width : 0)) bounds.push(step);
  return [...new Set([0, ...bounds])].map((from, i, all) => [from, all[i + 1] ?? size]);
}
const bins = axis ? binsOf(axis, binWidth) : [];
const binOfFact =
  axis && facts.map(fact => (isUndated(fact) ? -1 : bins.findIndex(([, to]) => axis.step(begins(fact)) < to)));

let playing = null;
let setAside = false; // the undated, until the end is reached
function time() {
  $("time").hidden = !axis;
  document.body.classList.toggle("timeless", !axis);
  if (!axis) return;
  const undated = facts.length - dated.length;
  const box = h("input", {
    type: "checkbox",
    id: "undated",
    onchange: () => {
      setAside = false;
      state.undated = box.checked;
      update();
    },
  });
  $("time").replaceChildren(
    button("▶", play, {id: "play", class: "icon", "aria-label": "Play", title: "Play through time"}),
    h("div", {class: "track"}, h("div", {id: "bars"}), handle("from"), handle("to")),
    h(
      "div",
      {class: "told-time"},
      h("output", {id: "window"}),
      undated > 0 &&
        h("label", {class: "undated", title: "Facts whose evidence gives no date"}, box, h("span", {id: "dateless"})),
    ),
  );
  new ResizeObserver(bars).observe($("bars"));
}
// The sliders stand on the bounds between steps, so that both can meet about one.
function handle(id) {
  const slide = event => {
    const value = Number(event.target.value);
    if (id === "from") state.lo = axis.month(Math.min(value, axis.step(state.hi)));
    else state.hi = axis.month(Math.max(value, axis.step(state.lo) + 1)) - 1;
    stop();
    soon();
  };
  return h("input", {
    type: "range",
    id,
    min: "0",
    max: String(axis.size),
    step: "1",
    "aria-label": id === "from" ? "From" : "To",
    oninput: slide,
  });
}
function setHandles() {
  const at = {from: axis.step(state.lo), to: axis.step(state.hi) + 1};
  const told = {from: state.lo, to: state.hi};
  for (const id of ["from", "to"]) {
    $(id).value = at[id];
    $(id).setAttribute("aria-valuetext", monthText(told[id]));
  }
  $("from").classList.toggle("above", at.from > axis.size / 2); // where both meet, the one that can move is on top
  $("window").textContent = spanText(state.lo, state.hi);
  if (!$("undated")) return;
  const undated = facts.length - dated.length;
  const some = facts.filter((fact, i) => isUndated(fact) && shown.facts.has(i)).length;
  $("undated").checked = state.undated;
  $("dateless").textContent =
    `and ${state.undated && some < undated ? `${number(some)} of ` : ""}${number(undated)} undated`;
}

const BAR = 40;
const TICKS = 20; // heights in pixels
function counts(passes) {
  const found = bins.map(() => 0);
  binOfFact.forEach((bin, fact) => bin >= 0 && passes(fact) && found[bin]++);
  return found;
}
const binTotals = axis && counts(() => true);
function bars() {
  if (!axis) return;
  const all = binTotals;
  const now = counts(fact => shown.facts.has(fact));
  const width = $("bars").clientWidth;
  const x = step => (step / axis.size) * width;
  const top = Math.max(...all);
  const bar = (n, [from, to], name) =>
    n > 0 &&
    s("rect", {
      class: name,
      x: (x(from) + 0.5).toFixed(1),
      width: Math.max(1, x(to) - x(from) - 1.5).toFixed(1),
      y: (BAR - high(n / top)).toFixed(1),
      height: high(n / top).toFixed(1),
    });
  $("bars").replaceChildren(
    s(
      "svg",
      {width: String(width), height: String(BAR + TICKS), "aria-hidden": "true"},
      axis.early > 0 &&
        s("rect", {class: "pressed", x: "0", y: "0", width: x(axis.early).toFixed(1), height: String(BAR)}),
      bins.map((bin, i) => [bar(all[i], bin, "all"), bar(now[i], bin, "now"), target(bin, all[i], now[i], x)]),
      ticks(x, width),
    ),
  );
  setHandles();
}
const high = share => Math.max(1.5, share * (BAR - 1)); // one fact among thousands is seen too
// A click on a bar chooses its time, another one all time.
function target([from, to], all, now, x) {
  const lo = axis.month(from);
  const hi = Math.min(axis.month(to) - 1, last);
  const chosen = state.lo === lo && state.hi === hi;
  const begun = all ? `${count(all, "fact")} begin${all === 1 ? "s" : ""}, ${number(now)} shown` : "none begins";
  const choose = () => {
    Object.assign(state, chosen ? {lo: first, hi: last} : {lo, hi});
    stop();
    update();
  };
  return s(
    "rect",
    {
      class: "target",
      x: x(from).toFixed(1),
      width: (x(to) - x(from)).toFixed(1),
      y: "0",
      height: String(BAR),
      onclick: choose,
    },
    s("title", null, `${spanText(lo, hi)}: ${begun}`),
  );
}
// Years under the bars, as many as have room, and the mark of the break.
function ticks(x, width) {
  const broken = x(axis.early);
  const text = (at, year, anchor = "middle") =>
    s("text", {x: at.toFixed(1), y: String(BAR + 18), "text-anchor": anchor}, String(year));
  // at the left end, and beside the first year where that is near, a year is written to the right of its tick
  const year = ([at, year]) => [
    s("path", {d: `M${at.toFixed(1)} ${BAR}v6`, class: "tick"}),
    text(at, year, at < 14 || (at === broken && at < 2 * ROOM) ? "start" : "middle"),
  ];
  return [
    yearsWithRoom(x, width).map(year),
    axis.early > 0 && s("path", {class: "break", d: `M${(broken - 2).toFixed(1)} ${BAR + 3}l4 -${BAR + 3}`}),
    broken > ROOM && text(0, yearOf(first), "start"),
  ];
}
const ROOM = 32; // of a year in pixels
function yearsWithRoom(x, width) {
  const wide = (12 * (x(axis.size) - x(axis.early))) / (last + 1 - axis.cut); // a year in pixels
  const every = [1, 2, 5, 10, 20, 50, 100].find(n => n * wide >= 1.5 * ROOM) || 200;
  const found = [];
  for (let year = yearOf(axis.cut + 11); 12 * year <= last; year++) {
    const at = x(axis.step(12 * year));
    const wanted = year % every === 0 || (axis.early > 0 && 12 * year === axis.cut);
    const room = !found.length || at - found[found.length - 1][0] > 1.4 * ROOM;
    if (wanted && room && at < width - 12) found.push([at, year]);
  }
  return found;
}

function stop() {
  clearInterval(playing);
  playing = null;
  if ($("play")) {
    $("play").textContent = "▶";
    $("play").setAttribute("aria-label", "Play");
  }
}
// A window that begins with the axis grows, another one moves, from one time in which facts begin to the next. What has
// no date does not take part in it.
function play() {
  if (playing) {
    stop();
    return update();
  }
  const growing = state.lo === first;
  const ended = state.hi >= last;
  const width = growing ? 0 : axis.step(state.hi) - axis.step(state.lo);
  if (ended) Object.assign(state, {lo: first, hi: axis.month(width + 1) - 1});
  setAside = setAside || (state.undated && dated.length < facts.length);
  if (setAside) state.undated = false;
  $("play").textContent = "❚❚";
  $("play").setAttribute("aria-label", "Pause");
  playing = setInterval(() => {
    const bin = bins.findIndex(([from], i) => from > axis.step(state.hi) && binTotals[i] > 0);
    const end = bin < 0 ? axis.size : bins[bin][1];
    state.hi = Math.min(axis.month(end) - 1, last);
    if (!growing) state.lo = axis.month(end - 1 - width);
    if (state.hi >= last) playedOut();
    else update({quick: true});
  }, 200);
  return update({quick: true});
}
function playedOut() {
  stop();
  if (setAside) state.undated = true;
  setAside = false;
  update();
}
