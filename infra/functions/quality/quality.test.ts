/** The function on a lake of its own: what it says of rows that wait, of tables as they are, and of rules that are no good. */
import { AthenaClient, CreateWorkGroupCommand } from '@aws-sdk/client-athena';
import {
  CreateDatabaseCommand,
  CreateDataQualityRulesetCommand,
  DeleteDataQualityRulesetCommand,
  DeleteTableCommand,
  GetTablesCommand,
  GlueClient,
  ListDataQualityRulesetsCommand,
} from '@aws-sdk/client-glue';
import { CopyObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TransformReport } from '../../../lib/languages/contract/transform-report.ts';
import { runRecordKey, type Verdict } from '../../../lib/languages/contract/verdict.ts';
import { evaluatedRelation } from '../../../lib/languages/quality/evaluated-relation.ts';
import { GATE_TAG, type Gate, QualityEvaluation } from '../../../lib/languages/quality/evaluation.ts';
import { GateCause, QualityAnswer } from '../../../lib/languages/quality/quality-answer.ts';
import { AthenaSession } from '../../local/services/athena/testing/athena-session.ts';
import { catalogTable } from '../catalog/glue-table.ts';
import { QualityEnvironment } from '../environment.ts';
import { type FunctionLake, startFunctionLake, zones } from '../testing/function-lake.ts';
import type { Dependencies } from './dependencies.ts';
import { quality } from './quality.ts';
import { isPassing } from './quality-unavailable.ts';

let lake: FunctionLake;
let glue: GlueClient;
let session: AthenaSession;
let dependencies: Dependencies;
let ids = 0;

beforeAll(async () => {
  lake = await startFunctionLake(['athena']);
  glue = new GlueClient(lake.lake.clientConfig);
  const athena = new AthenaClient(lake.lake.clientConfig);
  for (const Name of ['retail', 'retail_staged'])
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name } }));
  const ResultConfiguration = { OutputLocation: `s3://${zones.results}/athena/` };
  await athena.send(new CreateWorkGroupCommand({ Name: 'lacustre', Configuration: { ResultConfiguration } }));
  session = new AthenaSession(athena, { WorkGroup: 'lacustre', QueryExecutionContext: { Database: 'retail' } });
  const environment = QualityEnvironment.parse(process.env);
  dependencies = { s3: lake.s3, glue, athena, environment, now: () => new Date(), newId: () => `id-${++ids}` };
});
afterAll(async () => {
  glue.destroy();
  session.client.destroy();
  await lake.close();
});

const columns = [
  { name: 'id', type: 'int' },
  { name: 'city', type: 'string' },
];

/** Where rows were written once, to be copied from. */
const made = new Map<string, Promise<string>>();

/** Puts a Parquet file of these rows below a folder of the processed zone. */
async function writeRows(folder: string, rows: string, names = '(id, city)'): Promise<void> {
  const known = made.get(rows + names) ?? makeRows(rows, names);
  made.set(rows + names, known);
  const CopySource = `${zones.processed}/${await known}`;
  await lake.s3.send(
    new CopyObjectCommand({ Bucket: zones.processed, Key: `${folder}part-00000.parquet`, CopySource }),
  );
}

async function makeRows(rows: string, names: string): Promise<string> {
  const Name = `made_${++ids}`;
  await session.rows(
    `CREATE TABLE ${Name} WITH (format = 'PARQUET', external_location = 's3://${zones.processed}/${Name}/') AS SELECT * FROM (VALUES ${rows}) AS t${names}`,
  );
  await glue.send(new DeleteTableCommand({ DatabaseName: 'retail', Name }));
  const { Contents = [] } = await lake.s3.send(
    new ListObjectsV2Command({ Bucket: zones.processed, Prefix: `${Name}/` }),
  );
  return Contents[0]?.Key ?? '';
}

function tableOf(name: string, location = `s3://${zones.processed}/${name}/`): TransformReport['tables'][number] {
  return { name, location, columns, rows: 0, sizeBytes: 0, nodes: [] };
}

