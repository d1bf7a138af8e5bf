// Its build for Node is the same with worker threads added, which nothing here needs.
import { Gunzip } from 'fflate/browser';

// A slice of 8 KiB unpacks to 8 MiB at most (deflate's best ratio is 1032:1), so no bomb gets far past the limit.
const sliceBytes = 8 * 1024;

export interface Unpacked {
  bytes: Uint8Array;
  /** More follows, in the file or beyond the limit. */
  truncated: boolean;
  /** The archive cannot be unpacked, or ends too early. */
  damaged: boolean;
}

/** Unpacks the start of a gzip file, up to about `limitBytes`. */
export function gunzipHead(packed: Uint8Array, truncated: boolean, limitBytes: number): Unpacked {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const gunzip = new Gunzip((chunk) => {
    chunks.push(chunk);
    sizeBytes += chunk.length;
  });
  let members = 1;
  gunzip.onmember = () => members++;
  let offset = 0;
  let damaged = false;
  try {
    while (offset < packed.length && sizeBytes < limitBytes) {
      const end = Math.min(offset + sliceBytes, packed.length);
      gunzip.push(packed.subarray(offset, end), end === packed.length && !truncated);
      offset = end;
    }
  } catch {
    damaged = true;
  }
  const isWhole = !truncated && !damaged && offset === packed.length;
  damaged ||= isWhole && members === 1 && !hasTrailer(packed, sizeBytes);
  return { bytes: concatenate(chunks, sizeBytes), truncated: !isWhole, damaged };
}

/** A gzip member ends with the size of what it holds; the library does not look. https://www.rfc-editor.org/rfc/rfc1952#page-5 */
function hasTrailer(packed: Uint8Array, sizeBytes: number): boolean {
  if (packed.length < 18) return false;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  return view.getUint32(packed.length - 4, true) === sizeBytes >>> 0;
}

function concatenate(chunks: Uint8Array[], sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
