'use strict';
const $ = id => document.getElementById(id);
const canvas = $('map'), brush = canvas.getContext('2d');
const still = matchMedia('(prefers-reduced-motion: reduce)');
const WIDE = 58, HIGH = 38, CLOSEST = 10; // kilometres, kilometres, and times as near as all of it
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

let isles = { places: [], islands: [], ferries: [] };
let at = { x: WIDE / 2, y: HIGH / 2, zoom: 1 }; // what is drawn: the middle, in kilometres, and how near …
let to = at;                                   // … and where that is going
let picked;                                    // the name of a place
let sailing = !still.matches, minutes = (Date.now() / 1000) % 10_000; // a minute of the ferries is a second

// Kilometres and pixels.
const scale = ({ zoom }) => zoom * Math.min(canvas.clientWidth / WIDE, canvas.clientHeight / HIGH);
const onScreen = ([x, y], view = at) => [(x - view.x) * scale(view) + canvas.clientWidth / 2, (y - view.y) * scale(view) + canvas.clientHeight / 2];
const onMap = ([x, y], view = at) => [(x - canvas.clientWidth / 2) / scale(view) + view.x, (y - canvas.clientHeight / 2) / scale(view) + view.y];
const spot = ({ east, south }) => [east, south];
const apart = ([a, b], [c, d]) => Math.hypot(a - c, b - d);
const nearest = (places, point) => places.toSorted((a, b) => apart(spot(a), point) - apart(spot(b), point))[0];
const place = name => isles.places.find(each => each.name === name);

// What the person does.
function move({ x = to.x, y = to.y, zoom = to.zoom }, glide = true) {
  to = { x: clamp(x, 0, WIDE), y: clamp(y, 0, HIGH), zoom: clamp(zoom, 1, CLOSEST) };
  if (!glide || still.matches) at = to;
  drawSoon();
  tellSoon();
}

/** What is at `point` of the screen stays there. */
function zoom(times, point = [canvas.clientWidth / 2, canvas.clientHeight / 2], glide = true) {
  const next = { ...to, zoom: clamp(to.zoom * times, 1, CLOSEST) };
  const [before, after] = [onMap(point, to), onMap(point, next)];
  move({ x: to.x + before[0] - after[0], y: to.y + before[1] - after[1], zoom: next.zoom }, glide);
}

function pick(name) {
  picked = name;
  describe();
  if (name) move({ x: place(name).east, y: place(name).south, zoom: Math.max(to.zoom, 2.5) });
  else move({});
}

const pan = (right, down) => move({ x: to.x + right / scale(to), y: to.y + down / scale(to) });
const keys = {
  ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
  '+': () => zoom(1.5), '=': () => zoom(1.5), '-': () => zoom(1 / 1.5), 0: () => move({ x: WIDE / 2, y: HIGH / 2, zoom: 1 }),
  Enter: () => pick(nearest(isles.places, [to.x, to.y])?.name), Escape: () => pick(),
};
canvas.addEventListener('keydown', event => {
  if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  keys[event.key]();
});

const fingers = new Map();
let dragged, start;
const where = ({ offsetX, offsetY }) => [offsetX, offsetY];
canvas.addEventListener('pointerdown', event => {
  if (event.button) return;
  canvas.setPointerCapture(event.pointerId);
  if (!fingers.size) [dragged, start] = [0, to];
  fingers.set(event.pointerId, where(event));
});
canvas.addEventListener('pointermove', event => {
  const before = fingers.get(event.pointerId), now = where(event);
  if (!before) return;
  fingers.set(event.pointerId, now);
  dragged += apart(before, now);
  const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
  if (other) zoom(apart(other, now) / Math.max(1, apart(other, before)), other, false);
  else if (dragged > 4) move({ x: to.x - (now[0] - before[0]) / scale(to), y: to.y - (now[1] - before[1]) / scale(to) }, false);
});
for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, event => {
  if (!fingers.has(event.pointerId)) return;
  fingers.delete(event.pointerId);
  if (end === 'pointercancel') return move(start, false); // the finger scrolls the chat
  if (dragged > 4 || fingers.size) return;
  const near = nearest(isles.places, onMap(where(event)));
  pick(near && apart(onScreen(spot(near)), where(event)) < 24 ? near.name : undefined);
});
// Among the words of a chat the wheel is for the chat.
canvas.addEventListener('wheel', event => {
  if (!event.ctrlKey && !event.metaKey && chatui.host.displayMode !== 'fullscreen') return;
  event.preventDefault();
  zoom(2 ** (-event.deltaY / 200), where(event), false);
}, { passive: false });

