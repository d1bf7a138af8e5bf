import { PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { S3Bench } from '../testing.ts';

export async function keysOf({ s3 }: S3Bench, Bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket })) {
    keys.push(...Contents.map(({ Key }) => Key ?? ''));
  }
  return keys;
}

/** More keys than one page of a listing, or one request to delete, holds. */
export async function putMany({ s3 }: S3Bench, Bucket: string): Promise<number> {
  const keys = Array.from({ length: 1050 }, (_, i) => `many/${String(i).padStart(4, '0')}`);
  for (let at = 0; at < keys.length; at += 50) {
    await Promise.all(keys.slice(at, at + 50).map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))));
  }
  return keys.length;
}
