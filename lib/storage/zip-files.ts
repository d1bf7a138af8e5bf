import 'server-only';
import { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { Zip, ZipPassThrough } from 'fflate';
import { type Context, requireAllowance, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { ZipFiles } from './change-schemas';
import { zipNames } from './zip-names';
import { zoneBucket } from './zone-bucket';
import { ZIP_MAX_BYTES } from './zones';

/**
 * Returns files as one zip archive, made while it is read: one file is open at a time and nothing waits in memory but the
 * chunk under way. Not compressed: most files of a lake are already, and the lake's line is rarely the narrow one.
 */
export async function zipFiles(ctx: Context, raw: ZipFiles): Promise<ReadableStream<Uint8Array>> {
  requirePermission(ctx, 'files:download');
  requireAllowance(ctx, 'zip');
  const { zone, prefix, keys } = ZipFiles.parse(raw);
  const bucket = zoneBucket(await getLake(), zone);
  return Readable.toWeb(Readable.from(zipped(ctx, bucket, zipNames(prefix, keys)))) as ReadableStream<Uint8Array>;
}

async function* zipped(ctx: Context, bucket: string, entries: { key: string; name: string }[]) {
  const ready: Uint8Array[] = [];
  let sizeBytes = 0;
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for (const { key, name } of entries) {
    const {
      Body,
      ContentLength = 0,
      LastModified,
    } = await ctx.aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    sizeBytes += ContentLength;
    if (sizeBytes > ZIP_MAX_BYTES) throw new AppError('LIMIT_EXCEEDED', 'The files are more than an archive holds.');
    const entry = new ZipPassThrough(name);
    if (LastModified) entry.mtime = LastModified;
    zip.add(entry);
    for await (const chunk of Body as AsyncIterable<Uint8Array>) {
      entry.push(chunk);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}
