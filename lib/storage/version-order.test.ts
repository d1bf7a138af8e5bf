import { Readable } from 'node:stream';
import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { orderOfVersions } from './version-order';

const xml = `<?xml version="1.0" encoding="UTF-8"?><ListVersionsResult><Name>b</Name>
${['Version v4', 'DeleteMarker d3', 'Version v2', 'DeleteMarker d1', 'DeleteMarker d0']
  .map((entry) => entry.split(' '))
  .map(
    ([kind, id]) =>
      `<${kind}><Key>k</Key><VersionId>${id}</VersionId><LastModified>2026-01-01T00:00:00.000Z</LastModified></${kind}>`,
  )
  .join('')}</ListVersionsResult>`;

it('keeps versions and delete markers of one second in the order in which S3 tells them', async () => {
  const s3 = new S3Client({
    region: 'eu-west-3',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    requestHandler: {
      // As the wire gives it: a status, headers, and a stream of bytes.
      handle: async () =>
        ({ response: { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(xml)]) } }) as never,
    },
  });
  const command = new ListObjectVersionsCommand({ Bucket: 'b' });
  const order = orderOfVersions(command);
  const { Versions = [], DeleteMarkers = [] } = await s3.send(command);
  expect(order(Versions, DeleteMarkers).map(({ version }) => version.VersionId)).toEqual([
    'v4',
    'd3',
    'v2',
    'd1',
    'd0',
  ]);
});
