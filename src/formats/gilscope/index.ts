/** The contents of `.gilscope` files (archive-layout.ts). */
export { spansName, tasksName, type Saved, type SavedAbout } from './archive-layout.js';
export { readArchive, readHead, readRun, type ArchiveHead, type ReadFile } from './read-archive.js';
export { RECORDING_SCHEMA, type RunJson } from './recording-json.js';
export { archiveFiles, filesOfRuns, type RunToWrite } from './write-archive.js';
export { TableLayouts } from './table-layouts.js';
