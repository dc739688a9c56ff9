import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { APP_ORIGIN } from '../../src/main/app-protocol.js';
import type { RunEngine } from '../../src/engine/index.js';
import { Pacer } from '../../src/main/runs/pacer.js';
import { handleRequests } from '../../src/main/requests.js';
import { createServices } from '../../src/main/services.js';
import { SpanStream } from '../../src/main/runs/span-stream.js';
import {
  answerSchema,
  REQUESTS,
  type Answer,
  type RequestName,
  type RequestOf,
} from '../../src/ipc/index.js';
import { PNG_SIGNATURE } from '../../src/ipc/picture.js';
import { smallRun } from '../fixtures/parameters.js';
import { smallAxes } from '../fixtures/sweeps.js';
import { MACHINE, recordOf } from '../fixtures/records.js';

/** What a page that is no longer Gilscope's own may send: every request, with values of any kind. */

type Handler = (
  event: { senderFrame: { url: string } | null; sender?: unknown },
  input: unknown,
) => Promise<unknown>;

const { handlers } = vi.hoisted(() => ({ handlers: new Map<string, Handler>() }));

vi.mock('electron', () => ({
  app: { getPath: () => '/nowhere', on: () => undefined },
  BrowserWindow: { getFocusedWindow: () => null, getAllWindows: () => [] },
  clipboard: { writeText: () => undefined, writeImage: () => undefined },
  dialog: {
    showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
    showMessageBox: () => Promise.resolve({ response: 2 }),
    showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
  },
  ipcMain: {
    handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
    on: () => undefined,
  },
  Menu: { getApplicationMenu: () => null },
  MessageChannelMain: vi.fn(),
  nativeImage: { createFromBuffer: () => ({ isEmpty: () => true }) },
  nativeTheme: {},
  shell: { openPath: () => Promise.resolve('') },
  protocol: {},
  session: {},
}));
vi.mock('../../src/main/window.js', () => ({ compositing: () => Promise.resolve('software') }));

/** The cases are the same each time. GILSCOPE_FUZZ_RUNS asks for more or fewer of each request. */
const FUZZ = { seed: 2026, numRuns: Number(process.env['GILSCOPE_FUZZ_RUNS'] ?? 100) };

/** A page that can be magnified and printed. */
const sender = {
  getZoomLevel: () => 0,
  setZoomLevel: () => undefined,
  print: (_: unknown, done: (isDone: boolean, reason: string) => void) => {
    done(true, '');
  },
};
const event = { senderFrame: { url: `${APP_ORIGIN}/index.html` }, sender };
const png = Uint8Array.from([...PNG_SIGNATURE, 0, 0, 0, 13]);

/** A request of each kind that is granted, or would be if there were such a run. */
const VALID: { readonly [Name in RequestName]: RequestOf<Name> } = {
  appInfo: null,
  startRun: { parameters: smallRun(), inPlaceOf: null },
  startComparison: smallRun(),
  measureInterpreter: null,
  startSweep: smallAxes({ threads: [1, 2] }),
  sweptCell: 1,
  exportSweep: { id: 1, format: 'walls' },
  interpreters: null,
  runningPrograms: null,
  choosePath: 'script',
  startProgram: {
    program: { kind: 'module', interpreter: '/usr/bin/python3', module: 'this', arguments: ['-v'] },
    folder: '~',
    rate: 4000,
  },
  attachToProgram: { pid: 1, startTicks: 0, rate: 4000 },
  programOutput: 1,
  stopRun: null,
  showRepeat: { run: 1, repeat: 0 },
  analyseRun: { run: 1, baseline: null },
  taskResult: { run: 1, task: 0 },
  exportRuns: {
    runs: [1],
    format: 'spans',
    part: { repeat: 0, range: { startNs: 0, endNs: 9 } },
  },
  openFiles: null,
  openDropped: ['/nowhere/saved.gilscope'],
  openRecent: { place: 0, file: 'saved.gilscope' },
  saveEntry: { id: 1, as: false },
  describeEntry: { id: 1, name: 'a name', note: 'a note\nof two lines' },
  removeEntry: 1,
  restoreEntry: null,
  copyText: 'text',
  copyPicture: { format: 'png', bytes: png },
  savePicture: { name: 'timeline', picture: { format: 'svg', text: '<svg ></svg>' } },
  showInMenu: { enabled: ['run'], on: [] },
  setTheme: 'dark',
  resetSettings: null,
  openLog: null,
  keepParameters: smallRun(),
  keepPanels: { runsPx: 240, analysisPx: 300 },
  print: null,
  magnify: 'larger',
};

