/** The local lake as a process: `npm run lake`. */
import { enableCompileCache } from 'node:module';
import path from 'node:path';

// TypeScript is stripped and compiled once, not at every start; so this comes before any module of ours.
enableCompileCache(path.resolve(import.meta.dirname, '../../node_modules/.cache/lake'));
const { runLake } = await import('./run-lake.ts');
await runLake();
