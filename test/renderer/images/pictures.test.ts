import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../src/renderer/app/bridge.js';
import { readPalette } from '../../../src/renderer/ui/palette.js';
import type { Drawing } from '../../../src/renderer/images/picture.js';
import { Pictures } from '../../../src/renderer/images/pictures.svelte.js';
import { RunStore } from '../../../src/renderer/state/run-store.svelte.js';
import { defaultParameters } from '../../../src/experiment/parameters.js';
import { MACHINE } from '../../fixtures/records.js';
import { wholeRun } from '../messages.js';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const SAVED = { ok: true, value: { status: 'saved', path: '/tmp/picture.png' } };

/** Pictures of a store that shows run 1, whose painter is done when it is told so. */
function hosted(answer: unknown = SAVED) {
  const asked: [string, unknown][] = [];
  const ask = ((name: Parameters<Ask>[0], request: unknown) => {
    asked.push([name, request]);
    return Promise.resolve(answer);
  }) as Ask;
  const info = {
    machine: MACHINE,
    defaults: defaultParameters(2),
    lastParameters: defaultParameters(2),
    compositing: 'software' as const,
    panels: {},
    theme: 'system' as const,
    programs: { problem: null, folder: '/home/me' },
  };
  const store = new RunStore(info, ask);
  for (const message of wholeRun(1)) store.receive(message);
  const paintings: { drawing: Drawing; done: () => void }[] = [];
  const painters = {
    png: (drawing: Drawing) =>
      new Promise<typeof PNG>((resolve) => {
        const done = () => {
          resolve(PNG);
        };
        paintings.push({ drawing, done });
      }),
    svg: () => Promise.reject(new Error('no room')),
  };
  const pictures = new Pictures(store, ask, painters, () => new Date(2026, 2, 9));
  const sketch = {
    configuration: { type: 'bar' as const, data: { datasets: [] } },
    widthPx: 640,
    heightPx: 200,
    palette: readPalette({ getPropertyValue: () => '' }),
  };
  pictures.offer('timeline', { sketch: () => sketch, says: () => 'All there is' });
  return { store, pictures, asked, paintings };
}

describe('a picture', () => {
  it('is named after the run that it shows, whichever is shown when it has been painted', async () => {
    const { store, pictures, asked, paintings } = hosted();
    const saved = pictures.save('timeline', 'png');
    const [painting] = paintings;
    for (const message of wholeRun(2)) store.receive(message);
    expect(store.shown?.run).toBe(2);
    painting?.done();
    await saved;
    expect(painting?.drawing.caption[0]).toMatch(/^Run 1: /);
    const name = 'gilscope-2026-03-09-no-lock-12x16-2-threads-timeline';
    expect(asked).toEqual([['savePicture', { name, picture: { format: 'png', bytes: PNG } }]]);
    expect(store.state.notice).toBe('Saved the timeline as PNG to /tmp/picture.png');
  });

  it.each([
    ['that nobody wants to save', { ok: true, value: { status: 'cancelled' } }, 'save', 'saved'],
    ['that cannot be saved', { ok: false, failure: { message: 'no' } }, 'save', 'saved'],
    ['that cannot be copied', { ok: false, failure: { message: 'no' } }, 'copy', 'copied'],
  ] as const)('%s leaves no word of its painting', async (_, answer, way, done) => {
    const { store, pictures, paintings } = hosted(answer);
    const saved = pictures[way]('timeline', 'png');
    expect(store.state.notice).toMatch(/^Painting/);
    paintings[0]?.done();
    await saved;
    expect(store.state.notice).toBe(`The timeline as PNG was not ${done}`);
    expect(store.state.failure).toEqual(answer.ok ? null : answer.failure);
  });

  it('that cannot be painted leaves no word of its painting', async () => {
    const { store, pictures } = hosted();
    await pictures.save('timeline', 'svg');
    expect(store.state.notice).toBe('The timeline as SVG was not painted');
    expect(store.state.failure?.message).toBe('No picture of the timeline: no room');
  });
});
