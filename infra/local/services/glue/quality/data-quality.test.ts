/** Data quality through the SDK: rulesets, and runs that really evaluate. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchGetDataQualityResultCommand,
  BatchPutDataQualityStatisticAnnotationCommand,
  CancelDataQualityRulesetEvaluationRunCommand,
  CreateDataQualityRulesetCommand,
  CreateTableCommand,
  DeleteDataQualityRulesetCommand,
  GetDataQualityResultCommand,
  GetDataQualityRuleRecommendationRunCommand,
  GetDataQualityRulesetCommand,
  GetDataQualityRulesetEvaluationRunCommand,
  GetTagsCommand,
  ListDataQualityResultsCommand,
  ListDataQualityRuleRecommendationRunsCommand,
  ListDataQualityRulesetEvaluationRunsCommand,
  ListDataQualityRulesetsCommand,
  type ListDataQualityRulesetsCommandInput,
  ListDataQualityStatisticAnnotationsCommand,
  ListDataQualityStatisticsCommand,
  type ListDataQualityStatisticsCommandInput,
  PutDataQualityProfileAnnotationCommand,
  StartDataQualityRuleRecommendationRunCommand,
  StartDataQualityRulesetEvaluationRunCommand,
  type StartDataQualityRulesetEvaluationRunCommandInput,
  TagResourceCommand,
  UpdateDataQualityRulesetCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestLake } from '../../../testing/test-lake.ts';
import { buckets, GlueLake, jobRole } from '../testing.ts';

let lake: GlueLake;
let dataFolder: string;
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'lacustre-quality-'));
  lake = await GlueLake.start({ dataFolder });
  await lake.put(buckets.processed, 'orders/a.csv', 'id,country,amount\n1,FR,10\n2,DE,20\n3,FR,\n4,IT,7.5\n');
  const columns = { id: 'bigint', country: 'string', amount: 'double' };
  const StorageDescriptor = {
    Location: `s3://${buckets.processed}/orders/`,
    Columns: Object.entries(columns).map(([Name, Type]) => ({ Name, Type })),
    SerdeInfo: {
      SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
      Parameters: { 'field.delim': ',' },
    },
  };
  const TableInput = {
    Name: 'orders',
    TableType: 'EXTERNAL_TABLE',
    StorageDescriptor,
    Parameters: { 'skip.header.line.count': '1' },
  };
  await lake.glue.send(new CreateTableCommand({ DatabaseName: 'retail', TableInput }));
});
afterAll(async () => {
  await lake.close();
  await rm(dataFolder, { recursive: true, force: true });
});

const TargetTable = { DatabaseName: 'retail', TableName: 'orders' };
const DataSource = { GlueTable: TargetTable };
const arnOf = (name: string) => `arn:aws:glue:eu-west-3:000000000000:dataQualityRuleset/${name}`;
const create = (Name: string, Ruleset: string, more = {}) =>
  lake.glue.send(new CreateDataQualityRulesetCommand({ Name, Ruleset, TargetTable, ...more }));
const fails = (request: Promise<unknown>, name: string, message: string | RegExp) =>
  expect(request).rejects.toMatchObject({ name, message: expect.stringMatching(message) });

type StartInput = Partial<StartDataQualityRulesetEvaluationRunCommandInput>;
async function start(RulesetNames: string[], more: StartInput = {}): Promise<string> {
  const input = { DataSource, Role: jobRole, RulesetNames, ...more };
  return (await lake.glue.send(new StartDataQualityRulesetEvaluationRunCommand(input))).RunId ?? '';
}
const get = (RunId: string) => lake.glue.send(new GetDataQualityRulesetEvaluationRunCommand({ RunId }));
async function ended(RunId: string) {
  await expect.poll(async () => (await get(RunId)).CompletedOn, { timeout: 20_000 }).toBeDefined();
  return get(RunId);
}
async function results(RunId: string) {
  const { ResultIds = [] } = await ended(RunId);
  return Promise.all(ResultIds.map((ResultId) => lake.glue.send(new GetDataQualityResultCommand({ ResultId }))));
}

describe('rulesets', () => {
  test('are refused where they are no DQDL, with the place', async () => {
    await fails(
      create('bad', 'Rules = [ IsComplete "id", Nonsense "x" ]'),
      'InvalidInputException',
      /line 1:28: .*Nonsense/,
    );
    await fails(create('bad', 'Rules = [\n  IsComplete "id" '), 'InvalidInputException', /line 2:/);
    await fails(create('bad', ''), 'InvalidInputException', /Ruleset/);
    await fails(
      lake.glue.send(new GetDataQualityRulesetCommand({ Name: 'bad' })),
      'EntityNotFoundException',
      'Data quality ruleset bad not found.',
    );
  });

  test('are made once, changed and deleted, with their tags', async () => {
    const text = 'Rules = [ IsComplete "id", IsUnique "id" ]';
    await create('kept', text, { Description: 'The keys', Tags: { owner: 'ada' }, ClientToken: 'once' });
    expect(await create('kept', text, { ClientToken: 'once' })).toMatchObject({ Name: 'kept' });
    await fails(create('kept', text), 'AlreadyExistsException', 'already exists: kept');
    const update = { Name: 'kept', Ruleset: 'Rules = [ IsComplete "id" ]' };
    expect(await lake.glue.send(new UpdateDataQualityRulesetCommand(update))).toMatchObject({
      ...update,
      Description: 'The keys',
    });
    await fails(
      lake.glue.send(new UpdateDataQualityRulesetCommand({ Name: 'kept', Ruleset: 'Rules = [' })),
      'InvalidInputException',
      /line 1/,
    );
    expect(await lake.glue.send(new GetDataQualityRulesetCommand({ Name: 'kept' }))).toMatchObject({
      ...update,
      Description: 'The keys',
      TargetTable,
      CreatedOn: expect.any(Date),
      LastModifiedOn: expect.any(Date),
    });
    const ResourceArn = arnOf('kept');
    await lake.glue.send(new TagResourceCommand({ ResourceArn, TagsToAdd: { 'lacustre:gate': 'block' } }));
    const tags = async () => (await lake.glue.send(new GetTagsCommand({ ResourceArn }))).Tags;
    expect(await tags()).toEqual({ owner: 'ada', 'lacustre:gate': 'block' });
    await lake.glue.send(new DeleteDataQualityRulesetCommand({ Name: 'kept' }));
    expect(await tags()).toEqual({});
    await fails(
      lake.glue.send(new DeleteDataQualityRulesetCommand({ Name: 'kept' })),
      'EntityNotFoundException',
      'kept not found',
    );
  });

  test('are listed by what they are about, page by page', async () => {
    await create('list-a', 'Rules = [ RowCount > 0 ]', { Description: 'about rows', Tags: { lacustre: 'yes' } });
    await create('list-b', 'Rules = [ RowCount > 0, ColumnCount = 3 ]');
    await create('list-c', 'Rules = [ RowCount > 0 ]', { TargetTable: { DatabaseName: 'retail', TableName: 'other' } });
    const list = async (input: ListDataQualityRulesetsCommandInput) => {
      const { Rulesets = [], NextToken } = await lake.glue.send(new ListDataQualityRulesetsCommand(input));
      return { names: Rulesets.map(({ Name }) => Name), NextToken, Rulesets };
    };
    const Filter = { Name: 'list-' };
    const first = await list({ Filter, MaxResults: 2 });
    expect(first.Rulesets).toMatchObject([{ RuleCount: 1 }, { RuleCount: 2, TargetTable }]);
    expect((await list({ Filter, MaxResults: 2, NextToken: first.NextToken })).names).toEqual(['list-c']);
    expect((await list({ Filter: { ...Filter, TargetTable } })).names).toEqual(['list-a', 'list-b']);
    expect((await list({ Filter: { Description: 'rows' } })).names).toEqual(['list-a']);
    expect((await list({ Tags: { lacustre: 'yes' } })).names).toEqual(['list-a']);
    const before = new Date('2020-01-01');
    expect((await list({ Filter: { ...Filter, CreatedBefore: before } })).names).toEqual([]);
    expect((await list({ Filter: { ...Filter, LastModifiedAfter: before } })).names).toHaveLength(3);
  });
});

describe('an evaluation', () => {
  test('finds what passes, what fails, and what cannot be evaluated', async () => {
    await create('keys', 'Rules = [ IsUnique "id", IsComplete "amount", IsComplete "nobody" ]');
    await create(
      'sizes',
      'Rules = [ RowCount = 4, (ColumnCount = 3) and (IsComplete "id") ]\nAnalyzers = [ Mean "amount" ]',
    );
    const RunId = await start(['keys', 'sizes'], {
      NumberOfWorkers: 2,
      AdditionalRunOptions: { ResultsS3Prefix: `s3://${buckets.results}/dq/` },
    });
    expect(await ended(RunId)).toMatchObject({
      RunId,
      Status: 'SUCCEEDED',
      DataSource,
      Role: jobRole,
      NumberOfWorkers: 2,
      Timeout: 2880,
      RulesetNames: ['keys', 'sizes'],
    });
    const [keys, sizes] = await results(RunId);
    expect(keys?.Score).toBeCloseTo(1 / 3);
    expect(keys).toMatchObject({
      RulesetName: 'keys',
      RulesetEvaluationRunId: RunId,
      DataSource,
      RuleResults: [
        {
          Name: 'Rule_1',
          Description: 'IsUnique "id"',
          Result: 'PASS',
          EvaluatedMetrics: { 'Column.id.Uniqueness': 1 },
        },
        {
          Result: 'FAIL',
          EvaluatedMetrics: { 'Column.amount.Completeness': 0.75 },
          EvaluationMessage: expect.any(String),
        },
        { Result: 'ERROR', EvaluationMessage: expect.stringContaining('nobody') },
      ],
      AggregatedMetrics: { TotalRowsProcessed: 4, TotalRulesProcessed: 3, TotalRulesPassed: 1, TotalRulesFailed: 2 },
    });
    expect(sizes).toMatchObject({
      Score: 1,
      AnalyzerResults: [{ Description: 'Mean "amount"', EvaluatedMetrics: { 'Column.amount.Mean': 12.5 } }],
    });
    expect(await lake.keys(buckets.results, 'dq/')).toEqual(
      [keys, sizes].map((one) => `dq/${one?.ResultId}.json`).sort(),
    );

    const found = await lake.glue.send(
      new BatchGetDataQualityResultCommand({ ResultIds: [keys?.ResultId ?? '', 'dqresult-none'] }),
    );
    expect(found).toMatchObject({ Results: [{ RulesetName: 'keys' }], ResultsNotFound: ['dqresult-none'] });
    const listed = await lake.glue.send(
      new ListDataQualityResultsCommand({ Filter: { DataSource }, MaxResults: 1000 }),
    );
    expect(listed.Results?.map(({ ResultId }) => ResultId)).toEqual(
      expect.arrayContaining([keys?.ResultId, sizes?.ResultId]),
    );
    const runs = await lake.glue.send(
      new ListDataQualityRulesetEvaluationRunsCommand({ Filter: { DataSource, RulesetName: 'sizes' } as never }),
    );
    expect(runs.Runs).toMatchObject([{ RunId, Status: 'SUCCEEDED' }]);
  });

  test('looks at what a query makes of the table, and at no other history', async () => {
    await create('prepared', 'Rules = [ RowCount = 2, IsUnique "land", ColumnCount = 2, Mean "total" > 10 ]');
    const { GlueTable } = DataSource;
    const prepared = (PreProcessingQuery: string) => ({
      DataSource: { DataQualityGlueTable: { ...GlueTable, PreProcessingQuery } },
    });
    for (const from of ['orders', 'retail.orders', 'primary']) {
      const query = `SELECT country AS land, sum(amount) AS total FROM ${from} WHERE amount > 9 GROUP BY country`;
      const [result] = await results(await start(['prepared'], prepared(query)));
      expect(result?.RuleResults?.map(({ Result }) => Result)).toEqual(['PASS', 'PASS', 'PASS', 'PASS']);
      expect(result?.DataSource).toEqual(prepared(query).DataSource);
    }
    await create('as-before', 'Rules = [ RowCount = last(1) ]');
    for (const more of [{}, prepared('SELECT 1 AS one'), {}]) {
      const [result] = await results(await start(['as-before'], more));
      // Those of the query are no history of the table.
      if (!('DataSource' in more)) expect(result?.RuleResults).toMatchObject([{ Result: 'PASS' }]);
    }
    const none = prepared('SELECT country AS land, amount AS total FROM orders WHERE false');
    const [empty] = await results(await start(['prepared'], none));
    expect(empty?.RuleResults?.[0]).toMatchObject({ Result: 'FAIL', EvaluatedMetrics: { 'Dataset.*.RowCount': 0 } });
    for (const [query, reason] of [
      ['DELETE FROM orders', /SELECT or WITH/],
      ['SELECT nobody FROM orders', /nobody/],
      ['SELECT country, country FROM orders', /two columns called country/],
      ['SELECT * FROM secrets', /secrets/],
    ] as const) {
      const run = await ended(await start(['prepared'], prepared(query)));
      expect(run, query).toMatchObject({ Status: 'FAILED', ErrorString: expect.stringMatching(reason) });
    }
  });

  test('looks at the partitions that its options leave', async () => {
    await create('part', 'Rules = [ RowCount = 2 ]');
    const some = { GlueTable: { ...DataSource.GlueTable, AdditionalOptions: { pushDownPredicate: "country = 'FR'" } } };
    const [result] = await results(await start(['part'], { DataSource: some }));
    expect(result?.RuleResults).toMatchObject([{ Result: 'PASS' }]);
  });

  test.each([
    ['a connection', { DataSource: { GlueTable: { ConnectionName: 'jdbc' } } }, /ConnectionName'.*is not supported/],
    ['another option', { DataSource: { GlueTable: { AdditionalOptions: { rows: '5' } } } }, /AdditionalOptions/],
    [
      'metrics',
      { AdditionalRunOptions: { CloudWatchMetricsEnabled: true } },
      /CloudWatchMetricsEnabled'.*is not supported/,
    ],
    ['other sources', { AdditionalDataSources: { other: {} } }, /AdditionalDataSources'.*is not supported/],
  ])('refuses %s by its name', async (_, given, reason) => {
    await create('refusing', 'Rules = [ RowCount > 0 ]').catch(() => undefined);
    const { DataSource: source, ...more } = given as Record<string, Record<string, Record<string, object>>>;
    const GlueTable = { ...DataSource.GlueTable, ...source?.GlueTable };
    await expect(start(['refusing'], { ...more, ...(source ? { DataSource: { GlueTable } } : {}) })).rejects.toThrow(
      reason,
    );
  });

  test('looks back on those before it', async () => {
    await create('dynamic', 'Rules = [ RowCount >= avg(last(3)) ]');
    const [first] = await results(await start(['dynamic']));
    const [second] = await results(await start(['dynamic']));
    expect([first, second].map((one) => one?.RuleResults?.[0]?.Result).at(-1)).toBe('PASS');
  });

  test('leaves statistics, and learns nothing from those that a person excludes', async () => {
    await create('learning', 'Rules = [ RowCount > last(1) ]');
    const RunId = await start(['learning']);
    const [result] = await results(RunId);
    // As many rows as before are not more.
    expect(result?.RuleResults?.[0]?.Result).toBe('FAIL');
    const { ProfileId = '' } = result ?? {};
    const list = async (input: ListDataQualityStatisticsCommandInput) =>
      (await lake.glue.send(new ListDataQualityStatisticsCommand(input))).Statistics ?? [];
    const own = await list({ ProfileId, MaxResults: 1000 });
    const rows = own.find(({ StatisticName }) => StatisticName === 'Dataset.*.RowCount');
    expect(rows).toMatchObject({ DoubleValue: 4, EvaluationLevel: 'Dataset', RunIdentifier: { RunId } });
    expect(own).toContainEqual(
      expect.objectContaining({
        StatisticName: 'Column.amount.Completeness',
        DoubleValue: 0.75,
        EvaluationLevel: 'Column',
        ColumnsReferenced: ['amount'],
        InclusionAnnotation: expect.objectContaining({ Value: 'INCLUDE' }),
      }),
    );
    const { StatisticId = '' } = rows ?? {};
    expect((await list({ StatisticId })).length).toBeGreaterThan(1);

    const InclusionAnnotation = 'EXCLUDE';
    for (const { ProfileId: profile = '' } of await list({ StatisticId })) {
      await lake.glue.send(new PutDataQualityProfileAnnotationCommand({ ProfileId: profile, InclusionAnnotation }));
    }
    const alone = await results(await start(['learning']));
    expect(alone[0]?.RuleResults?.[0]?.Result).not.toBe('FAIL');
    const include = { ProfileId, StatisticId, InclusionAnnotation: 'INCLUDE' as const };
    const nothing = { ...include, StatisticId: 'none' };
    const put = new BatchPutDataQualityStatisticAnnotationCommand({ InclusionAnnotations: [include, nothing] });
    expect((await lake.glue.send(put)).FailedInclusionAnnotations).toMatchObject([{ StatisticId: 'none' }]);
    const said = new ListDataQualityStatisticAnnotationsCommand({ ProfileId, StatisticId });
    expect((await lake.glue.send(said)).Annotations).toMatchObject([{ InclusionAnnotation: { Value: 'INCLUDE' } }]);
    await fails(
      lake.glue.send(new PutDataQualityProfileAnnotationCommand({ ProfileId: 'none', InclusionAnnotation })),
      'EntityNotFoundException',
      'none not found',
    );
  });

  test('reads as its role, and says what that is not allowed', async () => {
    await create('role', 'Rules = [ RowCount > 0 ]');
    await lake.allow([{ Action: ['glue:GetTable', 'glue:GetDatabase'], Resource: '*' }]);
    const denied = await ended(await start(['role']));
    await lake.allowAll();
    expect(denied).toMatchObject({
      Status: 'FAILED',
      ErrorString: expect.stringMatching(/test-glue-role.*not authorized to perform: s3:ListBucket/),
    });
    const nobody = await ended(await start(['role'], { Role: 'arn:aws:iam::000000000000:role/nobody' }));
    expect(nobody).toMatchObject({ Status: 'FAILED', ErrorString: expect.stringContaining('nobody') });
  });

  test('is refused for what is not there, and cancelled once', async () => {
    await fails(start(['none']), 'EntityNotFoundException', 'Data quality ruleset none not found.');
    const GlueTable = { DatabaseName: 'retail', TableName: 'none' };
    await fails(start(['none'], { DataSource: { GlueTable } }), 'EntityNotFoundException', 'Table none not found.');
    await fails(start(['none'], { DataSource: {} }), 'InvalidInputException', /must be one Glue table/);
    await fails(get('dqrun-none'), 'EntityNotFoundException', /dqrun-none not found/);
    await create('cancelled', 'Rules = [ RowCount > 0 ]');
    const RunId = await start(['cancelled']);
    const cancel = () => lake.glue.send(new CancelDataQualityRulesetEvaluationRunCommand({ RunId }));
    // It may have been quicker than the cancellation.
    await cancel().catch(() => undefined);
    expect(['STOPPED', 'SUCCEEDED']).toContain((await ended(RunId)).Status);
    await fails(cancel(), 'InvalidInputException', /is over/);
  });

  test('that was under way when the lake stopped is done after its start', async () => {
    await create('resumed', 'Rules = [ RowCount = 4 ]');
    const RunIds = await Promise.all(Array.from({ length: 6 }, () => start(['resumed'])));
    await lake.close();
    lake = new GlueLake(await startTestLake({ services: ['s3', 'glue'], dataFolder }));
    for (const RunId of RunIds) {
      expect(await ended(RunId)).toMatchObject({ Status: 'SUCCEEDED', ResultIds: [expect.any(String)] });
    }
  });
});

test('a recommendation makes rules that the table passes', async () => {
  const input = { DataSource, Role: jobRole, CreatedRulesetName: 'recommended' };
  const { RunId = '' } = await lake.glue.send(new StartDataQualityRuleRecommendationRunCommand(input));
  const run = () => lake.glue.send(new GetDataQualityRuleRecommendationRunCommand({ RunId }));
  await expect.poll(async () => (await run()).Status, { timeout: 20_000 }).toBe('SUCCEEDED');
  const { RecommendedRuleset = '' } = await run();
  expect(RecommendedRuleset.split('\n').map((line) => line.trim().replace(/,$/, ''))).toEqual([
    'Rules = [',
    'RowCount between 2 and 8',
    'ColumnCount = 3',
    'IsComplete "id"',
    'IsUnique "id"',
    'IsComplete "country"',
    'Completeness "amount" >= 0.75',
    'IsUnique "amount"',
    ']',
  ]);
  const [result] = await results(await start(['recommended']));
  expect(result).toMatchObject({ Score: 1 });
  const ruleset = await lake.glue.send(new GetDataQualityRulesetCommand({ Name: 'recommended' }));
  expect(ruleset).toMatchObject({ RecommendationRunId: RunId, TargetTable });
  const { Runs } = await lake.glue.send(new ListDataQualityRuleRecommendationRunsCommand({}));
  expect(Runs).toMatchObject([{ RunId }]);
  await fails(
    lake.glue.send(new StartDataQualityRuleRecommendationRunCommand(input)),
    'AlreadyExistsException',
    'already exists: recommended',
  );
});
