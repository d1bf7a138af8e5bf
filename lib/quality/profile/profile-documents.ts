import 'server-only';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type _Object as Stored } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { PROFILE_STEPS } from '@/lib/languages/quality/profile-table.ts';
import { TableProfile, tableProfileKey } from '@/lib/languages/quality/table-profile.ts';
import type { ListedProfile } from './schemas';

export interface TableRef {
  database: string;
  table: string;
}

/**
 * A profile that is being made: which statements Athena runs for it. All there is to know is here and in Athena, so that
 * whoever looks next can go on, in another tab or after a restart.
 */
const RunDocument = z.object({
  startedAt: z.string(),
  by: z.string(),
  /** Of the table when it began; undefined where that cannot be told. */
  version: z.string().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  status: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
  message: z.string().optional(),
  steps: z.array(
    z.object({
      step: z.enum(PROFILE_STEPS),
      statements: z.array(z.object({ id: z.string(), executionId: z.string() })),
      /** Once all of them have ended. */
      scannedBytes: z.number().optional(),
    }),
  ),
});
export type RunDocument = z.infer<typeof RunDocument>;

const folderOf = (table: TableRef) => tableProfileKey({ ...table, profiledAt: '' }).slice(0, -'.json'.length);
const runKey = (table: TableRef) => `${folderOf(table)}running.json`;

export interface KeptRun {
  run: RunDocument;
  etag: string;
}

export async function findRun(ctx: Context, table: TableRef): Promise<KeptRun | undefined> {
  const found = await findDocument(ctx, runKey(table));
  return found && { run: RunDocument.parse(found.json), etag: found.etag };
}

/** `over` is the ETag of the document that this one replaces, undefined where there was none: throws CONFLICT otherwise. */
export async function putRun(ctx: Context, table: TableRef, run: RunDocument, over?: string): Promise<KeptRun> {
  const condition = over === undefined ? { IfNoneMatch: '*' } : { IfMatch: over };
  return { run, etag: await putDocument(ctx, runKey(table), run, condition) };
}

export async function findProfile(ctx: Context, table: TableRef, profiledAt: string) {
  const found = await findDocument(ctx, tableProfileKey({ ...table, profiledAt }));
  return found && TableProfile.parse(found.json);
}

export async function putProfile(ctx: Context, profile: TableProfile): Promise<void> {
  await putDocument(ctx, tableProfileKey(profile), profile, {});
}

/** Newest first. */
export async function profilesOf(ctx: Context, table: TableRef): Promise<ListedProfile[]> {
  const { resultsBucket: Bucket } = await getLake();
  const Prefix = folderOf(table);
  const { items } = await collectPages<Stored>(async (ContinuationToken) => {
    const page = await ctx.aws.s3.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
    return { items: page.Contents, next: page.NextContinuationToken };
  });
  const found = items.flatMap(({ Key = '', Size = 0 }) => {
    const profiledAt = /^(\d{4}-.*Z)\.json$/.exec(Key.slice(Prefix.length))?.[1];
    return profiledAt ? [{ profiledAt, sizeBytes: Size }] : [];
  });
  return found.reverse();
}

async function findDocument(ctx: Context, Key: string): Promise<{ json: unknown; etag: string } | undefined> {
  const { resultsBucket: Bucket } = await getLake();
  try {
    const object = await ctx.aws.s3.send(new GetObjectCommand({ Bucket, Key }));
    return { json: JSON.parse((await object.Body?.transformToString()) ?? 'null'), etag: object.ETag ?? '' };
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

async function putDocument(
  ctx: Context,
  Key: string,
  document: unknown,
  condition: { IfMatch?: string; IfNoneMatch?: string },
): Promise<string> {
  const { resultsBucket: Bucket } = await getLake();
  const Body = JSON.stringify(document);
  const put = new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json', ...condition });
  return (await ctx.aws.s3.send(put)).ETag ?? '';
}
