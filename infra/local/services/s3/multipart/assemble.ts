import { type FileHandle, open } from 'node:fs/promises';
import { linkOrCopy } from '../blobs.ts';
import type { Part } from './upload-index.ts';

const COPY_BYTES = 4 << 20;

export interface Assembly {
  /** The chosen parts, ascending. */
  parts: Part[];
  /** All acknowledged parts, chosen or not. */
  acknowledged: Part[];
  slotBytes: number | undefined;
  slotFile: string;
  fileOf: (name: string) => string;
}

/**
 * Makes the object's file at `path` out of its parts, durable. Nothing of the upload is lost if it fails: files of
 * parts are linked or copied, and a slot that an acknowledged part lies in is not touched.
 */
export async function assemble(assembly: Assembly, path: string): Promise<void> {
  const [first, second] = assembly.parts;
  if (first && !second && first.place !== 'slot') return linkOrCopy(assembly.fileOf(first.place.file), path);
  if (isUniform(assembly)) {
    await fillSlots(assembly);
    return linkOrCopy(assembly.slotFile, path);
  }
  await copyParts(assembly, path);
}

/** Whether every part's place in the object is its slot, and cutting the slot file behind the last one loses nothing. */
function isUniform({ parts, acknowledged, slotBytes }: Assembly): boolean {
  const last = parts.length - 1;
  const fits = parts.every(
    (part, i) => part.partNumber === i + 1 && (i === last ? part.size <= (slotBytes ?? 0) : part.size === slotBytes),
  );
  return fits && acknowledged.every((part) => part.place !== 'slot' || part.partNumber <= parts.length);
}

/** Copies the parts that have files of their own into their slots, which no acknowledged part refers to. */
async function fillSlots({ parts, slotBytes = 0, slotFile, fileOf }: Assembly): Promise<void> {
  const handle = await open(slotFile, 'r+');
  try {
    for (const { place, partNumber, size } of parts) {
      if (place !== 'slot') await copyRange(fileOf(place.file), 0, size, handle, (partNumber - 1) * slotBytes);
    }
    await handle.truncate(parts.reduce((sum, part) => sum + part.size, 0));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function copyParts({ parts, slotBytes = 0, slotFile, fileOf }: Assembly, path: string): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    let position = 0;
    for (const { place, partNumber, size } of parts) {
      if (place === 'slot') await copyRange(slotFile, (partNumber - 1) * slotBytes, size, handle, position);
      else await copyRange(fileOf(place.file), 0, size, handle, position);
      position += size;
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function copyRange(from: string, start: number, length: number, to: FileHandle, position: number): Promise<void> {
  const source = await open(from, 'r');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(COPY_BYTES, length));
    for (let done = 0; done < length; ) {
      const wanted = Math.min(buffer.length, length - done);
      const { bytesRead } = await source.read(buffer, 0, wanted, start + done);
      if (bytesRead === 0) throw new Error(`${from} ends at ${start + done}, before its part does`);
      for (let written = 0; written < bytesRead; ) {
        const { bytesWritten } = await to.write(buffer, written, bytesRead - written, position + done + written);
        written += bytesWritten;
      }
      done += bytesRead;
    }
  } finally {
    await source.close();
  }
}