$('in').addEventListener('click', () => zoom(1.5));
$('out').addEventListener('click', () => zoom(1 / 1.5));
$('sail').addEventListener('click', () => sail(!sailing));
$('full').addEventListener('click', () => chatui.display(chatui.host.displayMode === 'fullscreen' ? 'inline' : 'fullscreen'));
still.addEventListener('change', () => sail(!still.matches));

function label(button, words, path) {
  button.setAttribute('aria-label', words);
  button.title = words;
  button.querySelector('path').setAttribute('d', path);
}

function sail(on) {
  sailing = on;
  label($('sail'), on ? 'Stop the ferries' : 'Let the ferries sail', on ? 'M6 4v10M12 4v10' : 'M5 3l9 6-9 6z');
  drawSoon();
}

// What the model learns: not each step, but where the person stops.
let telling, told;
function tellSoon() {
  clearTimeout(telling);
  telling = setTimeout(tell, 400);
}

async function tell() {
  const seen = isles.places.filter(each => {
    const [x, y] = onScreen(spot(each), to);
    return x > 0 && y > 0 && x < canvas.clientWidth && y < canvas.clientHeight;
  });
  const here = picked ?? nearest(seen, [to.x, to.y])?.name;
  const names = seen.map(({ name }) => name).join(', ') || 'no place';
  const words = [
    `The person looks at the map of the Merrow Isles, ${(canvas.clientWidth / scale(to)).toFixed(0)} km wide around ${to.x.toFixed(1)} km east, ${to.y.toFixed(1)} km south.`,
    `On the screen: ${names}.`,
    picked ? `They picked ${picked}.` : here ? `Nothing is picked; ${here} is nearest to the middle.` : 'Nothing is picked.',
    here && `By “here” and “there” they mean ${here}.`,
  ].filter(Boolean).join(' ');
  chatui.setState({ to, picked });
  if (words === told) return;
  told = words;
  const heard = await chatui.context(words);
  if (words !== told) return;
  $('told').textContent = heard ? `The chat knows what you see: ${picked ? `${picked}, picked` : seen.length > 3 ? `${seen.length} places` : names}.` : 'This chat does not learn what you see here.';
}

// What is below the map.
function describe() {
  const { about } = place(picked) ?? {};
  const sails = isles.ferries.filter(({ from, to }) => [from, to].includes(picked))
    .map(({ from, to, minutes }) => `${from === picked ? to : from} (${minutes} min)`);
  $('about').textContent = picked ? `${picked}: ${about}. ${sails.length ? `Ferries to ${sails.join(', ')}.` : 'No ferry lands here.'}`
    : 'Move the map or pick a place, and ask: “How far is it from there to Saltby?”';
  for (const button of $('places').querySelectorAll('button')) button.setAttribute('aria-pressed', button.textContent === picked);
}

// Drawing. One frame after the other while something moves, and none while nothing does.
let due, last = 0;
const drawSoon = () => (due ??= requestAnimationFrame(frame));
function frame(now) {
  due = undefined;
  const passed = Math.min(100, now - last), part = 1 - Math.exp(-passed / 90);
  last = now;
  if (sailing) minutes += passed / 1000;
  const near = Math.abs(to.zoom - at.zoom) < 0.01 && apart([at.x, at.y], [to.x, to.y]) < 0.02;
  at = near ? to : { x: at.x + (to.x - at.x) * part, y: at.y + (to.y - at.y) * part, zoom: at.zoom + (to.zoom - at.zoom) * part };
  draw();
  if (sailing || at !== to) drawSoon();
}

// A canvas understands no variables, and a variable may hold `light-dark(…)`: what is computed of it is a colour.
// At once, as the canvas has no transitions: for who wants no motion the stylesheet gives others very short ones.
function colour(name) {
  canvas.style.color = `var(--${name})`;
  return getComputedStyle(canvas).color;
}

let colours = {}, font;
function dress() {
  for (const name of ['sea', 'shallow', 'net', 'land', 'coast', 'course', 'boat', 'halo', 'ink', 'soft']) colours[name] = colour(name);
  font = getComputedStyle(canvas).fontFamily;
  drawSoon();
}

