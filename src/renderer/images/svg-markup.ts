import type { HatchStyle } from '../timeline/paint/hatch.js';

/** How what a pen draws is written as SVG: numbers, colours, patterns and text. */

/** A number with at most two decimals. */
export function decimal(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** A text as markup has it, also within quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** `fill="#1558b8" fill-opacity="0.33"`: alpha beside the colour, as older readers want it. */
export function paintOf(attribute: 'fill' | 'stroke', colour: string, alpha: number): string {
  const [, plain = colour, hex] = /^(#[0-9a-f]{6})([0-9a-f]{2})$/i.exec(colour) ?? [];
  const opacity = alpha * (hex === undefined ? 1 : Number.parseInt(hex, 16) / 255);
  const share = opacity === 1 ? '' : ` ${attribute}-opacity="${decimal(opacity)}"`;
  return `${attribute}="${escaped(plain)}"${share}`;
}

/** A pattern of thin diagonal lines over a faint ground. */
export function hatchPattern(id: string, colour: string, style: HatchStyle): string {
  const { tilePx, groundAlpha, lineAlpha, linePx } = style;
  const lines = [-tilePx, 0, tilePx]
    .map((shift) => `M${shift - tilePx} ${2 * tilePx}L${shift + 2 * tilePx} ${-tilePx}`)
    .join('');
  return (
    `<pattern id="${id}" width="${tilePx}" height="${tilePx}" patternUnits="userSpaceOnUse">` +
    `<rect width="${tilePx}" height="${tilePx}" fill="${colour}" fill-opacity="${groundAlpha}"/>` +
    `<path d="${lines}" stroke="${colour}" stroke-width="${linePx}" stroke-opacity="${lineAlpha}"/>` +
    '</pattern>'
  );
}

/** Where a line of text lies over its y, in parts of the font's size; alike in every reader. */
const BASELINES: Readonly<Record<string, number>> = {
  top: 0.8,
  hanging: 0.8,
  middle: 0.35,
  alphabetic: 0,
  bottom: -0.2,
  ideographic: -0.2,
};
const ANCHORS: Readonly<Record<string, string>> = { center: 'middle', right: 'end', end: 'end' };

/** A line of text: where it stands and how it is turned, and its style as a 2D context has that. */
export interface TextLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly degrees: number;
  readonly font: string;
  readonly align: string;
  readonly baseline: string;
  /** The attributes that `paintOf` returns. */
  readonly fill: string;
}

/** A line of text as an element. */
export function textElement(line: TextLine): string {
  const { style, sizePx, family } = fontOf(line.font);
  const [x, y] = [decimal(line.x), decimal(line.y)];
  const anchor = ANCHORS[line.align];
  const attributes = [
    `x="${x}"`,
    `y="${y}"`,
    `dy="${decimal((BASELINES[line.baseline] ?? 0) * sizePx)}"`,
    `font-size="${decimal(sizePx)}"`,
    `font-family="${escaped(family)}"`,
    ...(/bold|[5-9]00/.test(style) ? ['font-weight="bold"'] : []),
    ...(anchor === undefined ? [] : [`text-anchor="${anchor}"`]),
    ...(line.degrees === 0 ? [] : [`transform="rotate(${decimal(line.degrees)} ${x} ${y})"`]),
    line.fill,
  ];
  return `<text ${attributes.join(' ')}>${escaped(line.text)}</text>`;
}

/** The parts of a CSS font that the charts use. */
function fontOf(font: string): { style: string; sizePx: number; family: string } {
  const [, style = '', size = '10', family = 'sans-serif'] =
    /^(.*?)([\d.]+)px(?:\/\S+)?\s+(.+)$/.exec(font) ?? [];
  return { style, sizePx: Number(size), family };
}
