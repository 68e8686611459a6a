// The board over the whole screen: turns its panels, pauses by touch or space, goes on by arrows. It stands outside of Streamlit's own
// elements, so that what it last got stays when the connection is lost.
const RESTLESS = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;

const make = (tag, attributes = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
};

const SIGNS = {
  before: 'M15 4l-8 8 8 8', next: 'M9 4l8 8-8 8', pause: 'M8 4v16M16 4v16', go_on: 'M7 4l12 8-12 8z', full: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5', leave: 'M5 5l14 14M19 5L5 19',
};
const sign = (name) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${SIGNS[name]}"/></svg>`;

function raise() {
  const wall = make('section', { className: 'hh-wall', tabIndex: -1 });
  const button = (name, act) => make('button', { type: 'button', innerHTML: sign(name), onclick: (event) => { event.stopPropagation(); act(); }, className: `hh-${name}` });
  const board = { wall, at: 0, running: RESTLESS, data: null };
  board.head = make('header', {}, make('b'), make('span'));
  board.body = make('div', { className: 'hh-panel' });
  board.leave = make('a', { innerHTML: sign('leave'), className: 'hh-leave', onclick: (event) => event.stopPropagation() });
  board.dots = make('span', { className: 'hh-dots' });
  board.buttons = {
    before: button('before', () => turn(board, -1)),
    pause: button('pause', () => pause(board)),
    next: button('next', () => turn(board, 1)),
    full: button('full', () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.()),
  };
  wall.append(board.head, board.body, make('footer', {}, ...Object.values(board.buttons), board.dots, board.leave));
  wall.onclick = () => pause(board);
  board.keys = (event) => {
    const act = { ' ': () => pause(board), ArrowRight: () => turn(board, 1), ArrowLeft: () => turn(board, -1) }[event.key];
    if (!act || (event.key === ' ' && event.target.closest?.('button, a'))) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', board.keys);
  document.body.append(wall);
  wall.focus({ preventScroll: true });
  return board;
}

function turn(board, step) {
  const many = board.data.panels.length;
  board.at = (board.at + step + many) % many;
  draw(board, true);
}

function pause(board) {
  board.running = !board.running;
  draw(board, false);
}

// The panel of the moment; its time begins anew where another came.
function draw(board, anew) {
  const { panels, words, seconds } = board.data;
  const panel = panels[board.at = Math.min(board.at, panels.length - 1)];
  if (board.drawn !== panel.title + panel.body) {
    board.body.innerHTML = `<h2>${panel.title}</h2><div>${panel.body}</div>`;
    board.body.querySelectorAll('.hh-chart button, .hh-card i').forEach((each) => each.remove());
    board.body.querySelectorAll('details, summary').forEach((each) => { each.tabIndex = -1; each.onclick = (event) => event.preventDefault(); });
    board.drawn = panel.title + panel.body;
    if (anew && RESTLESS) board.body.animate([{ opacity: 0 }, { opacity: 1 }], 600);
  }
  const said = board.running ? words.pause : words.go_on;
  board.buttons.pause.innerHTML = sign(board.running ? 'pause' : 'go_on');
  for (const [name, each] of Object.entries(board.buttons)) each.ariaLabel = each.title = name === 'pause' ? said : words[name];
  board.dots.textContent = `${board.at + 1} / ${panels.length}`;
  board.wall.dataset.running = board.running;
  if (anew || !board.running) clearInterval(board.clock);
  if (board.running && (anew || !board.ticking)) {
    clearInterval(board.clock);
    board.clock = setInterval(() => turn(board, 1), seconds * 1000);
  }
  board.ticking = board.running;
}

function lower(board) {
  clearInterval(board.clock);
  clearInterval(board.watch);
  document.removeEventListener('keydown', board.keys);
  board.wall.remove();
  document.getElementById('root').inert = false;
  if (window.happinessWall === board) delete window.happinessWall;
}

export default function ({ data, parentElement }) {
  const board = window.happinessWall ??= raise();
  const before = board.data?.panels[board.at]?.key;
  board.data = data;
  board.at = Math.max(0, data.panels.findIndex((each) => each.key === before));
  board.wall.lang = data.lang;
  board.wall.ariaLabel = data.words.title;
  board.head.firstChild.textContent = data.where;
  board.head.lastChild.textContent = data.day;
  board.leave.href = `overview?${new URLSearchParams(data.leave)}`;
  board.leave.ariaLabel = board.leave.title = data.words.leave;
  document.getElementById('root').inert = true;
  draw(board, before === undefined);
  clearInterval(board.watch);
  board.watch = setInterval(() => parentElement.isConnected || lower(board), 1000);
}