async function makeTable(name: string, rows: string, file = 'old.csv'): Promise<void> {
  await writeRows(`${name}/${file}/`, rows);
  await catalogTable(glue, 'retail', { dataset: name, loadedAt: new Date(), execution: 'made' }, tableOf(name));
}

async function putRuleset(table: string, gate: Gate | undefined, text: string, Name = `${table}-${gate}`) {
  const TargetTable = { DatabaseName: 'retail', TableName: table };
  const Tags: Record<string, string> = gate ? { [GATE_TAG]: gate } : {};
  await glue.send(new CreateDataQualityRulesetCommand({ Name, Ruleset: text, TargetTable, Tags }));
}

function verdictOn(dataset: string, file: string): Verdict {
  return {
    status: 'accepted',
    dataset,
    file,
    source: { bucket: zones.raw, key: `${dataset}/${file}`, versionId: 'v1', sequencer: '01', size: 9 },
    format: { type: 'json', layout: 'lines' },
    graphUri: '',
    mode: 'stage',
    rowsChecked: 1,
    complete: true,
    problems: [],
    problemCount: 0,
  };
}

/** What a job would have left that has staged these rows, and the gate's answer to them. */
async function hold(
  dataset: string,
  rows: string,
  { file = 'new.csv', execution = `run-${++ids}`, names = '(id, city)' } = {},
) {
  const folder = `_lake/staged/${execution}/`;
  await writeRows(folder, rows, names);
  const of = names.slice(1, -1).split(', ');
  const table = {
    ...tableOf(dataset, `s3://${zones.processed}/${folder}`),
    columns: of.map((name) => columns.find((column) => column.name === name) ?? { name, type: 'int' }),
  };
  await putReport(execution, { outcome: 'staged', tables: [table] });
  return askGate(dataset, execution, file);
}

async function putReport(execution: string, report: Partial<TransformReport>): Promise<void> {
  const document = { dataset: 'x', rowsIn: 1, rowsOut: 1, tables: [], ...report };
  await lake.put(zones.results, `transforms/${execution}.json`, JSON.stringify(document));
}

async function askGate(dataset: string, execution: string, file = 'new.csv'): Promise<QualityAnswer> {
  const verdict = verdictOn(dataset, file);
  return QualityAnswer.parse(await quality({ verdict, execution, mode: 'hold' }, dependencies));
}

async function watch(dataset: string, tables: string[] = [dataset], changed: Partial<Verdict> = {}) {
  const execution = `run-${++ids}`;
  await putReport(execution, { outcome: 'written', tables: tables.map((name) => tableOf(name)) });
  const verdict = { ...verdictOn(dataset, 'new.csv'), ...changed };
  return QualityAnswer.parse(await quality({ verdict, execution, mode: 'watch' }, dependencies));
}

async function recordOf({ evaluation }: Pick<QualityAnswer, 'evaluation'>): Promise<QualityEvaluation> {
  const text = await lake.read(zones.results, evaluation?.key ?? '');
  return QualityEvaluation.parse(JSON.parse(text ?? 'null'));
}

async function recordKeys(table: string): Promise<string[]> {
  const Prefix = `quality/evaluations/retail/${table}/`;
  const { Contents = [] } = await lake.s3.send(new ListObjectsV2Command({ Bucket: zones.results, Prefix }));
  return Contents.map(({ Key = '' }) => Key);
}

const good = "(1, 'Lyon'), (2, 'Paris')";
const bad = "(3, 'Rome'), (4, CAST(NULL AS varchar))";
const complete = 'Rules = [ IsComplete "city" ]';

