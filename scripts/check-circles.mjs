/** Refuses circles of imports in the whole project, those of types and of Svelte components too. */
import path from 'node:path';
import { importCircles, readSources } from './import-circles.mjs';

const root = path.join(import.meta.dirname, '..');
const circles = importCircles(readSources(root, ['src', 'bench', 'test', 'scripts']));
for (const circle of circles) console.error(`These import each other: ${circle.join(' → ')} → …`);
if (circles.length > 0) process.exitCode = 1;
