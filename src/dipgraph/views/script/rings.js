// A neighbourhood is drawn about its first entity, ring by ring, in the directions that its members have in the whole.

let around = new Map();
let arranged = ""; // node -> place in the neighbourhood; which one that is

function steps(centre, members) {
  const far = new Map([[centre, 0]]);
  const queue = [centre];
  for (const i of queue) {
    for (const other of neighbours(i)) {
      if (members.has(other) && !far.has(other)) {
        far.set(other, far.get(i) + 1);
        queue.push(other);
      }
    }
  }
  return far;
}
function rings() {
  const at = new Map();
  if (!state.hood.length) return at;
  const [centre] = state.hood;
  const members = hoodNodes();
  const far = steps(centre, members);
  const by = new Map();
  const angle = i => Math.atan2(nodes[i].y - nodes[centre].y, nodes[i].x - nodes[centre].x);
  for (const i of members) {
    const ring = far.get(i) ?? members.size; // what has no way to the centre comes last
    if (i !== centre) by.set(ring, [...(by.get(ring) || []), i]);
  }
  const {width, height} = $("canvas").getBoundingClientRect();
  const [wide, high] = height > width ? [1, 1.25] : [1.25, 1];
  at.set(centre, {x: 0, y: 0});
  let reached = 60;
  for (const ring of byNumber(by.keys())) {
    const circle = by.get(ring).sort((a, b) => angle(a) - angle(b) || a - b);
    const wave = circle.length > 9 ? 0.34 : 0; // every second one farther out, so that names have room
    const r = Math.max(reached + 130, (circle.length * 62) / (2 * Math.PI));
    circle.forEach((i, k) => {
      const turn = (2 * Math.PI * k) / circle.length + angle(circle[0]);
      const reach = r * (1 + (k % 2) * wave);
      at.set(i, {x: wide * reach * Math.cos(turn), y: high * reach * Math.sin(turn)});
    });
    reached = r * (1 + wave);
  }
  return at;
}
function arrange() {
  const key = state.hood.join();
  if (key === arranged) return;
  arranged = key;
  const before = around;
  around = rings();
  const moved = [...held.nodes].filter(i => around.has(i) || before.has(i));
  nodeSet.update(moved.map(id => ({id, ...placeOf(id)})));
}
