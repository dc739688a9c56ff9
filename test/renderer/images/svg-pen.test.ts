import { expect, it } from 'vitest';
import { SvgPen } from '../../../src/renderer/images/svg-pen.js';

/** A pen for a small picture, and the dashes of its strokes, in order; null for one without. */
function penWithDashes() {
  const pen = new SvgPen(100, 100, () => ({ width: 0 }) as TextMetrics);
  const dashes = () =>
    [...pen.toSvg('').matchAll(/<path [^>]*fill="none"[^>]*>/g)].map(
      ([path]) => /stroke-dasharray="([^"]*)"/.exec(path)?.[1] ?? null,
    );
  return { pen, dashes };
}

it('restores the dashes of lines with all else', () => {
  const { pen, dashes } = penWithDashes();
  pen.setLineDash([2, 2]);
  pen.save();
  pen.setLineDash([6, 3]);
  pen.strokeRect(0, 0, 10, 10);
  pen.restore();
  pen.strokeRect(0, 0, 10, 10);
  expect(dashes()).toEqual(['6 3', '2 2']);
});
