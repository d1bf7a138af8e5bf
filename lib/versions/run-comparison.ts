import 'server-only';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '@/lib/errors';
import type { CompareTablesOptions } from '@/lib/languages/compare/compare-tables.ts';
import type { CompareProblem, Comparison, Side } from '@/lib/languages/compare/comparison.ts';

export interface CompareTask {
  from: RemoteFile;
  to: RemoteFile;
  options: CompareTablesOptions & { asText: boolean };
}

interface RemoteFile {
  name: string;
  sizeBytes: number;
  /** Signed for the person who asked. */
  url: string;
}

export type FromCompareThread =
  | { type: 'progress'; side: Side; readBytes: number; totalBytes: number }
  | { type: 'done'; comparison: Comparison }
  | { type: 'refused'; problem: CompareProblem }
  /** A fault of ours or of the network, with its stack. */
  | { type: 'broken'; message: string };

/** Each holds a core and some hundred megabytes; those beyond wait. */
const AT_ONCE = 2;
/** Of ordinary objects; the hashes of rows are apart, and bounded by the number of rows. */
const HEAP_MB = 1536;

let running = 0;
const waiting: (() => void)[] = [];

type Heard = Exclude<FromCompareThread, { type: 'broken' }>;

/** Runs a comparison in a thread, and says what it says. The signal ends the thread, and with it its reads. */
export async function* runComparison(task: CompareTask, signal: AbortSignal): AsyncGenerator<Heard> {
  await takeTurn();
  try {
    if (!signal.aborted) yield* listen(task, signal);
  } finally {
    running--;
    waiting.shift()?.();
  }
}

async function takeTurn(): Promise<void> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
}

async function* listen(task: CompareTask, signal: AbortSignal): AsyncGenerator<Heard> {
  // Next's bundler must not follow this path: the thread runs from its source.
  const file = path.join(/* turbopackIgnore: true */ process.cwd(), 'lib/versions/compare-thread.ts');
  const worker = new Worker(file, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
  const messages: FromCompareThread[] = [];
  let wake = () => {};
  const hear = (message: FromCompareThread) => {
    messages.push(message);
    wake();
  };
  worker.on('message', hear);
  worker.on('error', (error) => hear({ type: 'broken', message: error.stack ?? error.message }));
  worker.on('exit', () => hear({ type: 'broken', message: 'the thread ended without a word' }));
  const end = () => wake();
  signal.addEventListener('abort', end);
  try {
    while (!signal.aborted) {
      const message = messages.shift();
      if (!message) await new Promise<void>((resolve) => (wake = resolve));
      else if (message.type === 'broken') throw broken(message.message);
      else {
        yield message;
        if (message.type !== 'progress') return;
      }
    }
  } finally {
    signal.removeEventListener('abort', end);
    await worker.terminate();
  }
}

function broken(cause: string): AppError {
  return new AppError(
    'UNAVAILABLE',
    'The comparison broke off. Try it again; if it breaks off again, compare smaller files.',
    { cause, reason: 'comparisonBroken' },
  );
}
