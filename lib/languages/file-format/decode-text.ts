import type { FileFormat } from '../contract/format.ts';

export type Encoding = Extract<FileFormat, { type: 'csv' }>['encoding'];

export type Decoded =
  | { type: 'text'; text: string; encoding: Encoding }
  | { type: 'binary' }
  /** UTF-8 up to here, and then a byte that is not. */
  | { type: 'broken'; text: string };

/**
 * Decodes a file's first bytes. What is not UTF-8 and has no mark of UTF-16 is taken for Latin-1, unless it has
 * characters of UTF-8 before its first wrong byte: then it is UTF-8 that someone broke.
 *
 * @param truncated more bytes follow, so that the last character may be cut in two.
 */
export function decodeText(bytes: Uint8Array, truncated: boolean): Decoded {
  const utf16 = findUtf16(bytes);
  if (utf16)
    return { type: 'text', encoding: 'utf-16', text: new TextDecoder(utf16).decode(bytes, { stream: truncated }) };
  if (isBinary(bytes)) return { type: 'binary' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: truncated });
    return { type: 'text', encoding: 'utf-8', text };
  } catch {
    return decodeInvalidUtf8(bytes);
  }
}

function decodeInvalidUtf8(bytes: Uint8Array): Decoded {
  const { validBytes, hasWideCharacters } = readUtf8(bytes);
  if (hasWideCharacters) return { type: 'broken', text: new TextDecoder().decode(bytes.subarray(0, validBytes)) };
  return { type: 'text', encoding: 'latin-1', text: new TextDecoder('latin1').decode(bytes) };
}

/** The byte order of UTF-16, by its mark or by where the zeros of Latin letters are. */
export function findUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Without a mark: mostly Latin letters, so that every other byte is 0.
  const pairs = Math.min(bytes.length, 2048) >> 1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (bytes[2 * pair] === 0) evenZeros++;
    if (bytes[2 * pair + 1] === 0) oddZeros++;
  }
  if (pairs < 4) return undefined;
  if (oddZeros >= 0.7 * pairs && evenZeros === 0) return 'utf-16le';
  if (evenZeros >= 0.7 * pairs && oddZeros === 0) return 'utf-16be';
  return undefined;
}

/** No text holds a NUL byte, nor more than a stray control character (0x01 separates fields in files of Hive). */
function isBinary(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return true;
  const length = Math.min(bytes.length, 8192);
  let controls = 0;
  for (let index = 0; index < length; index++) {
    const byte = bytes[index] as number;
    if ((byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b) || byte === 0x7f) && byte !== 0x01) controls++;
  }
  return controls > length * 0.02;
}

/** How many bytes are valid UTF-8, and whether any of their characters has more than one byte. */
function readUtf8(bytes: Uint8Array): { validBytes: number; hasWideCharacters: boolean } {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let hasWideCharacters = false;
  let index = 0;
  while (index < bytes.length) {
    const byte = bytes[index] as number;
    const width = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    if (width > 1) {
      try {
        decoder.decode(bytes.subarray(index, index + width));
      } catch {
        break;
      }
      hasWideCharacters = true;
    }
    index += width;
  }
  return { validBytes: index, hasWideCharacters };
}
