import { afterEach, expect, it, vi } from 'vitest';
import { onPixelRatio } from '../../../src/renderer/ui/pixel-ratio.js';

/** A screen whose pixel ratio changes; as with the page's own, a query hears of its ratio alone. */
class Screen {
  readonly queries = new Map<string, EventTarget>();

  show(ratio: number): void {
    const last = [...this.queries.values()].at(-1);
    vi.stubGlobal('devicePixelRatio', ratio);
    last?.dispatchEvent(new Event('change'));
  }

  readonly matchMedia = (text: string): EventTarget => {
    const query = new EventTarget();
    this.queries.delete(text);
    this.queries.set(text, query);
    return query;
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('every change of the pixel ratio is heard of, until it is no longer wanted', () => {
  const screen = new Screen();
  vi.stubGlobal('matchMedia', screen.matchMedia);
  screen.show(1);
  const heard: number[] = [];
  const end = onPixelRatio(() => heard.push(devicePixelRatio));
  for (const ratio of [1.25, 2, 1.100000023841858, 2]) screen.show(ratio);
  expect(heard).toEqual([1.25, 2, 1.100000023841858, 2]);
  expect([...screen.queries.keys()]).toContain('(resolution: 1.100000023841858dppx)');
  end();
  screen.show(3);
  expect(heard).toHaveLength(4);
});
