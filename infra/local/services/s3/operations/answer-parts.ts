import { CHECKSUM_ALGORITHMS, type Checksum } from '../checksums.ts';
import { s3Error } from '../errors.ts';
import { wholeSeconds } from '../object-version.ts';
import { element, optional, type XmlElement } from '../xml.ts';

export const isoTime = (time: number): string => new Date(wholeSeconds(time)).toISOString();

export const quoted = (etag: string): string => `"${etag}"`;

/** The account stands for its canonical user id, which only AWS could compute. */
export const owner = (account: string, name = 'Owner'): XmlElement =>
  element(name, element('ID', account), element('DisplayName', account));

/** `<ChecksumCRC32>…` and the like, for the algorithms that there are. */
export function checksumElements(checksum: Pick<Checksum, 'algorithm' | 'value'> | undefined): XmlElement[] {
  return CHECKSUM_ALGORITHMS.flatMap(
    (name) => optional(`Checksum${name}`, checksum?.algorithm === name ? checksum.value : undefined) ?? [],
  );
}

/** How keys are written in an answer: plainly, or URL-encoded where a client asked for it. */
export type Encode = (text: string) => string;

export function encodingOf(query: URLSearchParams): { encode: Encode; encodingType: string | undefined } {
  const encodingType = query.get('encoding-type') ?? undefined;
  if (encodingType === undefined) return { encode: (text) => text, encodingType };
  if (encodingType !== 'url') {
    throw s3Error(
      'InvalidArgument',
      { ArgumentName: 'encoding-type', ArgumentValue: encodingType },
      'Invalid Encoding Method specified in Request',
    );
  }
  return { encode: urlEncode, encodingType };
}

/** As Java's URLEncoder does, which S3 uses, but for the slash. */
function urlEncode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+');
}

export const commonPrefix = (prefix: string): XmlElement => element('CommonPrefixes', element('Prefix', prefix));
