/** How often a program is sampled: samples a second. */
export const RATE = { least: 100, most: 20_000, usual: 4000 } as const;
