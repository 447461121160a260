// Paper is white, has room for all, and nobody can open a group or ask for more on it.
let before = null;
function toPaper() {
  before = {theme: state.theme, rowsShown};
  state.theme = "light";
  rowsShown = Infinity;
  theme();
  details();
  table();
  $("details")
    .querySelectorAll("details")
    .forEach(group => (group.open = true));
  stale = true;
  network.redraw();
}
function fromPaper() {
  state.theme = before.theme;
  rowsShown = before.rowsShown;
  theme();
  update();
}
