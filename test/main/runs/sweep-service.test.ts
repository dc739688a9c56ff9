import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/engine/index.js';
import type { StreamMessage } from '../../../src/ipc/index.js';
import { formatOf, SWEEP_FORMATS } from '../../../src/formats/registry.js';
import { EntryList } from '../../../src/main/recordings/entry-list.js';
import { Session } from '../../../src/main/recordings/session.js';
import { Pacer } from '../../../src/main/runs/pacer.js';
import { SpanStream } from '../../../src/main/runs/span-stream.js';
import { SweepService } from '../../../src/main/runs/sweep-service.js';
import { sweepFindings } from '../../../src/cli/sweep-findings.js';
import { cellsOf, type Axes } from '../../../src/sweep/axes.js';
import { WHOLE } from '../../../src/sweep/plan.js';
import { builtEngine } from '../../fixtures/engine.js';
import { smallAxes } from '../../fixtures/sweeps.js';
import { eachInFolder } from '../../fixtures/temporary-folder.js';

const target = vi.hoisted(() => ({ path: '' }));
vi.mock('electron', () => ({
  app: { getPath: () => '/nowhere', on: () => undefined },
  BrowserWindow: { getFocusedWindow: () => null, getAllWindows: () => [] },
  dialog: {
    showSaveDialog: () => Promise.resolve({ canceled: target.path === '', filePath: target.path }),
  },
}));

/** Four cells of tasks that take next to nothing. */
const AXES = smallAxes({
  ...{ threads: [1, 2], lock: ['none', 'gil-held'], matrices: [6], size: [4] },
  ...{ maxIterations: [20], repeats: [3] },
});

let engine: Engine;
beforeAll(async () => {
  engine = await builtEngine();
});
afterAll(() => engine.close());
let folder: string;
eachInFolder((made) => {
  folder = made;
});

/** A service on the engine, and what the page is told. */
function serviceOn(
  onMessage: (message: StreamMessage, session: Session) => void = () => undefined,
) {
  const posted: StreamMessage[] = [];
  const stream = new SpanStream();
  const session = new Session(stream);
  stream.connect(
    {
      postMessage: (message) => {
        if (message.type === 'history') return;
        posted.push(message);
        onMessage(message, session);
      },
      on: () => undefined,
      start: () => undefined,
      close: () => undefined,
    },
    [],
  );
  const entries = new EntryList(session);
  const pacer = new Pacer(stream, () => 0);
  const service = new SweepService({
    ...{ engine: Promise.resolve(engine), stream, pacer, session, entries },
  });
  return { service, session, entries, posted };
}

/** The last message, once the sweep has ended. */
async function endOf(service: SweepService, axes: Axes, posted: readonly StreamMessage[]) {
  await service.start(axes);
  return vi.waitFor(
    () => {
      const last = posted.find(({ type }) => type === 'swept');
      if (last?.type !== 'swept') throw new Error('it has not ended');
      return last;
    },
    { timeout: 30_000, interval: 5 },
  );
}

describe('a sweep of the window', () => {
  it('tells what it found as rounds end, and is an entry of the list with its cells', async () => {
    const { service, session, entries, posted } = serviceOn();
    const swept = await endOf(service, AXES, posted);
    const [begun, first] = posted.filter(({ type }) => type === 'sweeping');
    expect(begun).toEqual({ type: 'sweeping', sweep: 1, axes: AXES, findings: null });
    expect(first).toMatchObject({ findings: { rounds: 1, cells: [{}, {}, {}, {}] } });
    const now = posted.find(({ type }) => type === 'sweepProgress');
    expect(now).toMatchObject({ sweep: 1, round: 1, rounds: 3, cells: 4, leftNs: null });
    expect(swept).toMatchObject({
      ...{ outcome: 'done', failure: null },
      recorded: { entry: { id: 1, kind: 'sweep', runs: [1, 2, 3, 4] }, findings: { rounds: 3 } },
    });
    expect(session.isRunning).toBe(false);
    expect(entries.unsaved).toHaveLength(1);
    // A page that is loaded again is told of its end, and not of each round.
    expect(session.history.map(({ type }) => type)).toEqual(['swept']);
    const { recorded, hasSpans } = service.cell(3);
    const cell = cellsOf(AXES)[2];
    expect(hasSpans).toBe(true);
    expect(recorded.about.source).toMatchObject({
      parameters: { threads: cell?.parameters.threads, lock: cell?.parameters.lock },
    });
    expect(recorded.repeats).toHaveLength(3);
    expect(() => service.cell(5)).toThrow('Run 5');
  });

  it('is stopped at any moment, and keeps its whole rounds', async () => {
    const { service, session, posted } = serviceOn((message) => {
      if (message.type === 'sweeping' && message.findings?.rounds === 1) session.stop();
    });
    const swept = await endOf(service, { ...AXES, repeats: [50] }, posted);
    expect(swept).toMatchObject({ outcome: 'stopped', recorded: { findings: { rounds: 1 } } });
    expect(service.cell(1).recorded.repeats).toHaveLength(1);
  });

  it('leaves no entry where no round of it was whole, and gives its numbers back', async () => {
    const { service, session, posted } = serviceOn((message) => {
      if (message.type === 'sweepProgress') session.stop();
    });
    const swept = await endOf(service, AXES, posted);
    expect(swept).toMatchObject({ outcome: 'stopped', recorded: null });
    expect(session.number()).toBe(1);
  });

  it('is refused while something is running', async () => {
    const { service, session } = serviceOn();
    session.begin();
    await expect(service.start(AXES)).rejects.toThrow('A run is on already');
  });

  it('says why it failed', async () => {
    const { service, posted, session } = serviceOn();
    const swept = await endOf(service, { ...AXES, matrices: [1_000_000], size: [4096] }, posted);
    expect(swept).toMatchObject({ outcome: 'failed', failure: { parameter: 'matrices' } });
    expect(session.isRunning).toBe(false);
  });

  it('is exported as the command line exports it', async () => {
    const { service, session, posted } = serviceOn();
    const swept = await endOf(service, AXES, posted);
    const recordings = [1, 2, 3, 4].map((run) => session.recording(run));
    const file = {
      ...{ kind: 'sweep', machine: engine.machine, note: '', version: '', created: '' },
      ...{ recordings, sweep: { plan: { axes: AXES, untilShare: null }, parts: [WHOLE] } },
    };
    const { exports } = sweepFindings(file as unknown as Parameters<typeof sweepFindings>[0]);
    for (const format of SWEEP_FORMATS) {
      target.path = join(folder, `${format}.${formatOf(format).extension}`);
      const result = await service.export({ id: swept.sweep, format });
      expect(result).toMatchObject({ status: 'saved', path: target.path });
      const text = Array.from((exports[format]?.pieces() ?? []) as Iterable<string>).join('');
      expect(readFileSync(target.path, 'utf8')).toBe(text);
    }
    target.path = '';
    expect(await service.export({ id: 1, format: 'csv' })).toEqual({ status: 'cancelled' });
    await expect(service.export({ id: 9, format: 'csv' })).rejects.toThrow('no entry 9');
  });
});