function draw() {
  const [width, height, dense] = [canvas.clientWidth, canvas.clientHeight, devicePixelRatio || 1];
  if (canvas.width !== Math.round(width * dense)) canvas.width = Math.round(width * dense);
  if (canvas.height !== Math.round(height * dense)) canvas.height = Math.round(height * dense);
  brush.setTransform(dense, 0, 0, dense, 0, 0);
  Object.assign(brush, { lineJoin: 'round', lineCap: 'round', textAlign: 'center', textBaseline: 'middle', fillStyle: colours.sea });
  brush.fillRect(0, 0, width, height);
  net(width, height);
  const coasts = isles.islands.map(({ coast }) => round(coast));
  for (const [style, thick] of [[colours.shallow, 2.2 * scale(at)], [colours.coast, 3]]) {
    Object.assign(brush, { strokeStyle: style, lineWidth: thick });
    coasts.forEach(coast => brush.stroke(coast));
  }
  brush.fillStyle = colours.land;
  coasts.forEach(coast => brush.fill(coast));
  courses();
  isles.ferries.forEach(boat);
  names();
  ruler(height);
  if (document.activeElement === canvas && canvas.matches(':focus-visible')) cross(width / 2, height / 2);
}

function net(width, height) {
  Object.assign(brush, { strokeStyle: colours.net, lineWidth: 1 });
  const step = at.zoom > 4 ? 2 : at.zoom > 2 ? 5 : 10, [left, top] = onMap([0, 0]), [right, bottom] = onMap([width, height]);
  brush.beginPath();
  for (let x = Math.ceil(left / step) * step; x < right; x += step) brush.moveTo(onScreen([x, 0])[0], 0), brush.lineTo(onScreen([x, 0])[0], height);
  for (let y = Math.ceil(top / step) * step; y < bottom; y += step) brush.moveTo(0, onScreen([0, y])[1]), brush.lineTo(width, onScreen([0, y])[1]);
  brush.stroke();
}

/** A coast that is round at its corners, and goes through the middle of each side. */
function round(corners) {
  const path = new Path2D(), middle = ([a, b], [c, d]) => [(a + c) / 2, (b + d) / 2];
  const points = corners.map(corner => onScreen(corner));
  path.moveTo(...middle(points.at(-1), points[0]));
  points.forEach((point, index) => path.quadraticCurveTo(...point, ...middle(point, points[(index + 1) % points.length])));
  path.closePath();
  return path;
}

function courses() {
  Object.assign(brush, { strokeStyle: colours.course, lineWidth: 1.5 });
  brush.setLineDash([1, 5]);
  for (const { course } of isles.ferries) {
    brush.beginPath();
    course.forEach(point => brush.lineTo(...onScreen(point)));
    brush.stroke();
  }
  brush.setLineDash([]);
}

/** A course with its corners cut off, twice: no ship turns on the spot. */
const eased = course => [0, 1].reduce(points => {
  const along = (a, b, part) => a.map((from, axis) => from + (b[axis] - from) * part);
  return [points[0], ...points.slice(1).flatMap((end, leg) => [along(points[leg], end, 0.25), along(points[leg], end, 0.75)]), points.at(-1)];
}, course);

/** There, a rest, back, and a rest. */
function boat({ course, minutes: long }, index) {
  const rest = 4, time = (minutes + index * 17) % (2 * (long + rest)), back = time > long + rest;
  const done = Math.min(1, (back ? time - long - rest : time) / long);
  const legs = course.slice(1).map((end, leg) => [course[leg], end, apart(course[leg], end)]);
  let left = legs.reduce((sum, [, , length]) => sum + length, 0) * (back ? 1 - done : done);
  const [start, end, length] = legs.find(([, , length]) => left <= length || ((left -= length), false)) ?? legs.at(-1);
  const part = Math.min(1, left / length), point = onScreen(start.map((from, axis) => from + (end[axis] - from) * part));
  brush.save();
  brush.translate(...point);
  brush.rotate(Math.atan2(end[1] - start[1], end[0] - start[0]) + (back ? Math.PI : 0));
  Object.assign(brush, { fillStyle: colours.boat, strokeStyle: colours.halo, lineWidth: 2 });
  brush.beginPath();
  brush.moveTo(9, 0);
  brush.quadraticCurveTo(4, 4.5, -7, 4);
  brush.lineTo(-7, -4);
  brush.quadraticCurveTo(4, -4.5, 9, 0);
  brush.stroke();
  brush.fill();
  brush.restore();
}

