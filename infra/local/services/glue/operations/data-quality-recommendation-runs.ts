import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import type { Catalog } from '../catalog.ts';
import { alreadyExists } from '../errors.ts';
import { Paging, pageOf } from '../paging.ts';
import { DataSource, isSameTable, tableOf } from '../quality/data-source.ts';
import type { QualityRuns } from '../quality/quality-runs.ts';
import { RulesetName } from '../quality/ruleset.ts';
import { isBetween, type Rulesets } from '../quality/rulesets.ts';
import { runOut, runSummary } from '../quality/run-out.ts';

const OneRun = z.object({ RunId: z.string().min(1).max(255) });
const StartRun = z.object({
  DataSource,
  Role: z.string().min(1),
  NumberOfWorkers: z.number().int().optional(),
  Timeout: z.number().int().min(1).optional(),
  CreatedRulesetName: RulesetName.optional(),
  ClientToken: z.string().min(1).max(255).optional(),
});
const Filter = z.object({
  DataSource: DataSource.optional(),
  StartedBefore: z.number().optional(),
  StartedAfter: z.number().optional(),
});

interface Dependencies {
  runs: QualityRuns;
  rulesets: Rulesets;
  catalog: Catalog;
  arns: GlueArns;
}

export function dataQualityRecommendationRunOperations(dependencies: Dependencies): Record<string, Operation> {
  const { runs, rulesets, catalog, arns } = dependencies;
  return {
    StartDataQualityRuleRecommendationRun: operation({
      input: StartRun,
      access: ({ Role, CreatedRulesetName = '*' }) => [
        ...arns.onRuleset('StartDataQualityRuleRecommendationRun', CreatedRulesetName),
        ...arns.passRole(Role),
      ],
      run: async (input) => {
        const { DatabaseName, TableName } = tableOf(input.DataSource);
        catalog.getTable(DatabaseName, TableName);
        const name = input.CreatedRulesetName;
        if (name !== undefined && rulesets.find(name)) {
          throw alreadyExists(`Another ruleset with the same name already exists: ${name}`);
        }
        const run = await runs.startRun({
          dataSource: input.DataSource,
          role: input.Role,
          numberOfWorkers: input.NumberOfWorkers,
          timeoutMinutes: input.Timeout,
          clientToken: input.ClientToken,
          work: { kind: 'recommendation', ...(name !== undefined && { createdRulesetName: name }) },
        });
        return { RunId: run.id };
      },
    }),
    GetDataQualityRuleRecommendationRun: operation({
      input: OneRun,
      access: () => arns.onRuleset('GetDataQualityRuleRecommendationRun', '*'),
      run: ({ RunId }) => runOut(runs.get('recommendation', RunId)),
    }),
    CancelDataQualityRuleRecommendationRun: operation({
      input: OneRun,
      access: () => arns.onRuleset('CancelDataQualityRuleRecommendationRun', '*'),
      run: async ({ RunId }) => {
        await runs.cancel('recommendation', RunId);
        return {};
      },
    }),
    ListDataQualityRuleRecommendationRuns: operation({
      input: z.object({ Filter: Filter.optional(), ...Paging }),
      access: () => arns.onRuleset('ListDataQualityRuleRecommendationRuns', '*'),
      run: ({ Filter: filter = {}, ...paging }) => {
        const found = runs
          .list('recommendation')
          .filter(
            ({ dataSource, startedAt }) =>
              (!filter.DataSource || isSameTable(dataSource, filter.DataSource)) &&
              isBetween(startedAt, filter.StartedAfter, filter.StartedBefore),
          );
        const { items, NextToken } = pageOf(found, paging, ({ id }) => id);
        return { Runs: items.map(runSummary), NextToken };
      },
    }),
  };
}
