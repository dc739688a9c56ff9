/** Returns a text in which what would break a line or colour it is shown as an escape. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, escapeOf);
}

function escapeOf(control: string): string {
  const inJson = JSON.stringify(control).slice(1, -1);
  return inJson === control ? `\\x${control.charCodeAt(0).toString(16)}` : inJson;
}
