import fc from 'fast-check';

/**
 * Seeds the properties, so that each run of the tests draws the same cases. GILSCOPE_TEST_SEED draws
 * others; what it finds becomes an example of its own.
 */
fc.configureGlobal({ seed: Number(process.env['GILSCOPE_TEST_SEED'] ?? 2026) });
