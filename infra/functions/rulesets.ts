import {
  EntityNotFoundException,
  GetDataQualityRulesetCommand,
  GetTagsCommand,
  type GlueClient,
  ListDataQualityRulesetsCommand,
} from '@aws-sdk/client-glue';
import { GATE_TAG, Gate } from '../../lib/languages/quality/evaluation.ts';

export interface TableName {
  database: string;
  table: string;
}

/** Where the account's resources are: Glue's tags are asked for by ARN. */
export interface ArnScope {
  partition: string;
  region: string;
  account: string;
}

export interface GatedRuleset {
  name: string;
  gate: Gate;
  text: string;
}

/** The gates of a table's rulesets, by their names. */
export async function gatesOfTable(glue: GlueClient, table: TableName, scope: ArnScope): Promise<Map<string, Gate>> {
  const names = await listRulesetNames(glue, table);
  return new Map(await Promise.all(names.map(async (name) => [name, await gateOf(glue, name, scope)] as const)));
}

/** A table's rulesets in the order of their names. One that is deleted meanwhile is left out. */
export async function rulesetsOfTable(glue: GlueClient, table: TableName, scope: ArnScope): Promise<GatedRuleset[]> {
  const names = await listRulesetNames(glue, table);
  const found = await Promise.all(names.map((name) => findRuleset(glue, name, scope)));
  return found.filter((ruleset) => ruleset !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** All tables that have a ruleset. */
export async function tablesWithRulesets(glue: GlueClient): Promise<TableName[]> {
  const tables = new Map<string, TableName>();
  for (const { TargetTable } of await listRulesets(glue)) {
    const { DatabaseName: database, TableName: table } = TargetTable ?? {};
    if (database && table) tables.set(`${database}.${table}`, { database, table });
  }
  return [...tables.values()];
}

async function listRulesetNames(glue: GlueClient, { database, table }: TableName): Promise<string[]> {
  const rulesets = await listRulesets(glue, { TargetTable: { DatabaseName: database, TableName: table } });
  return rulesets.flatMap(({ Name }) => (Name ? [Name] : []));
}

async function listRulesets(glue: GlueClient, filter?: { TargetTable: { DatabaseName: string; TableName: string } }) {
  const rulesets = [];
  let token: string | undefined;
  do {
    const page = await glue.send(new ListDataQualityRulesetsCommand({ Filter: filter, NextToken: token }));
    rulesets.push(...(page.Rulesets ?? []));
    token = page.NextToken || undefined;
  } while (token);
  return rulesets;
}

async function findRuleset(glue: GlueClient, name: string, scope: ArnScope): Promise<GatedRuleset | undefined> {
  try {
    const [{ Ruleset: text = '' }, gate] = await Promise.all([
      glue.send(new GetDataQualityRulesetCommand({ Name: name })),
      gateOf(glue, name, scope),
    ]);
    return { name, gate, text };
  } catch (error) {
    if (error instanceof EntityNotFoundException) return undefined;
    throw error;
  }
}

/** A tag that says nothing we know warns, as does none. */
async function gateOf(glue: GlueClient, name: string, { partition, region, account }: ArnScope): Promise<Gate> {
  const ResourceArn = `arn:${partition}:glue:${region}:${account}:dataQualityRuleset/${name}`;
  try {
    const { Tags = {} } = await glue.send(new GetTagsCommand({ ResourceArn }));
    return Gate.safeParse(Tags[GATE_TAG]).data ?? 'warn';
  } catch (error) {
    if (error instanceof EntityNotFoundException) return 'warn';
    throw error;
  }
}
