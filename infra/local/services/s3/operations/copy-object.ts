import { onObject, onSource } from '../access.ts';
import { algorithmOf, type ChecksumAlgorithm, digest } from '../checksums.ts';
import { writeConditionsOf } from '../conditions.ts';
import { s3Error } from '../errors.ts';
import type { ObjectContent, ObjectVersion } from '../object-version.ts';
import { type S3, type S3Operation, type S3Request, xmlAnswer } from '../s3-request.ts';
import { SMALL_BYTES_MAX } from '../small-blobs.ts';
import { element, optional } from '../xml.ts';
import { checksumElements, isoTime, quoted } from './answer-parts.ts';
import { copySourceOf, findSource, sourceVersionHeader } from './copy-source.ts';
import { contentOf, versionHeaders } from './object-headers.ts';

const MAX_BYTES = 5 * 1024 ** 3;

export const copyObject: S3Operation = {
  access: (request) => [
    onSource(copySourceOf(request), request),
    ...onObject('PutObject')(request),
    ...(request.headers['x-amz-tagging'] ? onObject('PutObjectTagging')(request) : []),
  ],
  run: async (s3, request) => {
    const { store } = s3;
    const { bucket, key, headers, cause } = request;
    const source = findSource(s3, request);
    checkSize(source);
    const content = copiedContent(request, source);
    const algorithm = algorithmOf(headers);
    const described = async () => ({ ...content, checksum: await checksumOfCopy(s3, source, algorithm) });
    const version = await store.write({
      bucket,
      key,
      conditions: writeConditionsOf(headers),
      reason: 'CopyObject',
      cause,
      ...(source.size <= SMALL_BYTES_MAX
        ? { take: async () => ({ bytes: await store.readBytes(source), ...(await described()) }) }
        : {
            fill: async (path) => {
              // Bytes never change, so a copy is a second name for them.
              await store.linkBytes(source, path);
              return described();
            },
          }),
    });
    return xmlAnswer(
      element(
        'CopyObjectResult',
        element('LastModified', isoTime(version.lastModified)),
        element('ETag', quoted(version.etag)),
        checksumElements(version.checksum),
        optional('ChecksumType', version.checksum?.type),
      ),
      {
        ...versionHeaders(version, store.buckets.get(bucket)),
        ...sourceVersionHeader(s3, source),
        'x-amz-server-side-encryption': 'AES256',
      },
    );
  },
};

/** The source's checksum serves its copy, unless another is asked for: then the bytes are read for it. */
async function checksumOfCopy({ store }: S3, source: ObjectVersion, algorithm: ChecksumAlgorithm | undefined) {
  const { checksum } = source;
  if (!algorithm || (checksum?.algorithm === algorithm && checksum.type === 'FULL_OBJECT')) return checksum;
  const sum = digest(algorithm);
  if (source.size > 0) for await (const bytes of store.read(source)) sum.update(bytes as Uint8Array);
  return { algorithm, type: 'FULL_OBJECT' as const, value: sum.value() };
}

function checkSize({ size }: ObjectVersion): void {
  if (size <= MAX_BYTES) return;
  throw s3Error(
    'InvalidRequest',
    {},
    `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_BYTES}`,
  );
}

/** By default a copy is described as its source is; `REPLACE` describes it anew. */
function copiedContent(request: S3Request, source: ObjectVersion): ObjectContent {
  const { headers, bucket, key } = request;
  const said = contentOf(headers);
  const replacesMetadata = directive(headers, 'x-amz-metadata-directive');
  const replacesTags = directive(headers, 'x-amz-tagging-directive');
  const isItself = source.bucket === bucket && source.key === key && copySourceOf(request).versionId === undefined;
  if (isItself && !replacesMetadata && headers['x-amz-storage-class'] === undefined) {
    throw s3Error(
      'InvalidRequest',
      {},
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const { size, etag, checksum, partSizes, contentType, metadata } = source;
  return {
    ...(replacesMetadata ? said : { contentType, metadata, headers: source.headers }),
    tags: replacesTags ? said.tags : source.tags,
    storageClass: said.storageClass,
    size,
    etag,
    checksum,
    partSizes,
  };
}

function directive(headers: Record<string, string>, name: string): boolean {
  const value = headers[name] ?? 'COPY';
  if (value !== 'COPY' && value !== 'REPLACE') {
    const words = name === 'x-amz-metadata-directive' ? 'Unknown metadata directive.' : 'Unknown tagging directive.';
    throw s3Error('InvalidArgument', { ArgumentName: name, ArgumentValue: value }, words);
  }
  return value === 'REPLACE';
}
