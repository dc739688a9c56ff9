/** The colours and the type of the chart. */
export interface Palette {
  readonly compute: string;
  readonly wait: string;
  readonly sleep: string;
  readonly blocked: string;
  readonly queued: string;
  /** The lanes' colours, taken in turn. */
  readonly lanes: readonly string[];
  readonly grid: string;
  readonly text: string;
  readonly textMuted: string;
  readonly surface: string;
  readonly accent: string;
  /** Text on a block of computing or sleeping. */
  readonly onCompute: string;
  readonly onSleep: string;
  /** Text on each of the lanes' colours. */
  readonly onLanes: readonly string[];
  readonly fontFamily: string;
}

/** The colour of a lane. */
export function laneColour(palette: Palette, lane: number): string {
  return palette.lanes[lane % palette.lanes.length] ?? palette.text;
}

/** The colour of a text on a lane's colour. */
export function textOnLane(palette: Palette, lane: number): string {
  return palette.onLanes[lane % palette.onLanes.length] ?? palette.surface;
}

/** The name of the token with a lane's colour, for style sheets. */
export function laneToken(lane: number): string {
  return `--lane-${(lane % LANE_FALLBACKS.length) + 1}`;
}

/** The tokens' values for a page that defines none, such as one in a test. */
const FALLBACKS = {
  '--kind-compute': '#3fa7d6',
  '--kind-wait': '#e0a03a',
  '--kind-sleep': '#7f8496',
  '--kind-blocked': '#c9c2dc',
  '--kind-queued': '#c2555a',
  '--chart-grid': '#80808040',
  '--chart-text': 'CanvasText',
  '--chart-text-muted': 'GrayText',
  '--chart-surface': 'Canvas',
  '--accent': '#6cb0ff',
} as const;

const LANE_FALLBACKS = [
  '#5ecb8b',
  '#de7fb4',
  '#dccb3e',
  '#9fabbc',
  '#e57724',
  '#46cfc0',
  '#ff8a76',
  '#a79bff',
  '#9dbd3d',
  '#c088f0',
] as const;

/** Reads the palette from the computed style of an element; again whenever the theme changes. */
export function readPalette(style: Pick<CSSStyleDeclaration, 'getPropertyValue'>): Palette {
  const read = (name: string, fallback: string) => {
    const value = style.getPropertyValue(name).trim();
    return value === '' ? fallback : value;
  };
  const token = (name: keyof typeof FALLBACKS) => read(name, FALLBACKS[name]);
  const compute = token('--kind-compute');
  const sleep = token('--kind-sleep');
  const lanes = LANE_FALLBACKS.map((fallback, index) => read(laneToken(index), fallback));
  return {
    compute,
    wait: token('--kind-wait'),
    sleep,
    blocked: token('--kind-blocked'),
    queued: token('--kind-queued'),
    lanes,
    grid: token('--chart-grid'),
    text: token('--chart-text'),
    textMuted: token('--chart-text-muted'),
    surface: token('--chart-surface'),
    accent: token('--accent'),
    onCompute: textOn(compute),
    onSleep: textOn(sleep),
    onLanes: lanes.map(textOn),
    fontFamily: read('font-family', 'sans-serif'),
  };
}

const DARK_TEXT = '#0b1016';
const LIGHT_TEXT = '#ffffff';

/** Whichever of a dark and a light text has more contrast on a colour given as `#rrggbb`. */
export function textOn(colour: string): string {
  const luminance = luminanceOf(colour);
  // WCAG's contrast with black is (L + 0.05) / 0.05, with white 1.05 / (L + 0.05).
  return (luminance + 0.05) ** 2 >= 0.05 * 1.05 ? DARK_TEXT : LIGHT_TEXT;
}

/** WCAG's relative luminance, 0 to 1; 0.5 for a colour of another notation. */
function luminanceOf(colour: string): number {
  const digits = /^#([0-9a-f]{6})$/i.exec(colour)?.[1];
  if (digits === undefined) return 0.5;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
