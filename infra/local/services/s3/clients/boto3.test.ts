/** boto3 against S3: a script of its own users' kind, which asserts everything itself. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPeer } from '../../../testing/peer.ts';
import { startS3Bench } from '../testing.ts';

const peer = findPeer('python3', ['-c', 'import boto3'], 'boto3');

describe.skipIf(!peer)('boto3', () => {
  test('does what it does on AWS', { timeout: 180_000 }, async () => {
    const bench = await startS3Bench();
    const { credentials, region, endpoint } = bench.lake.clientConfig;
    try {
      const told = await peer?.run([path.join(import.meta.dirname, 'boto3_story.py')], {
        AWS_ENDPOINT_URL: endpoint,
        AWS_DEFAULT_REGION: region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_CONFIG_FILE: '/dev/null',
      });
      expect(JSON.parse(told ?? '')).toContain('conditions');
    } finally {
      await bench.close();
    }
  });
});
