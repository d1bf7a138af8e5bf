import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { actionCatalog, CATALOG_FILE } from '../../../scripts/action-catalog.ts';
import { actionHasKey, actionsOf, findAction, knowsConditionKey, knowsService } from './action-catalog.ts';

it('is what the script makes of the installed package', async () => {
  expect(readFileSync(CATALOG_FILE, 'utf8')).toBe(await actionCatalog());
});

it('knows what an action is about, in whatever case it is written', () => {
  expect(findAction('S3:getobject')).toMatchObject({ name: 's3:GetObject', accessLevel: 'Read' });
  expect(findAction('s3:GetObject')?.resourceTypes.map(({ name }) => name)).toContain('object');
  expect(findAction('iam:PutRolePolicy')?.accessLevel).toBe('Permissions management');
  expect(findAction('s3:ListAllMyBuckets')?.resourceTypes).toEqual([]);
});

it('tells an action that does not exist from a service that it does not have', () => {
  expect(findAction('s3:ReadObject')).toBeUndefined();
  expect(findAction('constructor:valueOf')).toBeUndefined();
  expect([knowsService('S3'), knowsService('dynamodb'), knowsService('__proto__')]).toEqual([true, false, false]);
  expect(actionsOf('glue')).toContain('glue:GetTable');
  expect(actionsOf('dynamodb')).toEqual([]);
});

it('knows condition keys, also those that end in a name of the writer’s own', () => {
  const known = ['s3:prefix', 'AWS:sourceip', 'aws:PrincipalTag/team', 's3:ExistingObjectTag/kind', 'ec2:Region'];
  expect(known.filter((key) => !knowsConditionKey(key))).toEqual([]);
  expect(['s3:prefx', 'aws:SourceIpAddress', 'glue:nothing'].filter(knowsConditionKey)).toEqual([]);
});

it('says which keys the requests for an action have', () => {
  const list = findAction('s3:ListBucket');
  const get = findAction('s3:GetObject');
  expect(list && actionHasKey(list, 's3:prefix')).toBe(true);
  expect(get && actionHasKey(get, 's3:prefix')).toBe(false);
  expect(get && actionHasKey(get, 'aws:SecureTransport')).toBe(true);
});
