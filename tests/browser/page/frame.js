// What every host does with the frame that its widget is in.

/** Remembers what the widget asked for. */
export function note({ seen }, kind, params) {
  seen.push({ kind, ...params, at: performance.now() });
}

/** Gives the frame the size that the widget reports, as far as the place allows. */
export function resize(view, { width, height }) {
  note(view, 'size', { width, height });
  const { displayMode, containerDimensions: { height: fixed, maxHeight = Infinity } = {} } = view.context;
  if (height === undefined || fixed || displayMode === 'fullscreen') return;
  view.iframe.style.height = `${Math.min(height, maxHeight)}px`;
}

/** Moves the frame to another place: the whole page, or back among the words. */
export function place(view, displayMode) {
  const { iframe, context, width } = view;
  const fullscreen = displayMode === 'fullscreen';
  iframe.classList.toggle('fullscreen', fullscreen);
  const dimensions = fullscreen ? { width: innerWidth, height: innerHeight } : { width, maxHeight: 4000 };
  view.context = { ...context, displayMode, containerDimensions: dimensions };
}
