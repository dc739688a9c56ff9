import { comparedParameters } from './variants.js';
import { defaultParameters, SPECIFICATIONS, type Parameters } from './parameters.js';

/** A set of parameters that shows one thing. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  /** What it shows, in a sentence. */
  readonly shows: string;
  /** What to look at once it has run, in a sentence. */
  readonly lookAt: string;
  readonly parameters: Parameters;
}

/** Presets that belong together. */
export interface PresetGroup {
  readonly heading: string;
  readonly presets: readonly Preset[];
}

/** Threads for each core that are certainly too many. */
const CROWD = 5;

/** What the interpreter does in an iteration of the power method in NumPy, measured by the bench. */
const NUMPY_INTERPRETER_US = 10;

/** With this seed the first half of 40 matrices takes 2.4 times as many iterations as the other. */
const UNEVEN_SEED = 39;

/** All presets for a machine of which so many cores may be used, in the order of display. */
export function presetsFor(usableCores: number): readonly PresetGroup[] {
  const defaults = defaultParameters(usableCores);
  const crowd = Math.min(defaults.threads * CROWD, SPECIFICATIONS.threads.max);
  const four = comparedParameters(defaults);
  const uneven = { ...defaults, matrices: 40, seed: UNEVEN_SEED, lock: 'none' } as const;
  const numpy = {
    ...defaults,
    lock: 'gil-released',
    interpreterUs: NUMPY_INTERPRETER_US,
    maxIterations: 500,
  } as const;
  return [
    {
      heading: 'The comparison’s four',
      presets: [
        {
          id: 'serial',
          label: 'Serial',
          shows: 'One thread does every task: what all others are measured against.',
          lookAt: 'One lane does it all: its time is what every speed-up is measured against.',
          parameters: four.serial,
        },
        {
          id: 'static',
          label: 'Static chunks, no lock',
          shows: 'Each thread has its own part from the start, as in a parallel loop.',
          lookAt: 'Each lane’s blocks go on until its part is done; the last one decides the time.',
          parameters: four.static,
        },
        {
          id: 'executor',
          label: 'Thread pool, no lock',
          shows: 'With the lock released a thread pool is about as fast as a parallel loop.',
          lookAt: 'Blocks stand above one another in every lane, and none of them waits.',
          parameters: four.executor,
        },
        {
          id: 'gil-held',
          label: 'Thread pool, GIL held',
          shows:
            'With the lock held one thread computes and the others wait: no faster than serial.',
          lookAt: 'No two blocks stand above one another: one lane computes, hatched ones wait.',
          parameters: four.gilHeld,
        },
      ],
    },
    {
      heading: 'Waiting without computing',
      presets: [
        {
          id: 'sleeping',
          label: 'Ten sleeps on ten threads',
          shows: 'Sleeping needs no core and releases the lock, so ten seconds of it pass in one.',
          lookAt: 'All ten lanes sleep at the same time: the wall time is one second, not ten.',
          parameters: {
            ...defaults,
            workload: 'sleep',
            matrices: 10,
            sleepMs: 1000,
            threads: 10,
            lock: 'gil-released',
            repeats: 1,
            warmup: 0,
          },
        },
      ],
    },
    {
      heading: 'Uneven load',
      presets: [
        {
          id: 'uneven-static',
          label: 'Uneven tasks in static chunks',
          shows:
            'Tasks at the cap take many times as long: a thread with fewer of them ends early.',
          lookAt:
            'The empty end of a lane: it had the quicker tasks, and idles as another goes on.',
          parameters: { ...uneven, scheduler: 'static' },
        },
        {
          id: 'uneven-dynamic',
          label: 'Uneven tasks, taken one by one',
          shows: 'Threads that take their next task when they are free all end at about one time.',
          lookAt: 'All lanes end at about the same time, however long their tasks are.',
          parameters: { ...uneven, scheduler: 'dynamic' },
        },
      ],
    },
    {
      heading: 'Where the matrices lie',
      presets: [
        {
          id: 'cache',
          label: 'Matrices that fit the cache',
          shows: 'Small matrices stay in each core’s cache, so threads do not disturb one another.',
          lookAt: 'The GFLOP/s below “Throughput”: more than where matrices come from memory.',
          parameters: { ...defaults, matrices: 100, size: 96, maxIterations: 2000, lock: 'none' },
        },
        {
          id: 'memory',
          label: 'Matrices that come from memory',
          shows:
            'Large matrices are read from memory in each iteration, and all threads share its speed.',
          lookAt: 'The GFLOP/s below “Throughput”: less than from the cache, shared by all lanes.',
          parameters: { ...defaults, matrices: 8, size: 2048, maxIterations: 20, lock: 'none' },
        },
      ],
    },
    {
      heading: 'From which size on NumPy’s threads pay',
      presets: [
        {
          id: 'numpy-small',
          label: 'NumPy, matrices of 64',
          shows:
            'The interpreter’s time, for which the lock is held, is most of an iteration: threads mostly wait.',
          lookAt: 'Mostly hatched lanes: each waits while another does interpreter work.',
          parameters: { ...numpy, matrices: 64, size: 64 },
        },
        {
          id: 'numpy-middle',
          label: 'NumPy, matrices of 256',
          shows:
            'NumPy keeps the lock in products with vectors of up to 500 elements: threads take turns, and handing the lock over costs more.',
          lookAt: 'Mostly hatched lanes, as at 64: the products are in the holds, too.',
          parameters: { ...numpy, matrices: 32, size: 256 },
        },
        {
          id: 'numpy-large',
          label: 'NumPy, matrices of 1,024',
          shows:
            'Products without the lock are most of an iteration: threads pay, one for each core.',
          lookAt: 'Long blocks in every lane and hardly a wait: products run without the lock.',
          parameters: { ...numpy, matrices: 8, size: 1024 },
        },
      ],
    },
    {
      heading: 'Too many threads',
      presets: [
        {
          id: 'crowd',
          label: 'Five threads a core',
          shows:
            'More threads than cores take turns on them: each task lasts longer, all end no sooner.',
          lookAt: 'The task times: longer than with a thread a core, and the wall time no shorter.',
          parameters: { ...defaults, threads: crowd, lock: 'none' },
        },
        {
          id: 'crowd-switching',
          label: 'Five threads a core, GIL switching',
          shows:
            'The lock goes round after each switch interval, as in CPython, and one thread computes.',
          lookAt: 'The lock’s row: each lane holds it for a switch interval, then another has it.',
          parameters: { ...defaults, threads: crowd, lock: 'gil-switching' },
        },
      ],
    },
  ];
}
