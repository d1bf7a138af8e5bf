/** Glue's resources of a template, provisioned twice. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetClassifierCommand, GetDataQualityRulesetCommand, GetTagsCommand, GlueClient } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestLake, TEST_ACCOUNT, TEST_REGION, type TestLake } from '../testing/test-lake.ts';
import { provision } from './provision.ts';

const resourcesOf = (Ruleset: string) => ({
  Classifier: {
    Type: 'AWS::Glue::Classifier',
    Properties: { CsvClassifier: { Name: 'semicolons', Delimiter: ';', ContainsCustomDatatype: ['BIGINT'] } },
  },
  Ruleset: {
    Type: 'AWS::Glue::DataQualityRuleset',
    Properties: {
      Name: 'keys',
      Ruleset,
      Tags: { 'lacustre:gate': 'block' },
      TargetTable: { DatabaseName: 'retail', TableName: 'sales' },
    },
  },
});

let lake: TestLake;
let assembly: string;
beforeAll(async () => {
  assembly = await mkdtemp(path.join(tmpdir(), 'lacustre-template-'));
  await writeFile(path.join(assembly, 'Glue.assets.json'), JSON.stringify({ files: {} }));
  lake = await startTestLake({ services: ['glue'] });
});
afterAll(async () => {
  await lake.close();
  await rm(assembly, { recursive: true, force: true });
});

async function stand(ruleset: string): Promise<void> {
  await writeFile(path.join(assembly, 'Glue.template.json'), JSON.stringify({ Resources: resourcesOf(ruleset) }));
  const { url: endpoint, clientConfig } = lake;
  const target = { endpoint, region: TEST_REGION, credentials: clientConfig.credentials, account: TEST_ACCOUNT };
  await provision({ ...target, assembly, stackName: 'Glue' });
}

test('a classifier and a ruleset are made, and changed where the template has changed', async () => {
  await stand('Rules = [ IsUnique "id" ]');
  await stand('Rules = [ IsComplete "id" ]');
  const glue = new GlueClient(lake.clientConfig);
  const { Classifier } = await glue.send(new GetClassifierCommand({ Name: 'semicolons' }));
  expect(Classifier?.CsvClassifier).toMatchObject({ Delimiter: ';', CustomDatatypes: ['BIGINT'], Version: 2 });
  expect(await glue.send(new GetDataQualityRulesetCommand({ Name: 'keys' }))).toMatchObject({
    Ruleset: 'Rules = [ IsComplete "id" ]',
    TargetTable: { TableName: 'sales' },
  });
  const ResourceArn = `arn:aws:glue:${TEST_REGION}:${TEST_ACCOUNT}:dataQualityRuleset/keys`;
  expect((await glue.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ 'lacustre:gate': 'block' });
  glue.destroy();
  await expect(stand('Rules = [')).rejects.toThrow(/Ruleset \(AWS::Glue::DataQualityRuleset\).*line 1/);
});
