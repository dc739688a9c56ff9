/** Tells of every change between the dark and the light theme; gives what ends that. */
export function onTheme(changed: () => void): () => void {
  const theme = matchMedia('(prefers-color-scheme: dark)');
  theme.addEventListener('change', changed);
  return () => {
    theme.removeEventListener('change', changed);
  };
}
