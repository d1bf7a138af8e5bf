import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { CreateBucketCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type Zippable, zipSync } from 'fflate';
import { z } from 'zod';
import { createOrUpdate, type Ground, isAwsError } from './resource.ts';
import { location } from './resources/s3.ts';

const Manifest = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string(), packaging: z.enum(['file', 'zip']) }),
      destinations: z.record(z.string(), z.object({ bucketName: z.string(), objectKey: z.string() })),
    }),
  ),
});

/** Puts the files that a synthesized stack refers to (bundles, scripts, graphs) where its template looks for them. */
export async function publishAssets(assembly: string, stackName: string, ground: Ground): Promise<void> {
  const manifest = Manifest.parse(JSON.parse(await readFile(path.join(assembly, `${stackName}.assets.json`), 'utf8')));
  const buckets = new Set<string>();
  for (const { source, destinations } of Object.values(manifest.files)) {
    for (const { bucketName, objectKey } of Object.values(destinations)) {
      const Bucket = fillIn(bucketName, ground);
      if (!buckets.has(Bucket)) await makeBucket(Bucket, ground);
      buckets.add(Bucket);
      await publish(path.join(assembly, source.path), source.packaging, { Bucket, Key: objectKey }, ground);
    }
  }
}

/** Bucket names of an assembly carry CloudFormation's placeholders. */
function fillIn(name: string, { account, region }: Ground): string {
  const values: Record<string, string> = { AccountId: account, Region: region, Partition: 'aws' };
  return name.replace(/\$\{AWS::(\w+)\}/g, (whole, pseudo: string) => values[pseudo] ?? whole);
}

async function makeBucket(Bucket: string, { clients: { s3 }, region }: Ground): Promise<void> {
  await createOrUpdate(
    ['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'],
    () => s3.send(new CreateBucketCommand({ Bucket, ...location(region) })),
    async () => undefined,
  );
}

async function publish(
  file: string,
  packaging: 'file' | 'zip',
  at: { Bucket: string; Key: string },
  { clients: { s3 } }: Ground,
): Promise<void> {
  // Keys are hashes of the content: what is there already is the same.
  const there = await s3.send(new HeadObjectCommand(at)).catch((error: unknown) => {
    if (isAwsError(error, 'NotFound', 'NoSuchKey')) return undefined;
    throw error;
  });
  if (there) return;
  const isFolder = packaging === 'zip' && (await stat(file)).isDirectory();
  if (isFolder) await s3.send(new PutObjectCommand({ ...at, Body: await zipFolder(file) }));
  else
    await s3.send(
      new PutObjectCommand({ ...at, Body: createReadStream(file), ContentLength: (await stat(file)).size }),
    );
}

async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries: Zippable = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    entries[path.relative(folder, file).replaceAll(path.sep, '/')] = await readFile(file);
  }
  return zipSync(entries, { mtime: '1980-01-01' });
}
