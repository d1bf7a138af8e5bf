import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import { Paging, pageOf } from '../paging.ts';
import { DataSource, isSameTable } from '../quality/data-source.ts';
import { resultOut } from '../quality/quality-result.ts';
import type { QualityResults } from '../quality/quality-results.ts';
import { isBetween } from '../quality/rulesets.ts';

const ResultId = z.string().min(1).max(255);

export function dataQualityResultOperations(results: QualityResults, arns: GlueArns): Record<string, Operation> {
  return {
    GetDataQualityResult: operation({
      input: z.object({ ResultId }),
      access: ({ ResultId: id }) => arns.onRuleset('GetDataQualityResult', results.find(id)?.outcome.name ?? '*'),
      run: ({ ResultId: id }) => resultOut(results.get(id)),
    }),
    BatchGetDataQualityResult: operation({
      input: z.object({ ResultIds: z.array(ResultId).min(1).max(100) }),
      // https://docs.aws.amazon.com/glue/latest/dg/data-quality-authorization.html
      access: () => arns.onRuleset('GetDataQualityResult', '*'),
      run: ({ ResultIds }) => ({
        Results: ResultIds.map((id) => results.find(id))
          .filter((result) => result !== undefined)
          .map(resultOut),
        ResultsNotFound: ResultIds.filter((id) => !results.find(id)),
      }),
    }),
    ListDataQualityResults: operation({
      input: z.object({
        Filter: z
          .object({
            DataSource: DataSource.optional(),
            JobName: z.string().optional(),
            JobRunId: z.string().optional(),
            StartedAfter: z.number().optional(),
            StartedBefore: z.number().optional(),
          })
          .default({}),
        ...Paging,
      }),
      access: () => arns.onRuleset('ListDataQualityResults', '*'),
      run: ({ Filter, ...paging }) => {
        // No job evaluates here, so that what is asked of one finds nothing.
        const isOfJob = Filter.JobName !== undefined || Filter.JobRunId !== undefined;
        const found = isOfJob
          ? []
          : results
              .list()
              .filter(
                ({ dataSource, startedAt }) =>
                  (!Filter.DataSource || isSameTable(dataSource, Filter.DataSource)) &&
                  isBetween(startedAt, Filter.StartedAfter, Filter.StartedBefore),
              );
        const { items, NextToken } = pageOf(found, paging, ({ id }) => id);
        const Results = items.map((item) => {
          const { ResultId: id, DataSource: source, StartedOn } = resultOut(item);
          return { ResultId: id, DataSource: source, StartedOn };
        });
        return { Results, NextToken };
      },
    }),
  };
}