/** The picked place first; what would lie on another name is left out until there is room. */
function names() {
  const [{ left, top }, buttons] = [canvas, document.querySelector('nav')].map(each => each.getBoundingClientRect());
  const taken = [[buttons.left - left, buttons.top - top, buttons.right - left, buttons.bottom - top]];
  const inside = box => box[0] > 2 && box[1] > 0 && box[2] < canvas.clientWidth - 2 && box[3] < canvas.clientHeight;
  const free = box => inside(box) && taken.every(it => box[0] > it[2] || box[2] < it[0] || box[1] > it[3] || box[3] < it[1]);
  const order = isles.places.toSorted((a, b) => (b.name === picked) - (a.name === picked));
  for (const each of order) {
    const [x, y] = onScreen(spot(each));
    taken.push([x - 4, y - 4, x + 4, y + 4]);
  }
  for (const each of order) {
    const [x, y] = onScreen(spot(each)), chosen = each.name === picked;
    Object.assign(brush, { fillStyle: chosen ? colours.boat : colours.ink, strokeStyle: colours.halo, lineWidth: 3 });
    brush.beginPath();
    brush.arc(x, y, chosen ? 6 : 3.5, 0, 7);
    brush.stroke();
    brush.fill();
    write(each.name, y, `${chosen ? 650 : 500} 13px ${font}`, colours.ink, box => {
      // Beside the point, on the side where there is room.
      for (const side of [1, -1]) {
        const moved = [x + side * 10 - (side < 0 ? box : 0), y - 8, x + side * 10 + (side > 0 ? box : 0), y + 8];
        if (free(moved)) return taken.push(moved), x + side * (10 + box / 2);
      }
    });
  }
  for (const { name, coast } of isles.islands) {
    const [x, y] = onScreen([0, 1].map(axis => coast.reduce((sum, point) => sum + point[axis], 0) / coast.length));
    for (const row of [y, y - 20, y + 20]) {
      const written = write(name, row, `italic 12px ${font}`, colours.soft, box => {
        const here = [x - box / 2, row - 8, x + box / 2, row + 8];
        if (free(here)) return taken.push(here), x;
      });
      if (written) break;
    }
  }
}

function write(words, y, style, fill, fit) {
  Object.assign(brush, { font: style, strokeStyle: colours.halo, fillStyle: fill, lineWidth: 3 });
  const middle = fit(brush.measureText(words).width);
  if (middle === undefined) return;
  brush.strokeText(words, middle, y);
  brush.fillText(words, middle, y);
  return true;
}

function ruler(height) {
  const km = [20, 10, 5, 2, 1].find(each => each * scale(at) < 110) ?? 1, long = km * scale(at);
  Object.assign(brush, { strokeStyle: colours.ink, lineWidth: 1.5 });
  brush.beginPath();
  brush.moveTo(12, height - 18);
  brush.lineTo(12, height - 12);
  brush.lineTo(12 + long, height - 12);
  brush.lineTo(12 + long, height - 18);
  brush.stroke();
  write(`${km} km`, height - 22, `11px ${font}`, colours.ink, () => 12 + long / 2);
}

function cross(x, y) {
  Object.assign(brush, { strokeStyle: colours.ink, lineWidth: 1.5 });
  brush.beginPath();
  for (const [across, down] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) brush.moveTo(x + across * 5, y + down * 5), brush.lineTo(x + across * 12, y + down * 12);
  brush.stroke();
}

// What the host says.
for (const event of ['focus', 'blur']) canvas.addEventListener(event, drawSoon);
new ResizeObserver(() => {
  drawSoon();
  if (told) tellSoon(); // a larger map shows more
}).observe(canvas);
chatui.on('theme', () => dress());
chatui.on('host', ({ availableDisplayModes, displayMode }) => {
  $('full').hidden = !(availableDisplayModes?.includes('fullscreen') ?? chatui.openai?.requestDisplayMode);
  if (displayMode === 'fullscreen') label($('full'), 'Back to the chat', 'M7 2v5H2M11 16v-5h5M7 7 2 2M11 11l5 5');
  else label($('full'), 'Full screen', 'M11 2h5v5M7 16H2v-5M16 2l-5 5M2 16l5-5');
  dress();
});
chatui.on('data', data => {
  isles = { ...data, ferries: data.ferries?.map(ferry => ({ ...ferry, course: eased(ferry.course) })) ?? [] };
  ({ picked } = chatui.state ?? data);
  if (!place(picked)) picked = undefined;
  to = chatui.state?.to ?? (place(picked) ? { x: place(picked).east, y: place(picked).south, zoom: 2.5 } : to);
  at = to;
  $('places').replaceChildren(...isles.places.map(({ name }) => {
    const item = document.createElement('li'), button = document.createElement('button');
    Object.assign(button, { type: 'button', textContent: name, onclick: () => pick(picked === name ? undefined : name) });
    item.append(button);
    return item;
  }));
  describe();
  drawSoon();
});
sail(sailing);
