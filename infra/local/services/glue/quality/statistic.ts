/** One metric of one evaluation. https://docs.aws.amazon.com/glue/latest/webapi/API_StatisticSummary.html */
import { createHash } from 'node:crypto';
import { tableOf } from './data-source.ts';
import type { QualityResult } from './quality-result.ts';

export interface Statistic {
  /** Of the metric of a table, the same in every evaluation. */
  id: string;
  /** Of the evaluation. */
  profileId: string;
  runId: string;
  name: string;
  value: number;
  recordedAt: number;
}

export function statisticsOf(result: QualityResult): Statistic[] {
  return Object.entries(result.measured.metrics).map(([name, value]) => ({
    id: statisticIdOf(result, name),
    profileId: profileIdOf(result.runId),
    runId: result.runId,
    name,
    value,
    recordedAt: result.completedAt,
  }));
}

export function statisticIdOf({ dataSource }: Pick<QualityResult, 'dataSource'>, metric: string): string {
  const { DatabaseName, TableName } = tableOf(dataSource);
  return createHash('sha256').update(`${DatabaseName}\0${TableName}\0${metric}`).digest('hex').slice(0, 32);
}

/** A run makes one profile, however many rulesets it has. */
export const profileIdOf = (runId: string): string => runId.replace('dqrun-', 'dqprofile-');

export function statisticOut({ id, profileId, runId, name, value, recordedAt }: Statistic) {
  const [, level = 'Dataset', columns = ''] = /^(Dataset|Column|Multicolumn)\.(.*)\.[^.]+$/s.exec(name) ?? [];
  return {
    StatisticId: id,
    ProfileId: profileId,
    RunIdentifier: { RunId: runId },
    StatisticName: name,
    DoubleValue: value,
    EvaluationLevel: level,
    ColumnsReferenced: level === 'Dataset' ? [] : level === 'Column' ? [columns] : columns.split(','),
    RecordedOn: recordedAt / 1000,
  };
}
