import { laneBands, laneTop, type LaneRows, type Section } from '../model/lane-rows.js';
import type { Pen } from './paint-lane.js';
import { laneColour, type Palette } from '../../ui/palette.js';
import { shortened } from '../../../base/shortened.js';
import type { Geometry, Scene } from './scene.js';

/** What stands beside the plot: the rows' names left of it, and right of it how far they scroll. */

/** The part of a 2D context that margins are painted with. */
type MarginPen = Pen & Pick<CanvasRenderingContext2D, 'font'>;

/** Sizes of type, in px, and the height from which on a row has room for the larger one. */
const NAME_PX = 12;
const SMALL_NAME_PX = 11;
const ROOMY_ROW = 18;

/** Places in the gutter left of the plot, in canvas pixels. */
const BAR_LEFT = 4;
const BAR_WIDTH = 3;
const NAME_LEFT = 14;

/** So many characters of a lane's name fit into the gutter. */
const NAME_MOST = 10;

/** The bar that shows how far the lanes are scrolled, in px. */
const SCROLLBAR_WIDTH = 4;
const SCROLLBAR_LEAST = 24;
const SCROLLBAR_GAP = 2;

/** The name of the lock's row, around its middle. */
export function paintLockName(pen: MarginPen, palette: Palette, middle: number): void {
  pen.font = `${NAME_PX}px ${palette.fontFamily}`;
  pen.fillStyle = palette.text;
  pen.fillText('lock', NAME_LEFT, middle);
}

/** The lanes' names, each with a bar in its colour. */
export function paintNames(
  pen: MarginPen,
  rows: LaneRows,
  { lanes }: Section,
  { timeline, palette }: Scene,
): void {
  for (const lane of lanes) {
    const name = shortened(timeline.laneName(lane), NAME_MOST);
    const isRoomy = rows.laneHeight >= ROOMY_ROW && name.length < NAME_MOST;
    pen.font = `${isRoomy ? NAME_PX : SMALL_NAME_PX}px ${palette.fontFamily}`;
    const { block, task } = laneBands(laneTop(rows, lane), rows.laneHeight);
    pen.fillStyle = laneColour(palette, lane);
    pen.fillRect(BAR_LEFT, task.top, BAR_WIDTH, task.height);
    pen.fillStyle = palette.textMuted;
    pen.fillText(
      shortened(timeline.laneName(lane), NAME_MOST),
      NAME_LEFT,
      Math.round(block.top + block.height / 2),
    );
  }
}

/** How far the lanes are scrolled; nothing where all are in sight. */
export function paintScrollbar(pen: MarginPen, { rows, plot }: Geometry, palette: Palette): void {
  if (rows.maxScroll === 0) return;
  const { area, scroll, maxScroll } = rows;
  const height = Math.max(SCROLLBAR_LEAST, area.height ** 2 / (area.height + maxScroll));
  const top = area.top + (scroll / maxScroll) * (area.height - height);
  const left = plot.left + plot.width + SCROLLBAR_GAP;
  pen.globalAlpha = 0.5;
  pen.fillStyle = palette.textMuted;
  pen.beginPath();
  pen.roundRect(left, top, SCROLLBAR_WIDTH, height, SCROLLBAR_WIDTH / 2);
  pen.fill();
  pen.globalAlpha = 1;
}
