import type { MapMeasure } from '../../sweep/heat-map.js';
import { textOn, type Palette } from '../ui/palette.js';

/** The colours of a map: from faint to strong, a hue for each thing that is shown. */

type Rgb = readonly [red: number, green: number, blue: number];

/** How strong the least and the greatest value are, as shares of the full colour on the ground. */
const FAINTEST = 0.1;
const STEPS = 64;

/** The colours of a measure from its least to its greatest value, and the colour of a text on each. */
export interface ColourScale {
  readonly colours: readonly string[];
  readonly texts: readonly string[];
}

/** Makes the colours of a measure. */
export function colourScale(measure: MapMeasure, palette: Palette): ColourScale {
  const [ground, full] = [rgbOf(palette.surface), rgbOf(fullColour(measure, palette))];
  const colours = Array.from({ length: STEPS }, (_, step) =>
    mixed(ground, full, FAINTEST + (1 - FAINTEST) * (step / (STEPS - 1))),
  );
  return { colours, texts: colours.map(textOn) };
}

/** The place in a scale of a value between the least and the greatest. */
export function stepOf(value: number, [least, most]: readonly [number, number]): number {
  const share = most > least ? (value - least) / (most - least) : 1;
  return Math.round((STEPS - 1) * Math.min(1, Math.max(0, share)));
}

function fullColour(measure: MapMeasure, palette: Palette): string {
  const colours = {
    speedUp: palette.compute,
    efficiency: palette.lanes[0] ?? palette.compute,
    waiting: palette.wait,
    noise: palette.sleep,
  } as const satisfies Record<MapMeasure, string>;
  return colours[measure];
}

/** The parts of a colour given as `#rrggbb`; grey for one of another notation, such as a system's. */
function rgbOf(colour: string): Rgb {
  const digits = /^#([0-9a-f]{6})$/i.exec(colour)?.[1] ?? '808080';
  const part = (at: number) => Number.parseInt(digits.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

function mixed(from: Rgb, to: Rgb, share: number): string {
  const part = (index: 0 | 1 | 2) =>
    Math.round(from[index] + share * (to[index] - from[index]))
      .toString(16)
      .padStart(2, '0');
  return `#${part(0)}${part(1)}${part(2)}`;
}
