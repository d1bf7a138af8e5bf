import { onObject } from '../access.ts';
import { CHECKSUM_ALGORITHMS, checksumHeader } from '../checksums.ts';
import { writeConditionsOf } from '../conditions.ts';
import { s3Error } from '../errors.ts';
import type { ChosenPart, Expectation } from '../multipart/chosen-parts.ts';
import { readDocument, type S3Operation, type S3Request, xmlAnswer } from '../s3-request.ts';
import { childrenOf, element, optional, textOf, type XmlElement } from '../xml.ts';
import { checksumElements, quoted } from './answer-parts.ts';
import { versionHeaders } from './object-headers.ts';

const MAX_PARTS = 10_000;

export const completeMultipartUpload: S3Operation = {
  access: onObject('PutObject'),
  run: async ({ ctx, store, uploads }, request) => {
    const { bucket: name, key, query, headers, cause } = request;
    const bucket = store.buckets.get(name);
    const expected = expectationOf(headers);
    const version = await uploads.complete({
      bucket: name,
      key,
      uploadId: query.get('uploadId') ?? '',
      chosen: await chosenOf(request),
      conditions: writeConditionsOf(headers),
      cause,
      expected,
    });
    return xmlAnswer(
      element(
        'CompleteMultipartUploadResult',
        element('Location', `${ctx.endpoint()}/${name}/${encodeURIComponent(key).replaceAll('%2F', '/')}`),
        element('Bucket', name),
        element('Key', key),
        element('ETag', quoted(version.etag)),
        checksumElements(version.checksum),
        optional('ChecksumType', version.checksum?.type),
      ),
      { ...versionHeaders(version, bucket), 'x-amz-server-side-encryption': 'AES256' },
    );
  },
};

/** The checksum headers of this request are about the object, not about the XML that it carries. */
function expectationOf(headers: Record<string, string>): Expectation {
  const size = headers['x-amz-mp-object-size'];
  const algorithm = CHECKSUM_ALGORITHMS.find((each) => headers[checksumHeader(each)] !== undefined);
  return {
    sizeBytes: size === undefined ? undefined : Number(size),
    checksum: algorithm && { algorithm, value: headers[checksumHeader(algorithm)] ?? '' },
    checksumType: headers['x-amz-checksum-type'],
  };
}

async function chosenOf(request: S3Request): Promise<ChosenPart[]> {
  const isOfObject = (name: string) => name.startsWith('x-amz-checksum-') || name === 'x-amz-sdk-checksum-algorithm';
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !isOfObject(name)));
  const document = await readDocument({ ...request, headers }, 'CompleteMultipartUpload');
  const parts = childrenOf(document, 'Part').map(chosenPart);
  if (parts.length === 0 || parts.length > MAX_PARTS) throw s3Error('MalformedXML');
  return parts;
}

function chosenPart(part: XmlElement): ChosenPart {
  const partNumber = textOf(part, 'PartNumber')?.trim() ?? '';
  const etag = textOf(part, 'ETag')?.trim();
  if (!/^\d{1,5}$/.test(partNumber) || etag === undefined) throw s3Error('MalformedXML');
  const checksums = Object.fromEntries(
    CHECKSUM_ALGORITHMS.flatMap((algorithm) => {
      const value = textOf(part, `Checksum${algorithm}`);
      return value === undefined ? [] : [[algorithm, value]];
    }),
  );
  return { partNumber: Number(partNumber), etag: etag.replace(/^"|"$/g, ''), checksums };
}
