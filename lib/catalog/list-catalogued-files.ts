import 'server-only';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { DatasetName } from '@/lib/storage/schemas';
import { FILE_NOTES } from './list-datasets';
import type { CataloguedFile } from './schemas';

const MAX_FILES = 200;
const READ_AT_ONCE = 10;

const Input = z.object({ dataset: DatasetName });

/** What the pipeline notes of a file. */
const Note = z.object({
  key: z.string(),
  size: z.number(),
  mediaType: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  pages: z.number().optional(),
  language: z.string().optional(),
  versionId: z.string().optional(),
});

/** Returns the files of a dataset that are catalogued as files: the first 200, in the order of their names. */
export async function listCataloguedFiles(ctx: Context, raw: z.input<typeof Input>): Promise<CataloguedFile[]> {
  requirePermission(ctx, 'datasets:read');
  const { dataset } = Input.parse(raw);
  const { processedBucket } = await getLake();
  const { Contents } = await ctx.aws.s3.send(
    new ListObjectsV2Command({ Bucket: processedBucket, Prefix: `${FILE_NOTES}${dataset}/`, MaxKeys: MAX_FILES }),
  );
  const notes = await withLimit(Contents ?? [], READ_AT_ONCE, async ({ Key }) => {
    const object = await ctx.aws.s3.send(new GetObjectCommand({ Bucket: processedBucket, Key }));
    return Note.safeParse(JSON.parse((await object.Body?.transformToString()) ?? 'null')).data;
  });
  return notes.filter((note) => note !== undefined).map(({ size, ...note }) => ({ ...note, sizeBytes: size }));
}
