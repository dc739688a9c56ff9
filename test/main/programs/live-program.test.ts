import { describe, expect, it } from 'vitest';
import type { StreamMessage } from '../../../src/ipc/index.js';
import { LiveProgram } from '../../../src/main/programs/live-program.js';
import { Pacer } from '../../../src/main/runs/pacer.js';
import { SpanStream } from '../../../src/main/runs/span-stream.js';
import { decodeSpans, encodeSpans, type Span } from '../../../src/recording/spans.js';
import type { ThreadChange } from '../../../src/sampling/messages.js';
import { MACHINE } from '../../fixtures/records.js';
import { span } from '../../fixtures/timelines.js';

/** A live program on a clock that the test sets, and what the page is told. */
function liveProgram() {
  const posted: StreamMessage[] = [];
  const at = { ms: 0 };
  const stream = new SpanStream(() => at.ms);
  stream.connect(
    {
      postMessage: (message) => {
        if (message.type !== 'history') posted.push(message);
      },
      on: () => undefined,
      start: () => undefined,
      close: () => undefined,
    },
    [],
  );
  const pacer = new Pacer(
    stream,
    () => 0,
    () => at.ms,
  );
  pacer.begin(1, 2);
  const live = new LiveProgram({
    command: ['python3', 'app.py'],
    machine: MACHINE,
    stream,
    pacer,
    tell: (message) => {
      stream.send(message);
    },
    now: () => at.ms,
  });
  live.begin(3);
  live.onFound(PYTHON);
  const later = (ms: number) => {
    at.ms += ms;
  };
  const shown = (): Span[] =>
    posted.flatMap((message) => (message.type === 'spans' ? [...decodeSpans(message.words)] : []));
  return { live, posted, later, shown };
}

const PYTHON = {
  ...{ pid: 40, command: ['python3', 'app.py'], python: '3.11.2' },
  executable: '/usr/bin/python3.11',
  gil: 'enabled',
} as const;

const thread = (lane: number, name = `Thread-${lane}`): ThreadChange => ({
  ...{ lane, name, pid: 40, tid: 40 + lane },
  native: false,
  lock: 0,
});

const words = (...spans: Span[]) => encodeSpans(spans);

describe('a program while it is recorded', () => {
  it('has a lane for each thread as it comes, under its name', () => {
    const { live, posted, later } = liveProgram();
    live.onThreads([thread(0, 'MainThread')]);
    later(40);
    live.onThreads([thread(1, 'worker')]);
    const lanes = posted.flatMap((message) =>
      message.type === 'described' ? [message.about.description.lanes] : [],
    );
    expect(lanes).toEqual([['MainThread'], ['MainThread', 'worker']]);
  });

  it('shows what goes on as far as it has come, each time what is new of it', () => {
    const { live, shown, later } = liveProgram();
    live.onThreads([thread(0)]);
    live.onOpen(words(span(0, 'hold', 0, 30, 2)));
    later(60);
    live.onOpen(words(span(0, 'hold', 0, 70, 2)));
    later(60);
    live.onSpans(words(span(0, 'hold', 0, 100, 2), span(0, 'wait', 100, 110, 2)));
    later(60);
    live.onOpen(words(span(0, 'wait', 100, 150, 2)));
    expect(shown()).toEqual([
      span(0, 'hold', 0, 30, 2),
      span(0, 'hold', 30, 70, 2),
      span(0, 'hold', 70, 100, 2),
      span(0, 'wait', 100, 110, 2),
      span(0, 'wait', 110, 150, 2),
    ]);
  });

  it('shows spans of a thread only once the page knows its lane', () => {
    const { live, posted, later } = liveProgram();
    live.onThreads([thread(0)]);
    live.onSpans(words(span(1, 'hold', 0, 10, 0)));
    later(60);
    live.onSpans(words(span(0, 'wait', 0, 10, 0)));
    expect(posted.some(({ type }) => type === 'spans')).toBe(false);
    live.onThreads([thread(1)]);
    const types = posted.map(({ type }) => type);
    expect(types.lastIndexOf('described')).toBeLessThan(types.indexOf('spans'));
  });

  it('is described no oftener the more threads there are', () => {
    const { live, posted, later } = liveProgram();
    let lanes = 0;
    for (let ms = 0; ms < 4000; ms += 10) {
      const changes = Array.from({ length: 10 }, () => thread(lanes++));
      live.onThreads(changes);
      later(10);
    }
    expect(posted.filter(({ type }) => type === 'described').length).toBeLessThan(25);
  });

  it('is shown from its beginning to a page that was loaded again', () => {
    const { live, posted, shown, later } = liveProgram();
    live.onThreads([thread(0)]);
    const whole = words(span(0, 'hold', 0, 100, 2));
    live.onSpans(whole);
    later(60);
    posted.length = 0;
    live.resume([whole]);
    expect(posted[0]).toMatchObject({ type: 'timeline', run: 3, lanes: 1 });
    expect(shown()).toEqual([span(0, 'hold', 0, 100, 2)]);
  });
});
