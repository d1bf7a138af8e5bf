import { type CallPlace, fieldsOf, type IamCall, passedRole, textOf, textsOf } from './iam-call.ts';

/**
 * Glue asks for the catalog's permission on the thing and on all that it is in.
 * https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html
 */
export function glueCalls(place: CallPlace): IamCall[] {
  const { record, asked } = place;
  const action = `glue:${record.eventName}`;
  const calls = resourcesOf(place, record.eventName).map((resource) => ({ action, resource }));
  const role = textOf(asked, 'role') ?? textOf(fieldsOf(asked.jobUpdate), 'role');
  return [...calls, ...passedRole(place, role)];
}

function resourcesOf(place: CallPlace, eventName: string): string[] {
  const { asked } = place;
  const arn = place.arn('glue');
  const name = textOf(asked, 'name');
  if (eventName.includes('DataQuality')) return rulesets(asked).map((each) => `${arn}dataQualityRuleset/${each}`);
  if (eventName.includes('UserDefinedFunction')) return functionOf(place, arn);
  if (eventName === 'SearchTables') return tables(arn, '*', ['*']);
  if (/Table|Partition|ColumnStatistics/.test(eventName)) return tablesOf(asked, arn);
  if (/Database/.test(eventName)) return databaseOf(eventName, asked, arn);
  if (/Jobs?(Runs?|Bookmark)?$/.test(eventName)) return jobsOf(asked).map((job) => `${arn}job/${job}`);
  if (/Crawl/.test(eventName)) return crawlersOf(asked).map((crawler) => `${arn}crawler/${crawler}`);
  if (/Tags$|Resource$/.test(eventName)) return [textOf(asked, 'resourceArn') ?? '*'];
  if (/Catalog|^GetResourcePolic/.test(eventName)) return [`${arn}catalog`];
  return /Classifier/.test(eventName) || name === undefined ? ['*'] : [`${arn}${name}`];
}

function tablesOf(asked: Record<string, unknown>, arn: string): string[] {
  const database = textOf(asked, 'databaseName') ?? '*';
  const many = textsOf(asked.tablesToDelete);
  const one = textOf(asked, 'tableName', 'name') ?? textOf(fieldsOf(asked.tableInput), 'name') ?? '*';
  return tables(arn, database, many.length > 0 ? many : [one]);
}

function tables(arn: string, database: string, names: string[]): string[] {
  const lower = database.toLowerCase();
  return [
    `${arn}catalog`,
    `${arn}database/${lower}`,
    ...names.map((name) => `${arn}table/${lower}/${name.toLowerCase()}`),
  ];
}

function databaseOf(eventName: string, asked: Record<string, unknown>, arn: string): string[] {
  const name = (textOf(asked, 'name') ?? textOf(fieldsOf(asked.databaseInput), 'name') ?? '*').toLowerCase();
  // A database goes with its tables.
  return eventName === 'DeleteDatabase' ? tables(arn, name, ['*']) : [`${arn}catalog`, `${arn}database/${name}`];
}

function functionOf({ asked }: CallPlace, arn: string): string[] {
  const database = (textOf(asked, 'databaseName') ?? '*').toLowerCase();
  const name = textOf(asked, 'functionName') ?? textOf(fieldsOf(asked.functionInput), 'functionName') ?? '*';
  return [`${arn}catalog`, `${arn}database/${database}`, `${arn}userDefinedFunction/${database}/${name.toLowerCase()}`];
}

function jobsOf(asked: Record<string, unknown>): string[] {
  const many = textsOf(asked.jobNames);
  return many.length > 0 ? many : [textOf(asked, 'jobName', 'name') ?? '*'];
}

function crawlersOf(asked: Record<string, unknown>): string[] {
  return [textOf(asked, 'crawlerName', 'name') ?? '*'];
}

function rulesets(asked: Record<string, unknown>): string[] {
  const many = textsOf(asked.rulesetNames);
  return many.length > 0 ? many : [textOf(asked, 'name', 'rulesetName', 'createdRulesetName') ?? '*'];
}
