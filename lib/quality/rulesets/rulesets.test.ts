import { CreateDatabaseCommand, CreateTableCommand, GetTagsCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { Database } from '@/lib/db/database';
import { createRuleset, deleteRuleset, getRuleDesk, updateRuleset } from '../index';
import { addRule } from './add-rule';

let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/lake', () => ({
  getLake: async () => ({
    database: 'retail',
    resultsBucket: 'results',
    stateMachineArn: 'arn:aws:states:eu-west-3:000000000000:stateMachine:lacustre-ingest',
  }),
}));

let lake: TestLake;
let [glue, s3] = [] as unknown as [GlueClient, S3Client];
let [engineer, analyst] = [] as unknown as [Context, Context];

beforeAll(async () => {
  [database, lake] = await Promise.all([
    Database.start({ folder: 'memory://' }),
    startTestLake({ services: ['s3', 'glue', 'athena'] }),
  ]);
  glue = new GlueClient(lake.clientConfig);
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'results' }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'retail' } }));
  const Columns = [
    { Name: 'town', Type: 'string' },
    { Name: 'amount', Type: 'double' },
  ];
  await glue.send(
    new CreateTableCommand({ DatabaseName: 'retail', TableInput: { Name: 'sales', StorageDescriptor: { Columns } } }),
  );
  [engineer, analyst] = [person('eve', 'engineer'), person('ann', 'analyst')];
});
afterAll(async () => {
  glue.destroy();
  s3.destroy();
  await Promise.all([lake.close(), database.close()]);
});

function person(name: string, role: Role): Context {
  const email = `${name}@example.com`;
  return { user: { id: name, email, name }, role, aws: { glue, s3 } as Context['aws'], requestId: 'r1' };
}

const RULES = 'Rules = [\n    IsComplete "town"\n]';
const tagsOf = async (name: string) => {
  const arn = `arn:aws:glue:eu-west-3:000000000000:dataQualityRuleset/${name}`;
  return (await glue.send(new GetTagsCommand({ ResourceArn: arn }))).Tags;
};

describe('a ruleset', () => {
  test('is refused with the place of what is wrong in it, and nothing is kept', async () => {
    const create = (text: string) => createRuleset(engineer, { table: 'sales', name: 'bad', text, gate: 'block' });
    await expect(create('Rules = [\n  IsComplete\n]')).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'rulesetRefused',
      details: { line: 3, column: 1 },
    });
    await expect(create('Rules = [\n  IsComplete "twon"\n]')).rejects.toMatchObject({
      reason: 'rulesetRefused',
      details: { line: 2, said: expect.stringContaining('twon') },
    });
    await expect(
      createRuleset(analyst, { table: 'sales', name: 'x', text: RULES, gate: 'warn' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await getRuleDesk(analyst, { table: 'sales' })).rulesets).toEqual([]);
  });

  test('is kept with its gate, changed only on top of what was read, and deleted; each is audited', async () => {
    const made = await createRuleset(engineer, { table: 'sales', name: 'sales-rules', text: RULES, gate: 'block' });
    expect(await tagsOf('sales-rules')).toMatchObject({ 'lacustre:gate': 'block' });
    expect(await getRuleDesk(analyst, { table: 'sales' })).toMatchObject({
      rulesets: [{ name: 'sales-rules', gate: 'block', text: RULES }],
      columns: [{ name: 'town' }, { name: 'amount' }],
    });
    await expect(
      createRuleset(engineer, { table: 'sales', name: 'sales-rules', text: RULES, gate: 'warn' }),
    ).rejects.toMatchObject({ code: 'CONFLICT', reason: 'rulesetNameTaken' });
    const change = { table: 'sales', name: 'sales-rules', text: addRule(RULES, 'RowCount > 0'), gate: 'warn' as const };
    await expect(updateRuleset(engineer, { ...change, basedOn: made.changedAt - 1 })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'rulesetChanged',
    });
    const changed = await updateRuleset(engineer, { ...change, basedOn: made.changedAt });
    expect(changed).toMatchObject({ gate: 'warn', text: 'Rules = [\n    IsComplete "town",\n    RowCount > 0\n]' });
    await deleteRuleset(engineer, { table: 'sales', name: 'sales-rules', basedOn: changed.changedAt });
    expect((await getRuleDesk(analyst, { table: 'sales' })).rulesets).toEqual([]);
    const audited = await database.prisma.auditEvent.findMany({ orderBy: { at: 'asc' } });
    expect(audited.map(({ action }) => action)).toEqual([
      'quality.createRuleset',
      'quality.updateRuleset',
      'quality.deleteRuleset',
    ]);
  });
});

test('a rule is added behind the last, and what was written stays as it was', () => {
  expect(addRule('', 'RowCount > 0')).toBe('Rules = [\n    RowCount > 0\n]\n');
  expect(addRule('# ours\nRules = [ IsComplete "a" ] # end', 'RowCount > 0')).toBe(
    '# ours\nRules = [ IsComplete "a",\n    RowCount > 0 ] # end',
  );
  expect(() => addRule('Rules = [', 'RowCount > 0')).toThrow();
});
