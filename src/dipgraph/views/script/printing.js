// Paper is white, has room for all, and nobody can open a group or ask for more on it.

const ON_PAPER = 2000; // rows of the table
let before = null;
function toPaper() {
  before = {theme: state.theme, rowsShown, table: state.table};
  document.body.classList.add("paper");
  state.theme = "light";
  rowsShown = Math.max(rowsShown, ON_PAPER);
  if (!state.selected) state.table = true; // with the drawing, which the style sheet keeps
  theme();
  details();
  table();
  for (const group of $("details").querySelectorAll("details")) group.open = true;
  stale = true;
  $("canvas").hidden = before.table;
  network.redraw();
}
function fromPaper() {
  document.body.classList.remove("paper");
  state.theme = before.theme;
  state.table = before.table;
  rowsShown = before.rowsShown;
  theme();
  update();
}
