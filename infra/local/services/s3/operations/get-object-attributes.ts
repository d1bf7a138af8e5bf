import { onVersion } from '../access.ts';
import { s3Error } from '../errors.ts';
import type { ObjectVersion } from '../object-version.ts';
import { wholeSeconds } from '../object-version.ts';
import { integerOf, type S3Operation, xmlAnswer } from '../s3-request.ts';
import { element, type XmlElement } from '../xml.ts';
import { checksumElements } from './answer-parts.ts';
import { findToRead } from './get-object.ts';
import { versionHeaders } from './object-headers.ts';

const MAX_PARTS = 1000;

type Attribute = (version: ObjectVersion, headers: Record<string, string>) => XmlElement | undefined;

const ATTRIBUTES: Record<string, Attribute> = {
  ETag: ({ etag }) => element('ETag', etag),
  Checksum: ({ checksum }) =>
    checksum && element('Checksum', checksumElements(checksum), element('ChecksumType', checksum.type)),
  ObjectParts: partsElement,
  StorageClass: ({ storageClass }) => element('StorageClass', storageClass),
  ObjectSize: ({ size }) => element('ObjectSize', size),
};

export const getObjectAttributes: S3Operation = {
  access: (request) => [...onVersion('GetObject')(request), ...onVersion('GetObjectAttributes')(request)],
  run: (s3, request) => {
    const { headers } = request;
    const asked = (headers['x-amz-object-attributes'] ?? '').split(',').map((name) => name.trim());
    const unknown = asked.find((name) => !Object.hasOwn(ATTRIBUTES, name));
    if (unknown !== undefined) {
      throw s3Error(
        'InvalidArgument',
        { ArgumentName: 'x-amz-object-attributes', ArgumentValue: unknown },
        'Invalid attribute name specified.',
      );
    }
    const version = findToRead(s3, request);
    const found = Object.entries(ATTRIBUTES).map(([name, make]) =>
      asked.includes(name) ? make(version, headers) : undefined,
    );
    return xmlAnswer(element('GetObjectAttributesResponse', found), {
      ...versionHeaders(version, s3.store.buckets.get(request.bucket)),
      'last-modified': new Date(wholeSeconds(version.lastModified)).toUTCString(),
    });
  },
};

/** Part by part only where the uploader chose a checksum; the number of parts is always said. */
function partsElement(version: ObjectVersion, headers: Record<string, string>): XmlElement | undefined {
  const { partSizes, partChecksums, checksum } = version;
  if (!partSizes) return undefined;
  const count = element('PartsCount', partSizes.length);
  if (!partChecksums || !checksum) return element('ObjectParts', count);
  const query = new URLSearchParams({
    'max-parts': headers['x-amz-max-parts'] ?? '',
    'part-number-marker': headers['x-amz-part-number-marker'] ?? '',
  });
  const marker = integerOf(query, 'part-number-marker', 0);
  const maxParts = Math.min(integerOf(query, 'max-parts', MAX_PARTS), MAX_PARTS);
  const shown = partSizes.slice(marker, marker + maxParts);
  return element(
    'ObjectParts',
    count,
    element('PartNumberMarker', marker),
    element('NextPartNumberMarker', marker + shown.length),
    element('MaxParts', maxParts),
    element('IsTruncated', marker + shown.length < partSizes.length),
    shown.map((size, i) =>
      element(
        'Part',
        element('PartNumber', marker + i + 1),
        element('Size', size),
        checksumElements({ algorithm: checksum.algorithm, value: partChecksums[marker + i] ?? '' }),
      ),
    ),
  );
}
