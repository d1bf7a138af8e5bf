/** How large an image is shown, in pixels: one that a camera turned is as wide as it was high. */

export interface ImageSize {
  width: number;
  height: number;
}

export interface ImageSource {
  head: Uint8Array;
  /** The last bytes, where the file is longer than its head; `sizeBytes` is its own. */
  tail?: Uint8Array | undefined;
  sizeBytes?: number | undefined;
  text?: string | undefined;
}

/** Undefined where the header is broken, goes beyond the bytes at hand, or says nothing. */
export function imageSize(source: ImageSource, mediaType: string): ImageSize | undefined {
  const { head, text = '' } = source;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    const size = mediaType === 'image/svg+xml' ? svgSize(text) : readers[mediaType]?.(view, source);
    return size && size.width > 0 && size.height > 0 ? size : undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

const readers: Record<string, (view: DataView, source: ImageSource) => ImageSize | undefined> = {
  'image/png': (view) =>
    ascii(view, 12, 4) === 'IHDR' ? { width: view.getUint32(16), height: view.getUint32(20) } : undefined,
  'image/gif': (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
  'image/tiff': (_, source) => tiffSize(tiffTags((at, length) => partOf(source, at, length))),
};

const ascii = (view: DataView, at: number, length: number): string =>
  Array.from({ length }, (_, index) => String.fromCharCode(view.getUint8(at + index))).join('');

/** The first frame header among the segments: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2 */
function jpegSize(view: DataView): ImageSize | undefined {
  let isTurned = false;
  let at = 2;
  while (at < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1) isTurned ||= isExifTurned(view, at + 4, length - 2);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return turned({ height: view.getUint16(at + 5), width: view.getUint16(at + 7) }, isTurned);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

/** A broken note of the camera leaves the picture as it is. */
function isExifTurned(view: DataView, at: number, length: number): boolean {
  try {
    if (ascii(view, at, 6) !== 'Exif\0\0') return false;
    const start = view.byteOffset + at + 6;
    const tags = tiffTags((offset, count) => {
      if (offset + count > length - 6) throw new RangeError('The note ends too early.');
      return new DataView(view.buffer, start + offset, count);
    });
    return isTurnedBy(tags.get(ORIENTATION));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(view: DataView): ImageSize | undefined {
  const chunk = ascii(view, 12, 4);
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (chunk === 'VP8X') return { width: uint24(24) + 1, height: uint24(27) + 1 };
  if (chunk === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

const WIDTH = 256;
const HEIGHT = 257;
const ORIENTATION = 274;
const SHORT = 3;
const LONG = 4;
const entriesMax = 1000;

/** Bytes at a place of the file; throws RangeError where they are not at hand. */
type ReadPart = (at: number, length: number) => DataView;

/** Whole numbers of the first directory: https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf, section 2 */
function tiffTags(read: ReadPart): Map<number, number> {
  const order = ascii(read(0, 2), 0, 2);
  const isLittle = order === 'II';
  const tags = new Map<number, number>();
  if ((!isLittle && order !== 'MM') || read(2, 2).getUint16(0, isLittle) !== 42) return tags;
  const at = read(4, 4).getUint32(0, isLittle);
  const count = Math.min(read(at, 2).getUint16(0, isLittle), entriesMax);
  const entries = read(at + 2, 12 * count);
  for (let index = 0; index < count; index++) {
    const [tag, type] = [entries.getUint16(12 * index, isLittle), entries.getUint16(12 * index + 2, isLittle)];
    if (type === SHORT) tags.set(tag, entries.getUint16(12 * index + 8, isLittle));
    if (type === LONG) tags.set(tag, entries.getUint32(12 * index + 8, isLittle));
  }
  return tags;
}

function tiffSize(tags: Map<number, number>): ImageSize {
  const size = { width: tags.get(WIDTH) ?? 0, height: tags.get(HEIGHT) ?? 0 };
  return turned(size, isTurnedBy(tags.get(ORIENTATION)));
}

/** From 5 to 8 the picture lies on its side. */
const isTurnedBy = (orientation = 1): boolean => orientation >= 5 && orientation <= 8;

const turned = ({ width, height }: ImageSize, isTurned: boolean): ImageSize =>
  isTurned ? { width: height, height: width } : { width, height };

function partOf({ head, tail, sizeBytes = head.length }: ImageSource, at: number, length: number): DataView {
  const from = tail ? at - (sizeBytes - tail.length) : -1;
  const [bytes, start] = at + length <= head.length || !tail ? [head, at] : [tail, from];
  if (start < 0 || start + length > bytes.length) throw new RangeError('These bytes are not at hand.');
  return new DataView(bytes.buffer, bytes.byteOffset + start, length);
}

/** Its own width and height in pixels, or else those of what it shows. */
function svgSize(text: string): ImageSize | undefined {
  const root = /<svg\b((?:"[^"]*"|'[^']*'|[^"'>])*)>/i.exec(text.slice(0, 64 * 1024))?.[1];
  if (root === undefined) return undefined;
  const attribute = (name: string) => new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']([^"']*)["']`).exec(root)?.[1];
  const pixels = (value = '') => Number(/^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(value)?.[1] ?? Number.NaN);
  const own = [attribute('width'), attribute('height')].map(pixels);
  const shown = (attribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
    .slice(2);
  const [width = 0, height = 0] = own.some(Number.isNaN) ? shown : own;
  return { width: Math.round(width), height: Math.round(height) };
}
