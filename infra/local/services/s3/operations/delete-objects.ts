import { AwsError } from '../../../service.ts';
import { objectAccess } from '../access.ts';
import { s3Error, toS3Error } from '../errors.ts';
import { readDocument, type S3, type S3Operation, type S3Request, xmlAnswer } from '../s3-request.ts';
import { childrenOf, element, optional, textOf, type XmlElement } from '../xml.ts';
import { isMarker } from './delete-object.ts';

const MAX_KEYS = 1000;

interface Wanted {
  key: string;
  versionId?: string;
  etag?: string;
}

/** Each key is authorised and deleted for itself; some may succeed where others fail. */
export const deleteObjects: S3Operation = {
  access: () => [],
  run: async (s3, request) => {
    s3.store.buckets.get(request.bucket);
    const document = await readDocument(request, 'Delete');
    const isQuiet = textOf(document, 'Quiet')?.trim() === 'true';
    const wanted = childrenOf(document, 'Object').map(wantedOf);
    if (wanted.length === 0 || wanted.length > MAX_KEYS) throw s3Error('MalformedXML');
    // Of keys alone: who deleted which is a question that the trail must answer.
    if (request.wire.asked) request.wire.asked.input = { bucketName: request.bucket, deleted: wanted };
    const results = await Promise.all(wanted.map((each) => deleteOne(s3, request, each)));
    return xmlAnswer(
      element(
        'DeleteResult',
        results.filter(({ name }) => name === 'Error' || !isQuiet),
      ),
    );
  },
};

function wantedOf(object: XmlElement): Wanted {
  const key = textOf(object, 'Key');
  if (!key) throw s3Error('MalformedXML');
  return { key, versionId: textOf(object, 'VersionId') || undefined, etag: textOf(object, 'ETag') };
}

async function deleteOne(s3: S3, request: S3Request, { key, versionId, etag }: Wanted): Promise<XmlElement> {
  try {
    const action = versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
    s3.ctx.inside.authorize(request.caller.principal, objectAccess(action, key, request));
    const conditions = { ifMatch: etag };
    const deleted = await s3.store.delete({ bucket: request.bucket, key, versionId, conditions, cause: request.cause });
    return element(
      'Deleted',
      element('Key', key),
      optional('VersionId', versionId),
      isMarker(deleted)
        ? [
            element('DeleteMarker', true),
            element('DeleteMarkerVersionId', (deleted.marker ?? deleted.removed)?.versionId),
          ]
        : undefined,
    );
  } catch (error) {
    const { code, message } = error instanceof AwsError ? toS3Error(error) : logged(s3, error);
    return element(
      'Error',
      element('Key', key),
      optional('VersionId', versionId),
      element('Code', code),
      element('Message', message),
    );
  }
}

function logged({ ctx }: S3, error: unknown): AwsError {
  ctx.log.error('an object could not be deleted', { error: String(error) });
  return toS3Error(error);
}
