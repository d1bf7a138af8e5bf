import { expect, test } from 'vitest';
import { Decider } from '../decider';
import type { PolicyText, PrincipalPolicies } from '../read-principal';
import { buildMatrix } from './build-matrix';
import { datasetRequests } from './dataset-requests';
import { decidingPlace } from './deciding-place';
import { MATRIX_ACTIONS, type MatrixAction } from './schemas';

const lake = {
  database: 'retail',
  rawBucket: 'raw',
  processedBucket: 'processed',
  resultsBucket: 'results',
  workGroup: 'lacustre',
  stateMachineArn: 'arn:aws:states:eu-west-3:111111111111:stateMachine:ingest',
};
const glue = ['catalog', 'database/retail', 'table/retail/*'].map(
  (each) => `arn:aws:glue:eu-west-3:111111111111:${each}`,
);
const allow = (Sid: string, Action: string[], Resource: string | string[], Effect = 'Allow') => ({
  ...{ Sid, Effect, Action, Resource },
});
const see = allow('See', ['glue:GetTable'], glue);
const rows = allow('Rows', ['s3:ListBucket', 's3:GetObject'], ['arn:aws:s3:::processed', 'arn:aws:s3:::processed/*']);
const query = allow('Query', ['athena:StartQueryExecution', 'athena:GetQueryResults'], '*');
const results = allow('Results', ['s3:PutObject', 's3:GetObject'], 'arn:aws:s3:::results/athena/*');

function policy(name: string, statements: object[], kind: PolicyText['kind'] = 'inline'): PolicyText {
  return { name, kind, text: JSON.stringify({ Version: '2012-10-17', Statement: statements }) };
}

function principal(name: string, statements: object[], boundary?: object[]): PrincipalPolicies {
  return {
    ...{ roleName: name, roleArn: `arn:aws:iam::111111111111:role/${name}`, unread: [] },
    trust: { name: 'trust', kind: 'trust', text: '{}' },
    identity: [policy('own', statements)],
    ...(boundary ? { boundary: policy('limit', boundary, 'boundary') } : {}),
  };
}

const reader = principal('reader', [see, rows, query, results]);
const careful = principal('careful', [
  ...[see, rows, query, results],
  allow('NoPay', ['s3:GetObject'], 'arn:aws:s3:::processed/pay/*', 'Deny'),
]);
const bound = principal('bound', [allow('All', ['*'], '*')], [see]);
const closed = policy('processed', [
  {
    ...{ Sid: 'Closed', Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::processed/sales/*' },
    Principal: { AWS: reader.roleArn },
  },
]);

const datasets = [
  { name: 'sales', location: 's3://processed/sales/' },
  { name: 'pay', location: 's3://processed/pay' },
  { name: 'view' },
];

function matrixOf(principals: PrincipalPolicies[], tables: { name: string; location?: string }[] = datasets) {
  const deciders = principals.map((each) => new Decider(each, new Map([['processed', closed]])));
  const requests = tables.map((each) => ({ dataset: each.name, requests: datasetRequests(each, lake) }));
  return buildMatrix(deciders, requests, MATRIX_ACTIONS);
}

function answer(
  { rows: lines, verdicts }: ReturnType<typeof matrixOf>,
  role: number,
  dataset: string,
  action: MatrixAction,
) {
  const entry = lines.find((line) => line.dataset === dataset)?.entries.find((each) => each.action === action);
  const places = entry?.cells[role] ?? [];
  const place = decidingPlace(places, verdicts);
  return { request: entry?.requests[place]?.action, ...verdicts[places[place] ?? -1] };
}

test('decides by the role, by the bucket and by the boundary, and has the statement that decides', () => {
  const matrix = matrixOf([reader, careful, bound]);
  expect(answer(matrix, 0, 'pay', 'query')).toMatchObject({ result: 'allowed', policy: 'own' });
  // The bucket itself closes sales to the one, the role's own deny pay to the other.
  expect(answer(matrix, 0, 'sales', 'query')).toMatchObject({
    ...{ result: 'explicitDeny', source: 'resource', policy: 'processed', sid: 'Closed', request: 's3:GetObject' },
  });
  expect(answer(matrix, 1, 'sales', 'query')).toMatchObject({ result: 'allowed' });
  const denied = answer(matrix, 1, 'pay', 'readFiles');
  expect(denied).toMatchObject({ result: 'explicitDeny', policy: 'own', index: 4, sid: 'NoPay' });
  expect(JSON.parse(denied.statement ?? '')).toMatchObject({ Sid: 'NoPay', Effect: 'Deny' });
  expect(answer(matrix, 2, 'pay', 'see')).toMatchObject({ result: 'allowed', sid: 'All' });
  expect(answer(matrix, 2, 'pay', 'query')).toMatchObject({ result: 'implicitDeny', source: 'boundary' });
  expect(answer(matrix, 0, 'pay', 'upload')).toMatchObject({ result: 'implicitDeny', source: 'identity' });
});

test('two roles with policies of one name keep statements of their own', () => {
  const matrix = matrixOf([reader, principal('other', [allow('Wide', ['s3:*', 'glue:*'], '*')])]);
  expect(answer(matrix, 0, 'pay', 'readFiles').sid).toBe('Rows');
  expect(answer(matrix, 1, 'pay', 'readFiles').sid).toBe('Wide');
});

test('a view has no files of its own to read, and can be queried', () => {
  const matrix = matrixOf([reader]);
  expect(answer(matrix, 0, 'view', 'readFiles').result).toBeUndefined();
  expect(answer(matrix, 0, 'view', 'query')).toMatchObject({ result: 'allowed' });
});

test('asks for each action what AWS needs, on the dataset itself', () => {
  const { upload, restore, runPipeline, change, editRules, ...rest } = datasetRequests({ name: 'sales' }, lake);
  expect(Object.keys(rest)).toEqual(['see', 'query', 'readFiles', 'delete']);
  expect(upload[0]).toEqual({ action: 's3:PutObject', resource: 'arn:aws:s3:::raw/sales/object' });
  expect(restore.map(({ action }) => action)).toContain('s3:GetObjectVersion');
  expect(runPipeline).toEqual([{ action: 'states:StartExecution', resource: lake.stateMachineArn }]);
  expect(change.at(-1)?.resource).toBe('arn:aws:s3:::processed/_lake/contracts/sales.json');
  expect(editRules[0]?.resource).toBe('arn:aws:glue:eu-west-3:111111111111:dataQualityRuleset/sales');
});

test('says the same of five hundred datasets with the few verdicts that there are', () => {
  const many = Array.from({ length: 500 }, (_, index) => ({
    name: `t${index}`,
    location: `s3://processed/t${index}/`,
  }));
  const { rows: lines, verdicts } = matrixOf([reader, careful, bound], many);
  expect(lines).toHaveLength(500);
  expect(verdicts.length).toBeLessThan(20);
});
