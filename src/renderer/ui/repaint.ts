/** What changes the colours of the page, and so those of its charts. */
const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

/**
 * Has a chart painted again whenever its colours change, and where what was painted is lost. Returns the
 * function that ends that.
 */
export function onRepaint(paint: () => void): () => void {
  const themes = QUERIES.map((query) => matchMedia(query));
  for (const theme of themes) theme.addEventListener('change', paint);
  const end = onGraphicsRestored(paint);
  return () => {
    end();
    for (const theme of themes) theme.removeEventListener('change', paint);
  };
}

/**
 * Calls a listener where the graphics process was lost, with what canvases showed, and another has
 * taken its place. Returns the function that ends that.
 */
export function onGraphicsRestored(listener: () => void): () => void {
  // The event does not bubble, but is seen on its way down to its canvas.
  window.addEventListener('contextrestored', listener, true);
  return () => {
    window.removeEventListener('contextrestored', listener, true);
  };
}
