/** What can be read of a file that is no table, from its first bytes and its last. */
import { detectLanguage } from './detect-language.ts';
import { imageSize } from './image-size.ts';
import type { MediaFacts } from './media-facts.ts';
import { findSignature, mediaTypeOf, unknownMediaType } from './media-type.ts';
import { pdfPages } from './pdf-pages.ts';

export interface MediaSource {
  fileName: string;
  head: Uint8Array;
  /** The last bytes, where the file is longer than its head. */
  tail?: Uint8Array | undefined;
  /** Of the whole file; left out where the head is all of it. */
  sizeBytes?: number | undefined;
  /** Its text, where it is one. */
  text?: string | undefined;
}

export function readMediaFacts(source: MediaSource): MediaFacts {
  const { fileName, head, tail, text } = source;
  const found = findSignature(head)?.mediaType ?? (text === undefined ? unknownMediaType : textType(text));
  const mediaType = mediaTypeOf(fileName, found);
  if (mediaType.startsWith('image/')) return { mediaType, ...imageSize(source, mediaType) };
  if (mediaType === 'application/pdf') return { mediaType, ...given('pages', pdfPages(head, tail)) };
  return { mediaType, ...given('language', text === undefined ? undefined : detectLanguage(text)) };
}

const given = <N extends string, V>(name: N, value: V | undefined) =>
  value === undefined ? {} : ({ [name]: value } as Record<N, V>);

/** A drawing is text too. */
function textType(text: string): string {
  const start = text.slice(0, 4096).replace(/<!--[\s\S]*?-->/g, '');
  return /^\s*(<\?xml[^>]*>\s*)?(<!DOCTYPE\s+svg[^>]*>\s*)?<svg[\s>]/i.test(start) ? 'image/svg+xml' : 'text/plain';
}
