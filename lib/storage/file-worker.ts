import { crc32, printCrc32 } from '@/lib/languages/checksum/crc32.ts';
import { crc64nvme, emptyCrc64 } from '@/lib/languages/checksum/crc64-nvme.ts';
import { lookIntoFile } from './file-look';
import type { FileAnswer, FileQuestion, FileTask } from './file-workers';

/**
 * Reads files beside the page, so that it stays smooth: one question after another, since each may take megabytes of
 * memory. A question that was taken back is not begun.
 */
const takenBack = new Set<number>();
let last: Promise<void> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<FileQuestion>) => {
  if (data.task === null) takenBack.add(data.id);
  else last = last.then(() => answer(data.id, data.task as FileTask));
});

async function answer(id: number, task: FileTask): Promise<void> {
  try {
    const value = await work(task, () => takenBack.has(id));
    reply({ id, ok: true, value });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    reply({ id, ok: false, name, message });
  }
  takenBack.delete(id);
}

const reply = (message: FileAnswer) => self.postMessage(message);

function work(task: FileTask, isTakenBack: () => boolean): Promise<unknown> {
  if (task.type === 'look') return lookIntoFile(task.file, task.dataset, task.contract);
  if (task.type === 'crc64') return fold(task.blob, emptyCrc64, (crc, bytes) => crc64nvme(bytes, crc), isTakenBack);
  return fold(task.blob, 0, (crc, bytes) => crc32(bytes, crc), isTakenBack).then(printCrc32);
}

const PIECE_BYTES = 4 * 1024 * 1024;

async function fold<T>(blob: Blob, start: T, next: (value: T, bytes: Uint8Array) => T, isTakenBack: () => boolean) {
  let value = start;
  for (let at = 0; at < blob.size; at += PIECE_BYTES) {
    if (isTakenBack()) throw new DOMException('Taken back', 'AbortError');
    value = next(value, new Uint8Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer()));
  }
  return value;
}
