/** Crawlers by the clock, through the SDK; the test moves the clock. */
import {
  CreateCrawlerCommand,
  DeleteCrawlerCommand,
  GetCrawlerCommand,
  GetTablesCommand,
  StartCrawlerScheduleCommand,
  StopCrawlerScheduleCommand,
  UpdateCrawlerCommand,
  UpdateCrawlerScheduleCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buckets, GlueLake, jobRole } from '../testing.ts';

let lake: GlueLake;
let aheadMs = 0;
beforeAll(async () => {
  lake = await GlueLake.start({ clock: () => Date.now() + aheadMs });
});
afterAll(() => lake.close());

const EVERY_MINUTE = 'cron(* * * * ? *)';
const create = (Name: string, Schedule?: string) =>
  lake.glue.send(
    new CreateCrawlerCommand({
      Name,
      Role: jobRole,
      DatabaseName: 'retail',
      Targets: { S3Targets: [{ Path: `s3://${buckets.processed}/` }] },
      Schedule,
    }),
  );
const crawler = async (Name: string) => (await lake.glue.send(new GetCrawlerCommand({ Name }))).Crawler;
const fails = (request: Promise<unknown>, name: string, message: string) =>
  expect(request).rejects.toMatchObject({ name, message: expect.stringContaining(message) });

test('a schedule that Glue would not take is refused', async () => {
  await fails(create('c', 'rate(5 minutes)'), 'InvalidInputException', "'rate(5 minutes)' is not cron(…).");
  await fails(create('c', 'cron(0 10 * * * *)'), 'InvalidInputException', 'must be ?.');
  await create('none');
  const CrawlerName = 'none';
  await fails(
    lake.glue.send(new StartCrawlerScheduleCommand({ CrawlerName })),
    'NoScheduleException',
    'Crawler with name none has no schedule',
  );
  await fails(
    lake.glue.send(new StopCrawlerScheduleCommand({ CrawlerName })),
    'SchedulerNotRunningException',
    'is not running',
  );
  await fails(
    lake.glue.send(new StartCrawlerScheduleCommand({ CrawlerName: 'nobody' })),
    'EntityNotFoundException',
    'Crawler entry with name nobody does not exist',
  );
});

test('a crawler crawls when its time has come, and not while its schedule is stopped', async () => {
  await lake.put(buckets.processed, 'visits/a.csv', 'id,day\n1,2024-01-01\n');
  const CrawlerName = 'clocked';
  await create(CrawlerName, EVERY_MINUTE);
  expect((await crawler(CrawlerName))?.Schedule).toEqual({ ScheduleExpression: EVERY_MINUTE, State: 'SCHEDULED' });
  await fails(
    lake.glue.send(new StartCrawlerScheduleCommand({ CrawlerName })),
    'SchedulerRunningException',
    'is already running',
  );
  aheadMs += 60_000;
  const lastCrawl = async () => (await crawler(CrawlerName))?.LastCrawl;
  await expect.poll(async () => (await lastCrawl())?.Status, { timeout: 20_000 }).toBe('SUCCEEDED');
  const { TableList } = await lake.glue.send(new GetTablesCommand({ DatabaseName: 'retail' }));
  expect(TableList?.map(({ Name }) => Name)).toEqual(['visits']);

  await lake.glue.send(new StopCrawlerScheduleCommand({ CrawlerName }));
  const Schedule = 'cron(0/1 * * * ? *)';
  await lake.glue.send(new UpdateCrawlerScheduleCommand({ CrawlerName, Schedule }));
  expect((await crawler(CrawlerName))?.Schedule).toEqual({ ScheduleExpression: Schedule, State: 'NOT_SCHEDULED' });
  const before = (await lastCrawl())?.StartTime?.getTime();
  aheadMs += 60_000;
  expect((await lastCrawl())?.StartTime?.getTime()).toBe(before);
  await lake.glue.send(new StartCrawlerScheduleCommand({ CrawlerName }));
  aheadMs += 60_000;
  await expect.poll(async () => (await lastCrawl())?.StartTime?.getTime(), { timeout: 20_000 }).not.toBe(before);
  await lake.glue.send(new StopCrawlerScheduleCommand({ CrawlerName }));
  await expect.poll(async () => (await crawler(CrawlerName))?.State, { timeout: 20_000 }).toBe('READY');

  await lake.glue.send(new UpdateCrawlerCommand({ Name: CrawlerName, Schedule: '' }));
  expect((await crawler(CrawlerName))?.Schedule).toBeUndefined();
  await lake.glue.send(new DeleteCrawlerCommand({ Name: CrawlerName }));
});
