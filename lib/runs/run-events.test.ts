import { expect, it } from 'vitest';
import { withLimit } from '@/lib/aws/with-limit';
import { runEvents } from './run-events';
import { datasetOfKey, runFile } from './run-file';

it('flattens the details of every type of event', () => {
  const at = new Date(5);
  expect(
    runEvents([
      { id: 1, type: 'TaskStateEntered', timestamp: at, stateEnteredEventDetails: { name: 'Validate', input: '{}' } },
      {
        id: 2,
        previousEventId: 1,
        type: 'TaskFailed',
        timestamp: at,
        taskFailedEventDetails: { resourceType: 'glue', resource: 'startJobRun.sync', error: 'E', cause: 'C' },
      },
      { id: 3, previousEventId: 2, type: 'ExecutionAborted', timestamp: at },
    ]),
  ).toEqual([
    { id: 1, previousId: 0, type: 'TaskStateEntered', at: 5, state: 'Validate', input: '{}' },
    { id: 2, previousId: 1, type: 'TaskFailed', at: 5, error: 'E', cause: 'C', resource: 'startJobRun.sync' },
    { id: 3, previousId: 2, type: 'ExecutionAborted', at: 5 },
  ]);
});

it('reads the file off S3’s event, and nothing off anything else', () => {
  const event = {
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'raw' }, object: { key: 'Web Logs/may.log', size: 3, 'version-id': 'v' } },
  };
  expect(runFile(JSON.stringify(event))).toEqual({
    bucket: 'raw',
    key: 'Web Logs/may.log',
    versionId: 'v',
    sizeBytes: 3,
    removed: false,
  });
  expect(runFile('{"hello":1}')).toBeUndefined();
  expect(runFile('not json')).toBeUndefined();
  expect(datasetOfKey('Web Logs/may.log')).toBe('web_logs');
  expect(datasetOfKey('loose.csv')).toBeUndefined();
});

it('never has more calls under way than allowed, and keeps the order', async () => {
  let running = 0;
  let most = 0;
  const results = await withLimit([3, 1, 2, 5], 2, async (item) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, item));
    running--;
    return item * 10;
  });
  expect(results).toEqual([30, 10, 20, 50]);
  expect(most).toBe(2);
});
