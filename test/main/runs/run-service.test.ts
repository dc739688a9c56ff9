import { describe, expect, it, vi } from 'vitest';
import type { Engine, RunListener, RunOutcome } from '../../../src/engine/index.js';
import { MemoryError } from '../../../src/engine/index.js';
import { RecordingCache } from '../../../src/main/recordings/recording-cache.js';
import { EntryList } from '../../../src/main/recordings/entry-list.js';
import { Session } from '../../../src/main/recordings/session.js';
import { RunService } from '../../../src/main/runs/run-service.js';
import { Pacer } from '../../../src/main/runs/pacer.js';
import { SpanStream, type StreamPort } from '../../../src/main/runs/span-stream.js';
import type { StreamMessage } from '../../../src/ipc/index.js';
import type { Parameters } from '../../../src/experiment/parameters.js';
import { SPAN_WORDS } from '../../../src/recording/spans.js';
import { smallRun } from '../../fixtures/parameters.js';
import { MACHINE, recordOf } from '../../fixtures/records.js';

/** An engine whose one method is the test's. */
function engineThat(run: (listener: RunListener) => Promise<RunOutcome>): Engine {
  const engine = {
    machine: MACHINE,
    run: (parameters: Parameters, listener: RunListener) => {
      listener.onStarted?.(1, parameters);
      return run(listener);
    },
  };
  return engine as unknown as Engine;
}

function serviceOn(engine: Engine, kept?: RecordingCache) {
  const posted: StreamMessage[] = [];
  const stream = new SpanStream();
  const port: StreamPort = {
    postMessage: (message) => {
      if (message.type !== 'history') posted.push(message);
    },
    on: () => undefined,
    start: () => undefined,
    close: () => undefined,
  };
  stream.connect(port, []);
  const session = new Session(stream, kept);
  const list = new EntryList(session);
  const pacer = new Pacer(stream, () => 0);
  const service = new RunService(Promise.resolve(engine), stream, pacer, session, list);
  return { service, session, posted };
}

describe('the run service', () => {
  it('tells on the stream that a run failed after it started', async () => {
    const { service, posted } = serviceOn(engineThat(() => Promise.reject(new Error('it broke'))));
    await expect(service.start({ parameters: smallRun(), inPlaceOf: null })).resolves.toBe(1);
    await Promise.resolve();
    expect(posted.map((message) => message.type)).toEqual(['started', 'ended']);
    expect(posted[1]).toMatchObject({ outcome: 'failed', failure: { message: 'it broke' } });
  });

  it('fails the request where the run does not start', async () => {
    const engine = { run: () => Promise.reject(new MemoryError(10, 5)) } as unknown as Engine;
    const { service, posted } = serviceOn(engine);
    await expect(service.start({ parameters: smallRun(), inPlaceOf: null })).rejects.toThrow(
      MemoryError,
    );
    expect(posted).toEqual([]);
  });

  it('starts no workers ahead where there is no engine to start them', async () => {
    const stream = new SpanStream();
    const engine = Promise.reject(new Error('there is no kernel'));
    const session = new Session(stream);
    const list = new EntryList(session);
    const pacer = new Pacer(stream, () => 0);
    const service = new RunService(engine, stream, pacer, session, list);
    await expect(service.warm()).resolves.toBeUndefined();
    await expect(service.defaults()).rejects.toThrow('there is no kernel');
  });

  it('gives a run the place of an earlier one, which pages to come are not told of', async () => {
    const record = recordOf();
    const engine = engineThat(() => Promise.resolve({ run: 9, outcome: 'done', record }));
    const { service, session, posted } = serviceOn(engine);
    await expect(service.start({ parameters: smallRun(), inPlaceOf: null })).resolves.toBe(1);
    await vi.waitFor(() => {
      expect(posted.at(-1)?.type).toBe('ended');
    });
    const parameters = smallRun({ matrices: 7 });
    await expect(service.start({ parameters, inPlaceOf: 1 })).resolves.toBe(1);
    await vi.waitFor(() => {
      expect(posted.at(-1)?.type).toBe('ended');
    });
    expect(session.history.map(({ type }) => type)).toEqual(['started', 'ended']);
    expect(session.history[0]).toMatchObject({ run: 1, about: { source: { parameters } } });
    expect(service.recording(1).number).toBe(1);
    await expect(service.start({ parameters, inPlaceOf: 5 })).rejects.toThrow('no run 5');
  });

  it('says whose spans were let go', async () => {
    const words = new Float64Array(SPAN_WORDS);
    const record = recordOf();
    const repeats = record.repeats.map((repeat) => ({ ...repeat, spans: [words] }));
    const engine = engineThat(() =>
      Promise.resolve({ run: 9, outcome: 'done', record: { ...record, repeats } }),
    );
    const { service, posted } = serviceOn(engine, new RecordingCache(words.byteLength * 2));
    for (const run of [1, 2]) {
      await service.start({ parameters: smallRun(), inPlaceOf: null });
      await vi.waitFor(() => {
        expect(posted).toContainEqual(expect.objectContaining({ type: 'ended', run }));
      });
    }
    expect(posted.filter(({ type }) => type === 'spansEvicted')).toEqual([
      { type: 'spansEvicted', run: 1 },
    ]);
  });

  it('refuses a second run while one is on', async () => {
    const { service } = serviceOn(engineThat(() => new Promise(() => undefined)));
    await service.start({ parameters: smallRun(), inPlaceOf: null });
    await expect(service.startComparison(smallRun())).rejects.toThrow('A run is on already');
  });

  it('names the run that it does not have', () => {
    const { service } = serviceOn(engineThat(() => new Promise(() => undefined)));
    expect(() => service.recording(7)).toThrow('Run 7');
  });
});
