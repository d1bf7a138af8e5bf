import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const CHUNKS_MAX_BYTES = 8 << 20;

let collectYoung: (() => void) | undefined;
let waitingBytes = 0;

/**
 * Counts chunks of bodies that nobody needs any more, and collects them before they are many.
 *
 * Node makes a buffer of 64 KB for each chunk that arrives. To V8 that is a small object with memory elsewhere, which
 * it lets pile up to 64 MB before it looks. A collection of the young objects takes about a millisecond.
 */
export function chunkIsDone(bytes: number): void {
  waitingBytes += bytes;
  if (waitingBytes < CHUNKS_MAX_BYTES) return;
  waitingBytes = 0;
  collectYoung ??= exposedCollector();
  collectYoung();
}

/** The way to V8's collector without starting Node with a flag. */
function exposedCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: (options: { type: 'minor' }) => void = runInNewContext('gc');
  return () => gc({ type: 'minor' });
}
