import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import type { Catalog } from '../catalog.ts';
import { Paging, pageOf } from '../paging.ts';
import { DataSource, isSameTable, tableOf } from '../quality/data-source.ts';
import type { QualityRun } from '../quality/quality-run.ts';
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
  ClientToken: z.string().min(1).max(255).optional(),
  AdditionalRunOptions: z
    .object({
      CloudWatchMetricsEnabled: z.literal(false, 'is not supported: there is no CloudWatch here').optional(),
      ResultsS3Prefix: z.string().optional(),
      CompositeRuleEvaluationMethod: z.enum(['COLUMN', 'ROW']).optional(),
    })
    .optional(),
  RulesetNames: z.array(RulesetName).min(1).max(10),
  AdditionalDataSources: z
    .record(z.string(), z.unknown())
    .refine((sources) => Object.keys(sources).length === 0, 'is not supported: name the other table as database.table')
    .optional(),
});
const Filter = z.object({
  DataSource: DataSource.optional(),
  StartedBefore: z.number().optional(),
  StartedAfter: z.number().optional(),
  RulesetName: z.string().optional(),
});

interface Dependencies {
  runs: QualityRuns;
  rulesets: Rulesets;
  catalog: Catalog;
  arns: GlueArns;
}

export function dataQualityEvaluationRunOperations(dependencies: Dependencies): Record<string, Operation> {
  const { runs, rulesets, catalog, arns } = dependencies;
  return {
    StartDataQualityRulesetEvaluationRun: operation({
      input: StartRun,
      access: ({ RulesetNames, Role }) => [
        ...RulesetNames.flatMap((name) => arns.onRuleset('StartDataQualityRulesetEvaluationRun', name)),
        ...arns.passRole(Role),
      ],
      run: async (input) => {
        const { DatabaseName, TableName } = tableOf(input.DataSource);
        catalog.getTable(DatabaseName, TableName);
        for (const name of input.RulesetNames) rulesets.get(name);
        const run = await runs.startRun({
          dataSource: input.DataSource,
          role: input.Role,
          numberOfWorkers: input.NumberOfWorkers,
          timeoutMinutes: input.Timeout,
          clientToken: input.ClientToken,
          work: {
            kind: 'evaluation',
            rulesetNames: input.RulesetNames,
            ...(input.AdditionalRunOptions && { options: input.AdditionalRunOptions }),
          },
        });
        return { RunId: run.id };
      },
    }),
    GetDataQualityRulesetEvaluationRun: operation({
      input: OneRun,
      access: () => arns.onRuleset('GetDataQualityRulesetEvaluationRun', '*'),
      run: ({ RunId }) => runOut(runs.get('evaluation', RunId)),
    }),
    CancelDataQualityRulesetEvaluationRun: operation({
      input: OneRun,
      access: () => arns.onRuleset('CancelDataQualityRulesetEvaluationRun', '*'),
      run: async ({ RunId }) => {
        await runs.cancel('evaluation', RunId);
        return {};
      },
    }),
    ListDataQualityRulesetEvaluationRuns: operation({
      input: z.object({ Filter: Filter.optional(), ...Paging }),
      access: () => arns.onRuleset('ListDataQualityRulesetEvaluationRuns', '*'),
      run: ({ Filter: filter = {}, ...paging }) => {
        const found = runs.list('evaluation').filter((run) => passes(run, filter));
        const { items, NextToken } = pageOf(found, paging, ({ id }) => id);
        return { Runs: items.map(runSummary), NextToken };
      },
    }),
  };
}

function passes({ dataSource, startedAt, work }: QualityRun, filter: z.infer<typeof Filter>): boolean {
  return (
    (!filter.DataSource || isSameTable(dataSource, filter.DataSource)) &&
    isBetween(startedAt, filter.StartedAfter, filter.StartedBefore) &&
    (filter.RulesetName === undefined || (work.kind === 'evaluation' && work.rulesetNames.includes(filter.RulesetName)))
  );
}
