import { defineConfig } from '@playwright/test';

/** End-to-end tests: the built app in a real Electron window. Two files at a time: most of it is waiting. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // One picture for all machines: what differs between them is not in it.
  snapshotPathTemplate: '{testDir}/references/{arg}{ext}',
  fullyParallel: false,
  workers: 2,
  timeout: 120_000,
  // What is expected comes sooner or later; a shared machine may be ten times as slow as one's own.
  expect: { timeout: 30_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
});
