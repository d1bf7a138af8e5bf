import { onObject, onSource } from '../access.ts';
import { checksumHeader } from '../checksums.ts';
import { s3Error } from '../errors.ts';
import { checksumOf, type Upload } from '../multipart/upload-index.ts';
import { contentOf, type Payload, sizedPayloadOf } from '../payload.ts';
import { type ByteRange, rangeOf } from '../range.ts';
import { emptyAnswer, type S3, type S3Operation, type S3Request, xmlAnswer } from '../s3-request.ts';
import { element } from '../xml.ts';
import { checksumElements, isoTime, quoted } from './answer-parts.ts';
import { copySourceOf, findSource, sourceVersionHeader } from './copy-source.ts';

const MAX_PARTS = 10_000;

export const uploadPart: S3Operation = {
  access: onObject('PutObject'),
  run: async ({ store, uploads }, request) => {
    const { bucket, headers, wire } = request;
    store.buckets.get(bucket);
    const partNumber = partNumberOf(request);
    const promised = sizedPayloadOf(headers);
    const upload = findUpload({ uploads }, request);
    checkAlgorithm(upload, promised);
    const part = await uploads.writePart({
      upload,
      partNumber,
      promised,
      computes: checksumOf(upload).algorithm,
      source: contentOf(wire),
      cancel: (reason) => wire.body.destroy(reason),
    });
    return emptyAnswer(200, {
      etag: quoted(part.etag),
      'x-amz-server-side-encryption': 'AES256',
      ...(part.checksum ? { [checksumHeader(part.checksum.algorithm)]: part.checksum.value } : {}),
    });
  },
};

export const uploadPartCopy: S3Operation = {
  access: (request) => [onSource(copySourceOf(request), request), ...onObject('PutObject')(request)],
  run: async (s3, request) => {
    const partNumber = partNumberOf(request);
    const upload = findUpload(s3, request);
    const source = findSource(s3, request);
    const range = copyRangeOf(request, source.size);
    const release = s3.store.hold([source]);
    const bytes = s3.store.read(source, range);
    try {
      const part = await s3.uploads.writePart({
        upload,
        partNumber,
        // A checksum of our own making: there is no client whose value it could be held to.
        promised: { sizeBytes: range ? range.end - range.start + 1 : source.size },
        computes: checksumOf(upload).algorithm,
        source: { bytes },
        cancel: (reason) => bytes.destroy(reason),
      });
      return xmlAnswer(
        element(
          'CopyPartResult',
          element('LastModified', isoTime(part.lastModified)),
          element('ETag', quoted(part.etag)),
          checksumElements(part.checksum),
        ),
        sourceVersionHeader(s3, source),
      );
    } finally {
      release();
    }
  },
};

export function findUpload({ uploads }: Pick<S3, 'uploads'>, { bucket, key, query }: S3Request): Upload {
  return uploads.index.get(bucket, key, query.get('uploadId') ?? '');
}

function partNumberOf({ query }: S3Request): number {
  const text = query.get('partNumber') ?? '';
  const partNumber = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (partNumber >= 1 && partNumber <= MAX_PARTS) return partNumber;
  throw s3Error(
    'InvalidArgument',
    { ArgumentName: 'partNumber', ArgumentValue: text },
    'Part number must be an integer between 1 and 10000, inclusive',
  );
}

/** An upload with a composite checksum needs one for each part, as S3 says in these odd words. */
function checkAlgorithm({ checksum }: Upload, promised: Payload): void {
  const found = promised.checksum?.algorithm;
  if (!checksum || found === checksum.algorithm) return;
  if (found === undefined && checksum.type === 'FULL_OBJECT') return;
  const words = `Checksum Type mismatch occurred, expected checksum Type: ${checksum.algorithm.toLowerCase()}, actual checksum Type: ${found?.toLowerCase() ?? 'null'}`;
  throw s3Error('InvalidRequest', {}, words);
}

/** Unlike a read's, this range must lie in the source. */
function copyRangeOf({ headers }: S3Request, size: number): ByteRange | undefined {
  const header = headers['x-amz-copy-source-range'];
  if (header === undefined) return undefined;
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header) ?? [];
  const isInside = first !== undefined && Number(first) <= Number(last) && Number(last) < size;
  if (isInside) return rangeOf(header, size);
  throw s3Error(
    'InvalidArgument',
    { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header },
    `Range specified is not valid for source object of size: ${size}`,
  );
}