describe('the gate', () => {
  it('lets rows pass that keep the rules, and keeps what was found', async () => {
    await makeTable('passing', good);
    await putRuleset('passing', 'block', complete);
    const answer = await hold('passing', "(3, 'Rome')");
    expect(answer).toMatchObject({ verdict: 'passed', evaluation: { score: 1 }, cause: '' });
    expect(await recordOf(answer)).toMatchObject({
      trigger: 'run',
      table: 'passing',
      source: { key: 'passing/new.csv', versionId: 'v1' },
      staged: { database: 'retail_staged', replaces: 'passing/new.csv/' },
      rulesets: [{ name: 'passing-block', gate: 'block', score: 1 }],
      metrics: { 'Dataset.*.RowCount': 3, 'Column.city.Completeness': 1 },
    });
    expect(await recordKeys('passing')).toEqual([answer.evaluation?.key]);
  });

  it('holds a file by a ruleset that blocks, and says which rules and where the rows are', async () => {
    await makeTable('held', good);
    await putRuleset('held', 'block', 'Rules = [ IsComplete "city", RowCount > 1 ]');
    await putRuleset('held', 'warn', 'Rules = [ RowCount > 100 ]');
    const answer = await hold('held', bad);
    expect(answer).toMatchObject({ verdict: 'held', evaluation: { verdict: 'held', score: expect.closeTo(1 / 3) } });
    expect(GateCause.parse(JSON.parse(answer.cause))).toMatchObject({
      evaluation: { id: answer.evaluation?.id },
      table: 'held',
      rules: [{ ruleset: 'held-block', rule: 'IsComplete "city"', result: 'FAIL', failingRows: 1 }],
      ruleCount: 1,
    });
    const { staged } = await recordOf(answer);
    expect(await session.rows(`SELECT id FROM "${staged?.database}"."${staged?.table}" WHERE city IS NULL`)).toEqual([
      ['4'],
    ]);
    const run = await lake.read(zones.results, runRecordKey(verdictOn('held', 'new.csv')));
    expect(JSON.parse(run ?? '')).toMatchObject({ verdict: { quality: { verdict: 'held' } } });
    expect(await session.rows('SELECT count(*) FROM held')).toEqual([['2']]);
  });

  it('sends it to quarantine by one that quarantines, which goes before one that blocks', async () => {
    await makeTable('poisoned', good);
    await putRuleset('poisoned', 'block', complete);
    await putRuleset('poisoned', 'quarantine', 'Rules = [ IsUnique "id" ]');
    expect(await hold('poisoned', bad)).toMatchObject({ verdict: 'held' });
    const answer = await hold('poisoned', "(1, 'Oslo'), (5, CAST(NULL AS varchar))");
    expect(answer.verdict).toBe('quarantined');
    expect(GateCause.parse(JSON.parse(answer.cause)).rules.map(({ rule }) => rule)).toEqual([
      'IsComplete "city"',
      'IsUnique "id"',
    ]);
  });

  it('lets rows pass with a warning where nothing more was asked for', async () => {
    await makeTable('warned', good);
    await putRuleset('warned', undefined, complete, 'warned-untagged');
    await putRuleset('warned', 'block', 'Rules = [ RowCount > 0 ]');
    expect(await hold('warned', bad)).toMatchObject({ verdict: 'warned', cause: '' });
  });

  it('looks at the table as it would be: the rows of the file’s version before are left out', async () => {
    await makeTable('replaced', bad, 'same.csv');
    await putRuleset('replaced', 'block', 'Rules = [ IsComplete "city", RowCount = 2 ]');
    expect(await hold('replaced', good, { file: 'same.csv' })).toMatchObject({ verdict: 'passed' });
  });

  it('takes the first file of a table, and one with other columns', async () => {
    await putRuleset('first', 'block', 'Rules = [ IsComplete "city", RowCount = 2 ]');
    const first = await hold('first', bad);
    expect(first.verdict).toBe('held');
    const relation = evaluatedRelation(await recordOf(first));
    expect(relation).toEqual({ database: 'retail_staged', table: expect.stringMatching(/^first_/) });
    await makeTable('wider', good);
    await putRuleset('wider', 'block', 'Rules = [ IsComplete "city", Completeness "age" > 0.3 ]');
    const wider = await hold('wider', "(3, 'Rome', 40)", { names: '(id, city, age)' });
    expect(wider.verdict).toBe('passed');
    expect((await recordOf(wider)).metrics['Column.age.Completeness']).toBeCloseTo(1 / 3);
  });

  it('has nothing to say where the file was replaced before its rows were staged', async () => {
    await putReport('run-late', { outcome: 'superseded' });
    expect(await askGate('late', 'run-late')).toEqual({ verdict: 'superseded', evaluation: null, cause: '' });
  });

  it('evaluates once, however often the step is tried; and two files at once', async () => {
    await makeTable('busy', good);
    await putRuleset('busy', 'block', complete);
    const answers = await Promise.all([hold('busy', "(3, 'Rome')"), hold('busy', bad, { execution: 'run-again' })]);
    expect(answers.map(({ verdict }) => verdict)).toEqual(['passed', 'held']);
    expect(await askGate('busy', 'run-again')).toEqual(answers[1]);
    expect(await recordKeys('busy')).toHaveLength(2);
  });

  it('learns nothing from what it held', async () => {
    await makeTable('taught', good);
    await putRuleset('taught', 'block', 'Rules = [ IsComplete "city", RowCount > avg(last(2)) ]');
    await hold('taught', bad);
    const [, rule] = (await recordOf(await hold('taught', "(3, 'Rome')"))).rulesets[0]?.outcomes ?? [];
    expect(rule).toMatchObject({ result: 'PASS', learning: { points: 0 } });
  });
});

