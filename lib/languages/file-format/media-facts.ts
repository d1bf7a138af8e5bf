/** What can be read of a file that is no table, from its first bytes and its last. */
import * as z from 'zod';
import { detectLanguage } from './detect-language.ts';
import { findSignature, mediaTypeOf, unknownMediaType } from './media-type.ts';

export const MediaFacts = z.object({
  mediaType: z.string(),
  /** Of an image, in pixels. */
  width: z.number().optional(),
  height: z.number().optional(),
  /** Of a PDF document; left out where it keeps its page tree compressed. */
  pages: z.number().optional(),
  /** Of a text: ISO 639-1; left out where it cannot be told. */
  language: z.string().optional(),
});
export type MediaFacts = z.infer<typeof MediaFacts>;

export interface MediaSource {
  fileName: string;
  head: Uint8Array;
  /** The last bytes, where the file is longer than its head. */
  tail?: Uint8Array | undefined;
  /** Its text, where it is one. */
  text?: string | undefined;
}

export function readMediaFacts({ fileName, head, tail, text }: MediaSource): MediaFacts {
  const found = findSignature(head)?.mediaType ?? (text === undefined ? unknownMediaType : 'text/plain');
  const mediaType = mediaTypeOf(fileName, found);
  if (mediaType.startsWith('image/')) return { mediaType, ...imageSize(head, mediaType) };
  if (mediaType === 'application/pdf') return { mediaType, ...pdfPages(head, tail) };
  const language = text === undefined ? undefined : detectLanguage(text);
  return { mediaType, ...(language ? { language } : {}) };
}

type Size = { width: number; height: number };

function imageSize(bytes: Uint8Array, mediaType: string): Size | Record<string, never> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (mediaType === 'image/png') return { width: view.getUint32(16), height: view.getUint32(20) };
    if (mediaType === 'image/gif') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (mediaType === 'image/jpeg') return jpegSize(view) ?? {};
    if (mediaType === 'image/webp') return webpSize(view) ?? {};
  } catch (error) {
    // The header goes beyond the bytes at hand.
    if (!(error instanceof RangeError)) throw error;
  }
  return {};
}

/** The first frame header among the segments: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2 */
function jpegSize(view: DataView): Size | undefined {
  let at = 2;
  while (at < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(view: DataView): Size | undefined {
  const chunk = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (chunk === 'VP8X') return { width: uint24(24) + 1, height: uint24(27) + 1 };
  if (chunk === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

/** The root of the page tree counts its pages: the largest count there is. */
function pdfPages(head: Uint8Array, tail: Uint8Array | undefined): { pages?: number } {
  const latin = new TextDecoder('latin1');
  const text = latin.decode(head) + (tail ? latin.decode(tail) : '');
  const counts = [
    ...text.matchAll(/\/Type\s*\/Pages\b[^>]{0,2000}?\/Count\s+(\d+)|\/Count\s+(\d+)[^>]{0,2000}?\/Type\s*\/Pages\b/g),
  ];
  const pages = Math.max(0, ...counts.map(([, after, before]) => Number(after ?? before)));
  return pages > 0 ? { pages } : {};
}