/** Values that have broken parsers: huge, deep, circular, of odd types, or with telling names. */
const oddValues = (): unknown[] => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  const deep = Array.from({ length: 5000 }).reduce<unknown>((inner) => [inner], null);
  return [
    ...[circle, deep, undefined, NaN, -0, 2 ** 53, 10n, new Date(NaN), /a/, new Error('x')],
    ...['x'.repeat(200_000), '\0', '../../etc/passwd', '\u202e', '__proto__', '🧵'.repeat(5000)],
    ...[new Array(100_000), Array.from({ length: 20_000 }, () => 'run'), new Float64Array(2 ** 17)],
    ...[new Map([['run', 1]]), new Set([1]), new ArrayBuffer(2 ** 20), new Uint8Array(0)],
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    Object.fromEntries(Array.from({ length: 11_000 }, (_, index) => [`name ${index}`, index])),
  ];
};

const anyValue = fc.oneof(
  fc.constantFrom(...oddValues()),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withObjectString: true,
  }),
);

/** A granted request in which something has been put in another's place, or added. */
function spoilt(valid: unknown): fc.Arbitrary<unknown> {
  if (typeof valid !== 'object' || valid === null || ArrayBuffer.isView(valid)) return anyValue;
  const names = Object.keys(valid);
  const oddNames = ['__proto__', 'constructor', 'toString', 'x'.repeat(100_000), ''];
  const name = fc.constantFrom(...names, ...names, ...oddNames);
  const inside = name.chain((changed) => {
    const now: unknown = Object.hasOwn(valid, changed) ? Reflect.get(valid, changed) : null;
    return fc.oneof(anyValue, spoilt(now)).map((value) => withValue(valid, changed, value));
  });
  return fc.oneof({ weight: 4, arbitrary: inside }, { weight: 1, arbitrary: anyValue });
}

function withValue(valid: object, name: string, value: unknown): unknown {
  const copy: object = Array.isArray(valid) ? [...(valid as unknown[])] : { ...valid };
  // As its own property, also where it is called __proto__.
  Object.defineProperty(copy, name, { value, enumerable: true, configurable: true });
  return copy;
}

/** An engine whose runs end at once. */
function quickEngine(): RunEngine {
  const engine: Partial<RunEngine> = {
    machine: MACHINE,
    run: (parameters, listener) => {
      listener?.onStarted?.(1, parameters);
      return Promise.resolve({ run: 1, outcome: 'done', record: recordOf() });
    },
    stop: () => undefined,
    warm: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return engine as RunEngine;
}

async function ask(name: RequestName, input: unknown): Promise<Answer<unknown>> {
  const handler = handlers.get(REQUESTS[name].channel);
  const answer = await handler?.(event, input);
  const response = REQUESTS[name].response as v.GenericSchema;
  return v.parse(answerSchema(response), answer);
}

/** What arrives of a value at the other process; nothing where it cannot be sent. */
function arrived(value: unknown): { readonly input: unknown } | null {
  try {
    return { input: structuredClone(value) };
  } catch {
    return null;
  }
}

describe('every request', () => {
  beforeAll(() => {
    const stream = new SpanStream();
    handleRequests(
      createServices({
        engine: Promise.resolve(quickEngine()),
        stream,
        pacer: new Pacer(stream, () => 0),
        settings: { get: () => undefined, set: () => undefined, reset: () => undefined },
        pythonQuestions: {
          choose: () => Promise.resolve(null),
          mayStart: () => Promise.resolve(false),
        },
        files: {
          open: (path) => Promise.reject(new Error(`cannot open ${path}: there is none`)),
          save: () => Promise.resolve(),
        },
        programs: {
          sampler: new URL('file:///nowhere/sampler.js'),
          places: { environment: {}, home: '/nowhere' },
          mayStart: () => Promise.resolve(false),
        },
      }),
      { path: '/nowhere/gilscope.log', write: () => undefined },
    );
    console.info(`requests: ${FUZZ.numRuns} cases of each, seed ${FUZZ.seed}`);
  });
  afterAll(() => {
    handlers.clear();
  });

  it.each(Object.keys(REQUESTS) as RequestName[])('%s is refused in few words', async (name) => {
    await fc.assert(
      fc.asyncProperty(spoilt(VALID[name]), async (value) => {
        const sent = arrived(value);
        if (sent === null) return;
        const answer = await ask(name, sent.input);
        if (!answer.ok) {
          expect(answer.failure.message.length).toBeGreaterThan(0);
          expect(answer.failure.message.length).toBeLessThanOrEqual(200);
          expect(answer.failure.message).not.toMatch(/\n|\bat .*:\d+:\d+|Cannot read|undefined is/);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(Reflect.get({}, 'polluted')).toBeUndefined();
      }),
      FUZZ,
    );
    // What was asked before has broken nothing.
    expect(await ask('appInfo', null)).toMatchObject({ ok: true });
  });

  it('is refused to other pages', async () => {
    for (const senderFrame of [null, { url: 'https://example.com/' }, { url: 'app://gilscope' }]) {
      const handler = handlers.get(REQUESTS.appInfo.channel);
      expect(await handler?.({ senderFrame }, null)).toMatchObject({ ok: false });
    }
  });
});
