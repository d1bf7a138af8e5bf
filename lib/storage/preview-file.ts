import 'server-only';
import { GetObjectCommand, HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { describeProblem } from '@/lib/languages/contract/describe-problem.ts';
import { isParquet } from '@/lib/languages/file-format/sniff.ts';
import type { ObjectPlace } from './copy-object';
import { ObjectReader } from './object-reader';
import { previewParquet } from './preview-parquet';
import { type FilePreview, type PreviewContent, PreviewFile } from './preview-schemas';
import { previewHead } from './preview-text';
import { zoneBucket } from './zone-bucket';

const HEAD_BYTES = 256 * 1024;
/** A row group of Parquet is read column by column; one with larger columns is for a query. */
const LIMIT_BYTES = 32 * 1024 * 1024;
const VALID_SECONDS = 300;

/** Returns what can be shown of a file, or of one version of it, reading no more of it than is shown. */
export async function previewFile(ctx: Context, raw: PreviewFile): Promise<FilePreview> {
  requirePermission(ctx, 'files:download');
  const { zone, key, versionId } = PreviewFile.parse(raw);
  const place = { bucket: zoneBucket(await getLake(), zone), key };
  const head = await ctx.aws.s3.send(new HeadObjectCommand({ Bucket: place.bucket, Key: key, VersionId: versionId }));
  return {
    ...place,
    versionId: head.VersionId ?? 'null',
    sizeBytes: head.ContentLength ?? 0,
    modifiedAt: head.LastModified?.getTime() ?? 0,
    // S3 names every class but the usual one.
    storageClass: head.StorageClass ?? 'STANDARD',
    contentType: head.ContentType ?? '',
    ...(await previewContent(ctx, place, head)),
  };
}

type Previewed = Pick<FilePreview, 'mediaType' | 'isGzip' | 'content'>;

async function previewContent(ctx: Context, place: ObjectPlace, head: HeadObjectCommandOutput): Promise<Previewed> {
  const reader = new ObjectReader(ctx.aws.s3, place, head, LIMIT_BYTES);
  if (reader.sizeBytes === 0) return { mediaType: '', isGzip: false, content: { kind: 'empty' } };
  const start = await reader.read(0, HEAD_BYTES);
  if (isParquet(start)) {
    const damaged: PreviewContent = { kind: 'none', problems: [describeProblem('parquet-damaged')] };
    const content = (await previewParquet(reader)) ?? damaged;
    return { mediaType: 'application/vnd.apache.parquet', isGzip: false, content };
  }
  const { sizeBytes } = reader;
  const fileName = place.key.split('/').at(-1) ?? '';
  const { content, ...kind } = previewHead(start, { fileName, sizeBytes, truncated: sizeBytes > start.length });
  if (content.kind !== 'media') return { ...kind, content };
  return { ...kind, content: { kind: content.as, url: await signMedia(ctx, place, head, kind.mediaType) } };
}

/** The type is ours, by the file's bytes, and never what the file was once said to be: a page of HTML stays a text. */
function signMedia(
  ctx: Context,
  { bucket, key }: ObjectPlace,
  head: HeadObjectCommandOutput,
  mediaType: string,
): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    VersionId: head.VersionId,
    ResponseContentType: mediaType,
    ResponseContentDisposition: 'inline',
  });
  return getSignedUrl(ctx.aws.s3, command, { expiresIn: VALID_SECONDS });
}
