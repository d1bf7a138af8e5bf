/** A table's rulesets in Glue, as the person may see them. Glue's tags are asked for, and set, by ARN. */
import 'server-only';
import {
  GetDataQualityRulesetCommand,
  GetTagsCommand,
  ListDataQualityRulesetsCommand,
  TagResourceCommand,
} from '@aws-sdk/client-glue';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { GATE_TAG, Gate } from '@/lib/languages/quality/evaluation.ts';
import type { Ruleset } from './schemas';

export interface TargetTable {
  database: string;
  table: string;
}

export async function listRulesetNames(ctx: Context, { database, table }: TargetTable): Promise<string[]> {
  const { items } = await collectPages(async (token) => {
    const page = await ctx.aws.glue.send(
      new ListDataQualityRulesetsCommand({
        Filter: { TargetTable: { DatabaseName: database, TableName: table } },
        NextToken: token,
      }),
    );
    return { items: page.Rulesets, next: page.NextToken };
  });
  return items.flatMap(({ Name }) => Name ?? []).sort();
}

/** Undefined where there is none of the name, or not of this table. */
export async function findRuleset(ctx: Context, place: TargetTable, name: string): Promise<Ruleset | undefined> {
  try {
    const [found, gate] = await Promise.all([
      ctx.aws.glue.send(new GetDataQualityRulesetCommand({ Name: name })),
      findGate(ctx, name),
    ]);
    const { DatabaseName, TableName } = found.TargetTable ?? {};
    if (DatabaseName !== place.database || TableName !== place.table) return undefined;
    const changedAt = found.LastModifiedOn ?? found.CreatedOn;
    return { name, text: found.Ruleset ?? '', gate, changedAt: changedAt?.getTime() ?? 0 };
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

export async function setGate(ctx: Context, name: string, gate: Gate): Promise<void> {
  await ctx.aws.glue.send(
    new TagResourceCommand({ ResourceArn: await rulesetArn(name), TagsToAdd: { [GATE_TAG]: gate } }),
  );
}

/** A tag that says nothing we know warns, as does none. */
async function findGate(ctx: Context, name: string): Promise<Gate> {
  const { Tags = {} } = await ctx.aws.glue.send(new GetTagsCommand({ ResourceArn: await rulesetArn(name) }));
  return Gate.safeParse(Tags[GATE_TAG]).data ?? 'warn';
}

/** https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html */
async function rulesetArn(name: string): Promise<string> {
  const [, partition, , region, account] = (await getLake()).stateMachineArn.split(':');
  return `arn:${partition}:glue:${region}:${account}:dataQualityRuleset/${name}`;
}
