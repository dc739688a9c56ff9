import { describe, expect, it } from 'vitest';
import { pcg64Draws, seedPcg64, writePcg64 } from '../../src/base/pcg64.js';
import { ReferenceGenerator, referenceMatrix } from '../reference/index.js';

/**
 * NumPy 2.4.6's own figures. state and increment: `default_rng(seed).bit_generator.state`;
 * raw: `PCG64(seed).random_raw(3)`; far: the draw after `advance(10**12)`, farthest: the one
 * after `advance(2**53 - 3)`.
 */
const NUMPY = [
  {
    seed: 0,
    state: 0x1aa1b5345996452d09585eb7a69561e3n,
    increment: 0x418ddadb3af71a82588133bc447873a9n,
    raw: [0xa30febcfd9c2825fn, 0x4510bdf882d9d721n, 0x0a7d3da94ecde8b8n],
    far: 0x884ea7a131b9c987n,
    farthest: 0xb871c620d56fa669n,
  },
  {
    seed: 1,
    state: 0x9c5b484bfedb756c2a6e7d6f320fbc7en,
    increment: 0x922af2da2645f895a19857b95740937bn,
    raw: [0x8306bdf37922e4ffn, 0xf35196bbc152a866n, 0x24e7a4f608ec18cdn],
    far: 0x69dd4e85e3eefc4dn,
    farthest: 0x61b545735800f84en,
  },
  {
    seed: 42,
    state: 0xcea44f6798798f2aacbc7c9d68860ac8n,
    increment: 0xfa505436c9a8416e66caf2e28d25abffn,
    raw: [0xc621fbcd16d92688n, 0x705a5661a791ffc1n, 0xdbcd12c26eda1624n],
    far: 0x16a3fa55b90adbd4n,
    farthest: 0x31c7e402a9616ae1n,
  },
  {
    seed: 2 ** 32,
    state: 0x24d060cf1520dbdd21bbf7fbff1ac5d4n,
    increment: 0x77ff3ed86c5c56337b62eea7340ca9c7n,
    raw: [0xe3c5ebe285ac1625n, 0x8ea09968fe31dbccn, 0xcd084ff84d8de9ben],
    far: 0x1f4167ab457c248en,
    farthest: 0x188e445af2fac8aan,
  },
  {
    seed: 2 ** 53 - 1,
    state: 0x8dd8e9890636fb4825e34a0aec9cf768n,
    increment: 0x85c85f36bf5552df48c02025110b2d93n,
    raw: [0xc948dddc0fcf0895n, 0x9b36b064d3d8a891n, 0x89a0c668d784663bn],
    far: 0xd40857f349e11116n,
    farthest: 0x83207303035f9381n,
  },
];

describe.each(NUMPY)('seed $seed', ({ seed, state, increment, raw, far, farthest }) => {
  it('gives the state and increment of NumPy', () => {
    expect(seedPcg64(seed)).toEqual({ state, increment });
  });

  it('gives the draws of NumPy', () => {
    const generator = new ReferenceGenerator(seed);
    expect([generator.next64(), generator.next64(), generator.next64()]).toEqual(raw);
  });

  it.each([
    { draws: 10n ** 12n, drawn: far },
    { draws: 2n ** 53n - 3n, drawn: farthest },
  ])('jumps ahead by $draws draws', ({ draws, drawn }) => {
    const generator = new ReferenceGenerator(seed);
    generator.skip(draws);
    expect(generator.next64()).toBe(drawn);
  });
});

describe('writePcg64', () => {
  it('writes low halves before high ones', () => {
    const words = new BigUint64Array(4);
    writePcg64(words, 42);
    expect([...words]).toEqual([
      0xacbc7c9d68860ac8n,
      0xcea44f6798798f2an,
      0x66caf2e28d25abffn,
      0xfa505436c9a8416en,
    ]);
  });
});

/** A = np.random.default_rng(seed).uniform(-1, 1, (3, 3, 3))[2]; (A + A.T) / 2 (NumPy 2.4.6). */
const NUMPY_MATRICES = [
  {
    seed: 0,
    rows: [
      [-0.40057621892523043, -0.4530295023027776, -0.3562952173732832],
      [-0.4530295023027776, 0.34124882938726064, 0.030867065836133523],
      [-0.3562952173732832, 0.030867065836133523, 0.994419871578422],
    ],
  },
  {
    seed: 42,
    rows: [
      [0.6552623439851641, -0.013809632748066791, 0.5364712371591357],
      [-0.013809632748066791, 0.9413960487898065, 0.08775982917416525],
      [0.5364712371591357, 0.08775982917416525, -0.06655799254593164],
    ],
  },
  {
    seed: 2 ** 53 - 1,
    rows: [
      [0.5414308171908464, 0.4022172573244909, -0.5386082234097236],
      [0.4022172573244909, 0.6446824238560611, -0.16815598155526945],
      [-0.5386082234097236, -0.16815598155526945, 0.7899198378009995],
    ],
  },
];

describe('the reference matrices', () => {
  it.each(NUMPY_MATRICES)('are those of NumPy for seed $seed', ({ seed, rows }) => {
    expect([...referenceMatrix(seed, 3, 3, 2)]).toEqual(rows.flat());
  });
});

describe('draws', () => {
  // NumPy 1.24.2: default_rng(seed).random(), three times.
  it.each([
    [0, [0.6369616873214543, 0.2697867137638703, 0.04097352393619469]],
    [42, [0.7739560485559633, 0.4388784397520523, 0.8585979199113825]],
    [2 ** 53 - 1, [0.7862681066761149, 0.6063032385025929, 0.5376094823800641]],
  ])('are those of NumPy for seed %d', (seed, expected) => {
    const draw = pcg64Draws(seed);
    expect(expected.map(() => draw())).toEqual(expected);
  });
});
