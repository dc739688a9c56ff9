/** What changes the colours of the page, and so those of its charts. */
const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

/** Tells of every change between the themes; gives what ends that. */
export function onTheme(changed: () => void): () => void {
  const themes = QUERIES.map((query) => matchMedia(query));
  for (const theme of themes) theme.addEventListener('change', changed);
  return () => {
    for (const theme of themes) theme.removeEventListener('change', changed);
  };
}