describe('rules that cannot be evaluated', () => {
  it('are outcomes like others, and keep none from being evaluated', async () => {
    await makeTable('odd', good);
    const wrong = ['IsComplete "colour"', 'CustomSql "select nonsense" > 1', 'IsComplete "city" where "nowhere = 1"'];
    await putRuleset('odd', 'warn', `Rules = [ ${['IsComplete "city"', ...wrong].join(', ')} ]`);
    const answer = await watch('odd');
    expect(answer.verdict).toBe('warned');
    const { rulesets } = await recordOf(answer);
    expect(rulesets[0]?.outcomes.map(({ result }) => result)).toEqual(['PASS', 'ERROR', 'ERROR', 'ERROR']);
    for (const { result, message, code } of rulesets.flatMap(({ outcomes }) => outcomes))
      if (result === 'ERROR') expect([message, code]).toEqual([expect.any(String), expect.any(String)]);
  });

  it('do not let a file pass that a ruleset should block', async () => {
    await makeTable('strict', good);
    await putRuleset('strict', 'block', 'Rules = [ IsComplete "colour" ]');
    expect(await hold('strict', "(3, 'Rome')")).toMatchObject({ verdict: 'held', evaluation: { score: 0 } });
  });

  it('fail the step where Athena does not run to its end, by a name that is tried again for', async () => {
    await makeTable('dark', good);
    const Status = { State: 'FAILED', StateChangeReason: 'Internal error', AthenaError: { ErrorCategory: 1 } };
    const send = async () => ({ QueryExecutionId: 'q', QueryExecution: { Status } });
    const down = { ...dependencies, athena: { send } as unknown as AthenaClient };
    await expect(quality({ table: 'dark', by: 'a@x' }, down)).rejects.toMatchObject({
      name: 'QualityUnavailable',
      message: expect.stringContaining('Internal error'),
    });
    expect(await recordKeys('dark')).toEqual([]);
  });

  it.each([
    [{ $metadata: {}, $fault: 'server' }, true],
    [{ $metadata: {}, $fault: 'client', name: 'ThrottlingException' }, true],
    [{ $metadata: {}, $fault: 'client', name: 'AccessDeniedException' }, false],
    [{}, false],
  ])('are tried again for after %j: %s', (facts, isTried) => {
    expect(isPassing(Object.assign(new Error('no'), facts))).toBe(isTried);
  });
});

