/** What ends each line of a CSV file, also the last (RFC 4180). */
export const CSV_LINE_END = '\r\n';

/** One line of CSV with its end. */
export function csvLine(fields: readonly (string | number)[]): string {
  return fields.map(csvField).join(',') + CSV_LINE_END;
}

/** A field of CSV, quoted where RFC 4180 wants it. */
export function csvField(field: string | number): string {
  const text = String(field);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
