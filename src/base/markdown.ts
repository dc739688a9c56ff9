/** A text with what Markdown would take for its own, as it is. */
export function markdownEscaped(text: string): string {
  return text.replace(/[\\`*_|<>[\]]/g, '\\$&');
}
