/** The local lake as a process: `npm run lake`. */
import { enableCompileCache } from 'node:module';
import path from 'node:path';

// TypeScript is stripped and compiled once, not at every start; so this comes before any module of ours.
enableCompileCache(path.resolve(import.meta.dirname, '../../node_modules/.cache/lake'));
// Each sync of a file occupies a thread while the disk works; those that wait together are written together. Node reads
// this when it first needs a thread, which is later than here.
process.env.UV_THREADPOOL_SIZE ??= '16';
const { runLake } = await import('./run-lake.ts');
await runLake();
