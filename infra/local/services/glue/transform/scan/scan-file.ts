import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ScanRequest, ScanResult } from './scan.ts';

/** Scans in a thread, since the checker would keep the lake from answering for seconds. */
export async function scanFile(request: ScanRequest, signal: AbortSignal): Promise<ScanResult> {
  const thread = new Worker(new URL('./scan-thread.ts', import.meta.url), { workerData: request });
  const stop = () => void thread.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const exited = once(thread, 'exit').then(() => {
      throw new Error(signal.aborted ? 'The scan was stopped.' : 'The scan ended without a result.');
    });
    const [result] = await Promise.race([once(thread, 'message'), exited]);
    return result as ScanResult;
  } finally {
    signal.removeEventListener('abort', stop);
    await thread.terminate();
  }
}
