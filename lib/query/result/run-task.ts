import 'server-only';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '@/lib/errors';
import type { ResultTask, TaskAnswers } from './result-task';

/** Each fills a processor. */
const AT_ONCE = 2;
const HEAP_MB = 2048;

let running = 0;
const waiting: (() => void)[] = [];

/** Has a thread go through a result; the signal ends it. */
export async function runTask<T extends ResultTask>(task: T, signal?: AbortSignal): Promise<TaskAnswers[T['type']]> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    signal?.throwIfAborted();
    return (await listen(task, signal)) as TaskAnswers[T['type']];
  } finally {
    running--;
    waiting.shift()?.();
  }
}

async function listen(task: ResultTask, signal: AbortSignal | undefined): Promise<unknown> {
  // Next's bundler must not follow this path: the thread runs from its source.
  const file = path.join(/* turbopackIgnore: true */ process.cwd(), 'lib/query/result/result-thread.ts');
  const worker = new Worker(file, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', (cause) => reject(broken(cause)));
      worker.once('exit', () => reject(broken('the thread ended without a word')));
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  } finally {
    await worker.terminate();
  }
}

function broken(cause: unknown): AppError {
  return new AppError('UNAVAILABLE', 'The result could not be gone through. Try again, or ask for fewer rows in SQL.', {
    cause,
    reason: 'resultBroken',
  });
}
