import { stringify } from 'csv-stringify/sync';

/** What ends each line of a CSV file, also the last (RFC 4180). */
export const CSV_LINE_END = '\r\n';

/** One line of CSV with its end; fields are quoted where RFC 4180 wants it. */
export function csvLine(fields: readonly (string | number)[]): string {
  return stringify([[...fields]], { record_delimiter: 'windows' });
}
