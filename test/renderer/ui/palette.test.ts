import { describe, expect, it } from 'vitest';
import { laneColour, laneToken, readPalette, textOn } from '../../../src/renderer/ui/palette.js';

function styleOf(tokens: Record<string, string>) {
  return { getPropertyValue: (name: string) => tokens[name] ?? '' };
}

describe('the palette', () => {
  it('is what the style sheet says', () => {
    const palette = readPalette(
      styleOf({ '--kind-wait': ' #b8740a ', '--lane-2': '#b8457f', 'font-family': 'Inter' }),
    );
    expect(palette.wait).toBe('#b8740a');
    expect(palette.lanes[1]).toBe('#b8457f');
    expect(palette.fontFamily).toBe('Inter');
  });

  it('has a colour for each of its parts where the style sheet says nothing', () => {
    const palette = readPalette(styleOf({}));
    for (const value of Object.values(palette).flat()) expect(value).not.toBe('');
    expect(new Set(palette.lanes).size).toBe(10);
  });

  it('takes the lanes’ colours in turn, on the canvas as in style sheets', () => {
    const palette = readPalette(styleOf({ '--lane-1': 'red' }));
    expect(laneColour(palette, 0)).toBe('red');
    expect(laneColour(palette, 20)).toBe('red');
    expect(laneColour(palette, 1)).not.toBe('red');
    expect([0, 9, 10].map(laneToken)).toEqual(['--lane-1', '--lane-10', '--lane-1']);
  });
});

it.each([
  ['#3fa7d6', '#0b1016'],
  ['#1b3a5c', '#ffffff'],
  ['#ffffff', '#0b1016'],
  ['#000000', '#ffffff'],
])('text on %s is %s', (colour, text) => {
  expect(textOn(colour)).toBe(text);
});
