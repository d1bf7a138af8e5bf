import { GetTablesCommand, type GlueClient } from '@aws-sdk/client-glue';
import { tablesWithRulesets } from '../rulesets.ts';
import { deleteTable } from '../staged-table.ts';
import type { Dependencies } from './dependencies.ts';
import { evaluateTable } from './evaluate-table.ts';
import { findTable } from './find-table.ts';

export interface EvaluatedTables {
  evaluated: string[];
  /** Those that could not be evaluated, with the reason. */
  failed: { table: string; reason: string }[];
}

/** As long as the bucket's lifecycle keeps staged rows. */
const stagedKeptMs = 30 * 24 * 3600 * 1000;

/** Evaluates every table that has rules, for what goes wrong without a run: data that grow old. */
export async function evaluateAll(dependencies: Dependencies): Promise<EvaluatedTables> {
  const { glue, environment, now } = dependencies;
  const answer: EvaluatedTables = { evaluated: [], failed: [] };
  const tables = (await tablesWithRulesets(glue)).filter(({ database }) => database === environment.DATABASE);
  for (const { table } of tables) {
    try {
      const found = await findTable(dependencies, table);
      if (!found) continue;
      await evaluateTable({ ...found, trigger: 'schedule' }, dependencies);
      answer.evaluated.push(table);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.error(`${table} could not be evaluated: ${reason}`);
      answer.failed.push({ table, reason });
    }
  }
  await forgetStagedTables(glue, environment.STAGED_DATABASE, new Date(now().getTime() - stagedKeptMs));
  return answer;
}

/** Takes out entries whose rows the lifecycle has deleted. */
async function forgetStagedTables(glue: GlueClient, database: string, before: Date): Promise<void> {
  let token: string | undefined;
  do {
    const page = await glue.send(new GetTablesCommand({ DatabaseName: database, NextToken: token }));
    for (const { Name, CreateTime } of page.TableList ?? [])
      if (Name && CreateTime && CreateTime < before) await deleteTable(glue, database, Name);
    token = page.NextToken;
  } while (token);
}
