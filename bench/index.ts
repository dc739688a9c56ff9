import type { Machine } from '../src/recording/machine.js';
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Engine } from '../src/engine/index.js';
import { loadKernelModule } from '../src/engine/kernel-module.js';
import { describeMachine } from '../src/engine/machine.js';
import { loadLimits } from './limits.js';
import { WholeCores, type WholeCoresTally } from './measure/whole-cores.js';
import { readOptions, USAGE, type Options } from './options.js';
import { startNumba, type Numba } from './python/numba.js';
import { jsonReport, markdownHead, markdownSection, type NamedFindings } from './report.js';
import { FULL_PACE, QUICK_PACE, THREADS, type BenchContext } from './section.js';
import { SECTIONS } from './sections/index.js';
import { openReadRates } from './threads/read-rates.js';

// Built to out/bench/index.js: what it measures lies beside that.
const builtFiles = {
  lane: new URL('../main/lane.js', import.meta.url),
  kernels: new URL('../kernel/', import.meta.url),
};
const threadFiles = {
  tasks: new URL('./tasks.js', import.meta.url),
  multiplyAdds: new URL('./multiply-adds.js', import.meta.url),
  merge: new URL('./merge.js', import.meta.url),
};
const sampler = new URL('../main/sampler.js', import.meta.url);
const readRateFile = new URL('./read-rate.js', import.meta.url);
const resultsFile = fileURLToPath(new URL('./results.json', import.meta.url));

const REFUSED = 2;

/** One measurement may take so much of all patience. */
const PATIENCE_AT_ONCE = 0.05;

const options = readOptionsOrExplain();
if (options === undefined) process.exitCode = REFUSED;
else await runBench(options);

function readOptionsOrExplain(): Options | undefined {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    return undefined;
  }
}

/** Measures what was asked for, telling each section as it is done, and writes the files. */
async function runBench(options: Options): Promise<void> {
  const { only, quick, json, markdown } = options;
  const kernel = await loadKernelModule(builtFiles.kernels);
  const machine = describeMachine(kernel.build);
  const date = new Date().toISOString();
  const circumstances = { date, machine, loadBefore: loadavg()[0] ?? NaN, quick };
  const texts: string[] = [];
  const tell = (text: string) => {
    texts.push(text);
    process.stdout.write(`${text}\n`);
  };

  tell(markdownHead(circumstances));
  const found: NamedFindings[] = [];
  await using bench = await openBench(kernel, machine, options);
  for (const name of only) {
    process.stderr.write(`Measuring ${name}.\n`);
    const { title, measure } = SECTIONS[name];
    const measured = await measure(bench.context);
    const findings = { name, title, ...measured, cores: bench.takeTally() };
    found.push(findings);
    tell(markdownSection(findings));
  }
  await writeFile(json ?? resultsFile, jsonReport(circumstances, found));
  if (markdown !== undefined) await writeFile(markdown, texts.join('\n'));
}

/** Readies what the sections measure with; it is closed when the bench ends. */
async function openBench(
  kernel: BenchContext['kernel'],
  machine: Machine,
  { numbaSizes, pythons, quick, patienceMs }: Options,
): Promise<
  AsyncDisposable & {
    readonly context: BenchContext;
    readonly takeTally: () => WholeCoresTally;
  }
> {
  const engine = new Engine({
    lanePath: fileURLToPath(builtFiles.lane),
    kernel: kernel.module,
    machine,
  });
  const limits = await loadLimits(new URL('./', import.meta.url), kernel.build);
  const readRates = openReadRates(THREADS, readRateFile, limits);
  const patience = { inAllMs: patienceMs, atOnceMs: PATIENCE_AT_ONCE * patienceMs };
  const cores = new WholeCores(readRates, patience);
  let started: Promise<Numba | undefined> | undefined;
  const numba = () => (started ??= startNumba(pythons, THREADS));
  const pace = quick ? QUICK_PACE : FULL_PACE;
  return {
    context: {
      ...{ pace, builtFiles, threadFiles, sampler, kernel, limits, engine, cores },
      ...{ numba, numbaSizes, pythons },
    },
    takeTally: () => cores.takeTally(),
    async [Symbol.asyncDispose]() {
      await readRates[Symbol.asyncDispose]();
      (await started)?.close();
      await engine.close();
    },
  };
}