describe('a table as it is', () => {
  it('is measured without any rule', async () => {
    await makeTable('plain', bad);
    const answer = await watch('plain');
    expect(answer).toMatchObject({ verdict: 'passed', evaluation: { score: null } });
    const { metrics, rulesets } = await recordOf(answer);
    expect(rulesets).toEqual([]);
    expect(metrics).toMatchObject({ 'Dataset.*.RowCount': 2, 'Column.city.Completeness': 0.5 });
  });

  it('never holds: what blocks elsewhere warns here; who let the file pass is kept', async () => {
    await makeTable('let', bad);
    await putRuleset('let', 'block', complete);
    const override = { by: 'e@x', reason: 'agreed', execution: 'run-held' };
    const answer = await watch('let', ['let'], { override });
    expect(answer).toMatchObject({ verdict: 'warned', cause: '' });
    expect((await recordOf(answer)).override).toEqual(override);
  });

  it('is evaluated with those computed from it that have rules', async () => {
    await makeTable('own', good);
    await makeTable('own_sum', bad);
    await makeTable('own_other', bad);
    await putRuleset('own_sum', 'block', complete);
    expect(await watch('own', ['own', 'own_sum', 'own_other'])).toMatchObject({ verdict: 'passed' });
    expect(await Promise.all(['own', 'own_sum', 'own_other'].map(recordKeys))).toEqual([
      [expect.any(String)],
      [expect.any(String)],
      [],
    ]);
  });

  it('that a gate has let pass is followed by those computed from it, and not looked at again', async () => {
    await makeTable('passed', good);
    await makeTable('passed_sum', bad);
    await makeTable('passed_other', bad);
    await putRuleset('passed_sum', 'block', complete);
    const tables = ['passed', 'passed_sum', 'passed_other'];
    await putReport('run-passed', { outcome: 'written', tables: tables.map((name) => tableOf(name)) });
    const payload = { verdict: verdictOn('passed', 'new.csv'), execution: 'run-passed', mode: 'computed' } as const;
    // A step may be tried again.
    for (let times = 0; times < 2; times++)
      expect(await quality(payload, dependencies)).toEqual({ evaluated: ['passed_sum'], failed: [] });
    expect((await Promise.all(tables.map(recordKeys))).map(({ length }) => length)).toEqual([0, 1, 0]);
  });

  it('may be gone by then', async () => {
    expect(await watch('nowhere')).toEqual({ verdict: 'unknown', evaluation: null, cause: '' });
  });

  it('is evaluated for a person, under their name', async () => {
    await makeTable('asked', good);
    const answer = await quality({ table: 'asked', by: 'ana@x' }, dependencies);
    const record = await recordOf(answer as QualityAnswer);
    expect(record).toMatchObject({ trigger: 'person', by: 'ana@x', table: 'asked' });
    await expect(quality({ table: 'nowhere', by: 'ana@x' }, dependencies)).resolves.toMatchObject({
      verdict: 'unknown',
      evaluation: null,
    });
  });

  it('is evaluated by the schedule where it has rules, and old entries of staged rows are taken out', async () => {
    // Those of the other tests.
    const { Rulesets = [] } = await glue.send(new ListDataQualityRulesetsCommand({ MaxResults: 100 }));
    for (const { Name } of Rulesets) await glue.send(new DeleteDataQualityRulesetCommand({ Name }));
    await makeTable('daily', good);
    await putRuleset('daily', 'warn', complete);
    await putRuleset('dropped', 'warn', complete);
    const inAMonth = () => new Date(Date.now() + 31 * 24 * 3600 * 1000);
    const answer = await quality({ schedule: true }, { ...dependencies, now: inAMonth });
    expect(answer).toEqual({ evaluated: ['daily'], failed: [] });
    expect(await recordKeys('daily')).toHaveLength(1);
    const { TableList } = await glue.send(new GetTablesCommand({ DatabaseName: 'retail_staged' }));
    expect(TableList).toEqual([]);
  });
});
