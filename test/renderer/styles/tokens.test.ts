import { readFileSync } from 'node:fs';
import { converter, differenceCiede2000, wcagContrast, type Lrgb } from 'culori';
import { describe, expect, it } from 'vitest';

/** Two colours that lie side by side are told apart at a glance from here on, as CIEDE2000 counts. */
const LEAST_DIFFERENCE = 10;
/** WCAG 2.2's level AA: 1.4.3 for text, 1.4.11 for graphics and the bounds of controls. */
const TEXT_CONTRAST = 4.5;
const GRAPHIC_CONTRAST = 3;

type Row = readonly [red: number, green: number, blue: number];

/**
 * Complete colour deficiency as matrices on linear RGB: Machado, Oliveira and Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), 2009,
 * severity 1.0.
 */
const SIGHTS: Readonly<Record<string, readonly [Row, Row, Row]>> = {
  'full colour vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const css = readFileSync(
  new URL('../../../src/renderer/styles/tokens.css', import.meta.url),
  'utf8',
);
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
const THEMES = {
  light: coloursIn(light),
  dark: new Map([...coloursIn(light), ...coloursIn(dark)]),
};

/** The tokens of a style sheet whose values are colours in hexadecimal. */
function coloursIn(sheet: string): Map<string, string> {
  const declared = sheet.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g);
  return new Map([...declared].map(([, name = '', value = '']) => [name, value]));
}

function colourOf(theme: ReadonlyMap<string, string>, token: string): string {
  const colour = theme.get(token);
  if (colour === undefined) throw new Error(`tokens.css has no colour --${token}`);
  return colour;
}

const toLinear = converter('lrgb');

/** A colour as it is seen with a sight. */
function seen(colour: string, [red, green, blue]: readonly [Row, Row, Row]): Lrgb {
  const light = toLinear(colour);
  if (light === undefined) throw new Error(`${colour} is no colour`);
  const channel = ([r, g, b]: Row) =>
    Math.min(1, Math.max(0, r * light.r + g * light.g + b * light.b));
  return { mode: 'lrgb', r: channel(red), g: channel(green), b: channel(blue) };
}

const KINDS = ['kind-compute', 'kind-wait', 'kind-sleep', 'kind-blocked', 'kind-queued'];
const LANES = Array.from({ length: 10 }, (_, index) => `lane-${index + 1}`);

/** The kinds, of which any two may lie side by side, and the lanes, which lie in turn. */
const NEIGHBOURS: readonly (readonly [string, string])[] = [
  ...KINDS.flatMap((one, at) => KINDS.slice(at + 1).map((other) => [one, other] as const)),
  ...LANES.map((lane, index) => [lane, LANES[(index + 1) % LANES.length] ?? ''] as const),
];

const TEXTS = ['text', 'text-muted', 'accent', 'danger', 'caution'].flatMap((text) =>
  ['surface', 'surface-raised', 'surface-sunken', 'surface-hover'].map((on) => [text, on] as const),
);
const ON_COLOURS = [
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['danger', 'danger-surface'],
  ['text', 'danger-surface'],
] as const;

describe.each(Object.entries(THEMES))('the %s theme', (_name, theme) => {
  it.each(Object.entries(SIGHTS))('tells neighbours in the chart apart: %s', (_sight, matrix) => {
    const difference = differenceCiede2000();
    const sight = (token: string) => seen(colourOf(theme, token), matrix);
    const close = NEIGHBOURS.filter(
      ([one, other]) => difference(sight(one), sight(other)) < LEAST_DIFFERENCE,
    );
    expect(close).toEqual([]);
  });

  it.each([...TEXTS, ...ON_COLOURS])('--%s can be read on --%s', (text, surface) => {
    const contrast = wcagContrast(colourOf(theme, text), colourOf(theme, surface));
    expect(contrast).toBeGreaterThanOrEqual(TEXT_CONTRAST);
  });

  it.each([...KINDS, ...LANES, 'line-strong'])(
    '--%s stands out from the chart’s ground',
    (token) => {
      const contrast = wcagContrast(colourOf(theme, token), colourOf(theme, 'surface-raised'));
      expect(contrast).toBeGreaterThanOrEqual(GRAPHIC_CONTRAST);
    },
  );
});
