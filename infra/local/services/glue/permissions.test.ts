/** What a role of few permissions is told, operation by operation. */
import {
  CreateDatabaseCommand,
  CreateDataQualityRulesetCommand,
  CreateTableCommand,
  CreateUserDefinedFunctionCommand,
  DeletePartitionIndexCommand,
  GetClassifiersCommand,
  GetColumnStatisticsForTableCommand,
  GetDataQualityRulesetCommand,
  GetTableVersionsCommand,
  GlueClient,
  SearchTablesCommand,
  StartColumnStatisticsTaskRunCommand,
  StartCrawlerScheduleCommand,
  StartDataQualityRulesetEvaluationRunCommand,
} from '@aws-sdk/client-glue';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestLake, TEST_ACCOUNT, TEST_REGION, type TestLake } from '../../testing/test-lake.ts';

const glueArn = (resource: string) => `arn:aws:glue:${TEST_REGION}:${TEST_ACCOUNT}:${resource}`;
const ofSales = [glueArn('catalog'), glueArn('database/retail'), glueArn('table/retail/sales')];

let lake: TestLake;
let reader: GlueClient;
beforeAll(async () => {
  lake = await startTestLake({ services: ['glue'] });
  const root = new GlueClient(lake.clientConfig);
  await root.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'retail' } }));
  for (const Name of ['sales', 'wages']) {
    await root.send(new CreateTableCommand({ DatabaseName: 'retail', TableInput: { Name } }));
  }
  for (const Name of ['mine', 'theirs']) {
    await root.send(new CreateDataQualityRulesetCommand({ Name, Ruleset: 'Rules = [ RowCount > 0 ]' }));
  }
  root.destroy();
  reader = await clientOf([
    {
      Action: ['glue:GetTableVersions', 'glue:GetColumnStatisticsForTable', 'glue:StartColumnStatisticsTaskRun'],
      Resource: ofSales,
    },
    { Action: 'glue:GetDataQualityRuleset', Resource: glueArn('dataQualityRuleset/mine') },
    { Action: 'glue:StartDataQualityRulesetEvaluationRun', Resource: glueArn('dataQualityRuleset/mine') },
  ]);
});
afterAll(async () => {
  reader.destroy();
  await lake.close();
});

async function clientOf(statements: { Action: string | string[]; Resource: string | string[] }[]): Promise<GlueClient> {
  const iam = new IAMClient(lake.clientConfig);
  const sts = new STSClient(lake.clientConfig);
  const document = (Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const Principal = { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` };
  const trust = document([{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }]);
  await iam.send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument: trust }));
  const PolicyDocument = document(statements.map((statement) => ({ Effect: 'Allow', ...statement })));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'allowed', PolicyDocument }));
  const RoleArn = `arn:aws:iam::${TEST_ACCOUNT}:role/reader`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  iam.destroy();
  sts.destroy();
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = Credentials ?? {};
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken && { sessionToken: SessionToken }),
  };
  return new GlueClient({ ...lake.clientConfig, credentials, maxAttempts: 1 });
}

const denied = (request: Promise<unknown>, action: string, resource: string) =>
  expect(request).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringMatching(new RegExp(`not authorized to perform: ${action} on resource: .*${resource}`)),
  });

test('what is allowed of one table is of no other', async () => {
  const ofTable = (TableName: string) => ({ DatabaseName: 'retail', TableName });
  expect((await reader.send(new GetTableVersionsCommand(ofTable('sales')))).TableVersions).toHaveLength(1);
  const statistics = { ...ofTable('sales'), ColumnNames: ['id'] };
  expect((await reader.send(new GetColumnStatisticsForTableCommand(statistics))).Errors).toHaveLength(1);
  await denied(
    reader.send(new GetTableVersionsCommand(ofTable('wages'))),
    'glue:GetTableVersions',
    'table/retail/wages',
  );
  const index = new DeletePartitionIndexCommand({ ...ofTable('sales'), IndexName: 'i' });
  await denied(reader.send(index), 'glue:DeletePartitionIndex', 'catalog');
  await denied(reader.send(new SearchTablesCommand({})), 'glue:SearchTables', 'catalog');
  const FunctionInput = { FunctionName: 'f' };
  const create = new CreateUserDefinedFunctionCommand({ DatabaseName: 'retail', FunctionInput });
  await denied(reader.send(create), 'glue:CreateUserDefinedFunction', 'catalog');
});

test('what has no resource of its own needs permission on all', async () => {
  await denied(reader.send(new GetClassifiersCommand({})), 'glue:GetClassifiers', '\\*');
  const start = new StartCrawlerScheduleCommand({ CrawlerName: 'c' });
  await denied(reader.send(start), 'glue:StartCrawlerSchedule', '\\*');
});

test('a ruleset is read by whom it is allowed, and started only with a role that may be passed', async () => {
  const get = (Name: string) => reader.send(new GetDataQualityRulesetCommand({ Name }));
  expect(await get('mine')).toMatchObject({ Name: 'mine' });
  await denied(get('theirs'), 'glue:GetDataQualityRuleset', 'dataQualityRuleset/theirs');
  const start = (RulesetNames: string[]) =>
    reader.send(
      new StartDataQualityRulesetEvaluationRunCommand({
        DataSource: { GlueTable: { DatabaseName: 'retail', TableName: 'sales' } },
        Role: `arn:aws:iam::${TEST_ACCOUNT}:role/reader`,
        RulesetNames,
      }),
    );
  await denied(start(['mine']), 'iam:PassRole', 'role/reader');
  await denied(start(['mine', 'theirs']), 'glue:StartDataQualityRulesetEvaluationRun', 'dataQualityRuleset/theirs');
});

test('column statistics are computed of what is allowed, and only as a role that may be passed', async () => {
  const start = (TableName: string) =>
    reader.send(new StartColumnStatisticsTaskRunCommand({ DatabaseName: 'retail', TableName, Role: 'reader' }));
  await denied(start('sales'), 'iam:PassRole', 'role/reader');
  await denied(start('wages'), 'glue:StartColumnStatisticsTaskRun', 'table/retail/wages');
});
