/** What a file's first bytes, or failing that its name, say that it is; for files that no table is made of. */

interface Signature {
  bytes: number[];
  /** Where the bytes stand. */
  at?: number;
  /** What stands elsewhere too: a few letters alone may be those of a text. */
  and?: { bytes: number[]; at: number };
  /** Whether no text follows. */
  isBinary?: true;
  mediaType: string;
  /** With its article, to be read in a sentence. */
  noun: string;
}

// https://en.wikipedia.org/wiki/List_of_file_signatures
const signatures: Signature[] = [
  { bytes: ascii('%PDF-'), mediaType: 'application/pdf', noun: 'a PDF document' },
  { bytes: [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a], mediaType: 'image/png', noun: 'a PNG image' },
  { bytes: [0xff, 0xd8, 0xff], mediaType: 'image/jpeg', noun: 'a JPEG image' },
  { bytes: ascii('GIF87a'), mediaType: 'image/gif', noun: 'a GIF image' },
  { bytes: ascii('GIF89a'), mediaType: 'image/gif', noun: 'a GIF image' },
  { bytes: ascii('WEBP'), at: 8, and: { bytes: ascii('RIFF'), at: 0 }, mediaType: 'image/webp', noun: 'a WebP image' },
  { bytes: ascii('II*\0'), mediaType: 'image/tiff', noun: 'a TIFF image' },
  { bytes: ascii('MM\0*'), mediaType: 'image/tiff', noun: 'a TIFF image' },
  { bytes: ascii('PK\x03\x04'), mediaType: 'application/zip', noun: 'a ZIP archive (Excel and Word files are ones)' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], mediaType: 'application/x-ole-storage', noun: 'an old Excel or Word file' },
  { bytes: [0x1f, 0x8b], mediaType: 'application/gzip', noun: 'a gzip archive' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], mediaType: 'application/zstd', noun: 'a Zstandard archive' },
  { bytes: ascii('BZh'), isBinary: true, mediaType: 'application/x-bzip2', noun: 'a bzip2 archive' },
  { bytes: ascii('7z\xbc\xaf\x27\x1c'), mediaType: 'application/x-7z-compressed', noun: 'a 7-Zip archive' },
  { bytes: ascii('ftypheic'), at: 4, mediaType: 'image/heic', noun: 'a HEIC image' },
  { bytes: ascii('ftypmif1'), at: 4, mediaType: 'image/heic', noun: 'a HEIC image' },
  { bytes: ascii('ftypavif'), at: 4, mediaType: 'image/avif', noun: 'an AVIF image' },
  { bytes: ascii('ftypM4A'), at: 4, mediaType: 'audio/mp4', noun: 'a sound' },
  { bytes: ascii('ftyp'), at: 4, and: { bytes: [0], at: 0 }, mediaType: 'video/mp4', noun: 'a video' },
  { bytes: ascii('SQLite format 3\0'), mediaType: 'application/vnd.sqlite3', noun: 'an SQLite database' },
  { bytes: ascii('Obj\x01'), mediaType: 'application/avro', noun: 'an Avro file' },
  { bytes: ascii('ORC'), isBinary: true, mediaType: 'application/orc', noun: 'an ORC file' },
];

const officeXml = 'application/vnd.openxmlformats-officedocument';

const mediaTypesByExtension: Record<string, string> = {
  docx: `${officeXml}.wordprocessingml.document`,
  pptx: `${officeXml}.presentationml.presentation`,
  xlsx: `${officeXml}.spreadsheetml.sheet`,
  htm: 'text/html',
  html: 'text/html',
  log: 'text/plain',
  md: 'text/markdown',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
};

export const unknownMediaType = 'application/octet-stream';

export function findSignature(head: Uint8Array): Pick<Signature, 'mediaType' | 'noun'> | undefined {
  const stands = ({ bytes, at = 0 }: Pick<Signature, 'bytes' | 'at'>) =>
    bytes.every((byte, index) => head[at + index] === byte);
  return signatures.find(
    (signature) =>
      stands(signature) &&
      (!signature.and || stands(signature.and)) &&
      (!signature.isBinary || hasControls(head.subarray(signature.bytes.length, 256))),
  );
}

/** Bytes that no text has. */
function hasControls(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20));
}

/** The media type of a file whose content is `found`: an .xlsx is more than the ZIP archive that it also is. */
export function mediaTypeOf(fileName: string, found: string): string {
  const named = mediaTypesByExtension[extensionOf(fileName)];
  const isNamedMoreClosely =
    found === unknownMediaType ||
    found === 'text/plain' ||
    (found === 'application/zip' && named?.startsWith(officeXml));
  return isNamedMoreClosely ? (named ?? found) : found;
}

/** In lower case and without its dot; empty where there is none. */
export function extensionOf(fileName: string): string {
  return /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
