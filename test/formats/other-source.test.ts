import { describe, expect, it } from 'vitest';
import { readArchive } from '../../src/formats/gilscope/index.js';
import { formatOf, TEXT_FORMATS } from '../../src/formats/registry.js';
import { ALL_SPANS } from '../../src/formats/span-part.js';
import { contentsOf, WRITERS, type Subject } from '../../src/formats/writers.js';
import type { Recording } from '../../src/recording/recording.js';
import { NO_INTERRUPTIONS } from '../../src/recording/interruptions.js';
import { encodeSpans } from '../../src/recording/spans.js';
import { ABOUT, wholeFiles } from '../fixtures/archives.js';
import { MACHINE } from '../fixtures/records.js';
import { span } from '../fixtures/timelines.js';

/** What another tool recorded: two lanes with names of their own, and no tasks. */
const RECORDING: Recording = {
  number: 1,
  description: {
    title: 'A web server',
    subtitle: 'trace.json',
    label: 'server',
    lanes: ['main', 'worker'],
    locks: 'one',
  },
  machine: MACHINE,
  repeats: [
    {
      wallNs: 1000,
      handoffs: 1,
      otherCpuNs: null,
      interruptions: NO_INTERRUPTIONS,
      spanCounts: [
        { kept: 1, dropped: 0 },
        { kept: 1, dropped: 0 },
      ],
      keptUntilNs: null,
      timings: null,
      spans: [encodeSpans([span(0, 'hold', 100, 400, 0), span(1, 'wait', 200, 400, 0)])],
    },
  ],
  tasks: null,
  labels: null,
  source: { kind: 'file' },
};

const SUBJECT: Subject = {
  recordings: [RECORDING],
  part: ALL_SPANS,
  report: () => ({ schema: 'other/1' }),
  table: null,
};

describe('a recording of another source, without tasks', () => {
  it('has spans and a report to export, and no tasks', () => {
    const contents = contentsOf(SUBJECT);
    const offered = TEXT_FORMATS.filter((id) => contents.includes(formatOf(id).content));
    expect(offered).toEqual(['json', 'spans', 'trace', 'speedscope']);
    const texts = offered.map((id) => [...WRITERS[id].write(SUBJECT)].join(''));
    expect(texts[0]).toBe('{"schema":"other/1"}\n');
    expect(texts[1]?.split('\r\n').slice(1)).toEqual([
      '1,0,0,hold,0,100,400',
      '1,0,1,wait,0,200,400',
      '',
    ]);
    for (const text of texts.slice(2)) expect(text).toContain('worker');
  });

  it('is saved, and read again as it was', async () => {
    const files = await wholeFiles({ ...ABOUT, recordings: [RECORDING] });
    const names = files.map(({ name }) => name);
    expect(names).toEqual(['README.txt', 'recording.json', 'runs/1/spans.arrow']);
    const read = await readArchive((name) =>
      Promise.resolve(files.find((file) => file.name === name)?.bytes),
    );
    expect(read.recordings).toEqual([RECORDING]);
  });
});
