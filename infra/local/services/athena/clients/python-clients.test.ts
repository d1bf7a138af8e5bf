/** Athena's clients that nobody here wrote: a session of each, which asserts everything itself. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPeer } from '../../../testing/peer.ts';
import { startTestLake } from '../../../testing/test-lake.ts';

describe.each([
  ['boto3', 'boto3'],
  ['PyAthena', 'pyathena.pandas.cursor, pandas'],
  ['SQLAlchemy', 'pyathena.sqlalchemy.rest'],
  ['awswrangler', 'awswrangler'],
])('%s', (name, modules) => {
  const peer = findPeer('python3', ['-c', `import ${modules}`], name);

  test.skipIf(!peer)('does what it does on AWS', { timeout: 120_000 }, async () => {
    const lake = await startTestLake({ services: ['athena'] });
    const { credentials, region, endpoint } = lake.clientConfig;
    try {
      const story = `with_${name.toLowerCase()}`;
      const told = await peer?.run([path.join(import.meta.dirname, 'python_story.py'), story], {
        AWS_ENDPOINT_URL: endpoint,
        AWS_DEFAULT_REGION: region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_CONFIG_FILE: '/dev/null',
      });
      expect(told?.trim()).toBe(`${story} is told`);
    } finally {
      await lake.close();
    }
  });
});
