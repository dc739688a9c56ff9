import { describe, expect, it } from 'vitest';
import type { Engine, RunListener, RunOutcome } from '../../src/main/engine/index.js';
import { MemoryError } from '../../src/main/engine/index.js';
import { RunService, failureOf } from '../../src/main/run-service.js';
import { SpanStream, type StreamPort } from '../../src/main/span-stream.js';
import type { StreamMessage } from '../../src/shared/contract.js';
import type { Parameters } from '../../src/shared/parameters.js';
import { MACHINE } from '../fixtures/records.js';
import { smallRun } from '../fixtures/parameters.js';

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

function serviceOn(engine: Engine) {
  const posted: StreamMessage[] = [];
  const stream = new SpanStream();
  const port: StreamPort = {
    postMessage: (message) => posted.push(message),
    on: () => undefined,
    start: () => undefined,
    close: () => undefined,
  };
  stream.connect(port);
  return { service: new RunService(Promise.resolve(engine), stream), posted };
}

describe('the run service', () => {
  it('tells on the stream that a run failed after it started', async () => {
    const { service, posted } = serviceOn(engineThat(() => Promise.reject(new Error('it broke'))));
    await expect(service.start(smallRun())).resolves.toBe(1);
    await Promise.resolve();
    expect(posted.map((message) => message.type)).toEqual(['started', 'ended']);
    expect(posted[1]).toMatchObject({ outcome: 'failed', failure: { message: 'it broke' } });
  });

  it('fails the request where the run does not start', async () => {
    const engine = { run: () => Promise.reject(new MemoryError(10, 5)) } as unknown as Engine;
    const { service, posted } = serviceOn(engine);
    await expect(service.start(smallRun())).rejects.toThrow(MemoryError);
    expect(posted).toEqual([]);
  });

  it('names the run that it does not have', () => {
    const { service } = serviceOn(engineThat(() => new Promise(() => undefined)));
    expect(() => service.record(7)).toThrow('Run 7');
  });
});

describe('a failure for the user', () => {
  it('points at the field where memory is short', () => {
    expect(failureOf(new MemoryError(10, 5)).parameter).toBe('matrices');
  });

  it('has words for anything thrown', () => {
    expect(failureOf('plain text')).toEqual({ message: 'plain text' });
  });
});
