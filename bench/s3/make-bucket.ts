import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Server } from './peers.ts';

export async function makeBucket(server: Pick<Server, 'port' | 'region' | 'credentials'>, Bucket: string) {
  const { port, region, credentials } = server;
  const s3 = new S3Client({ endpoint: `http://127.0.0.1:${port}`, region, credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  s3.destroy();
}
