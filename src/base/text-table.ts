/** How a column stands: text to the left, figures to the right. */
export type Alignment = 'left' | 'right';

/** Spaces between columns. */
const GAP = '  ';

/** Lines of cells in aligned columns, without trailing spaces. Missing cells are empty. */
export function alignTable(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
): string[] {
  const widths = alignments.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    alignments
      .map((alignment, column) => {
        const cell = row[column] ?? '';
        const width = widths[column] ?? 0;
        return alignment === 'left' ? cell.padEnd(width) : cell.padStart(width);
      })
      .join(GAP)
      .trimEnd(),
  );
}

/** Blocks of lines with an empty line between them; blocks without lines are left out. */
export function joinBlocks(blocks: readonly (readonly string[])[]): string {
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}
