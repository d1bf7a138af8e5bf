import type { MetricPoint } from '../../../../../lib/languages/dqdl/plan.ts';
import type { State } from '../../../state/state.ts';
import { entityNotFound } from '../errors.ts';
import type { Annotations } from './annotations.ts';
import { type DataSource, isSameRows, tableOf } from './data-source.ts';
import type { QualityResult } from './quality-result.ts';
import { profileIdOf, type Statistic, statisticIdOf, statisticsOf } from './statistic.ts';

/** Points of the history that an evaluation looks back on. */
const HISTORY_MAX = 90;

export class QualityResults {
  readonly #results;
  /** Ids by table and time, and by time alone. */
  readonly #byTable;
  readonly #byTime;

  readonly #annotations: Annotations;

  constructor(state: State, annotations: Annotations) {
    this.#annotations = annotations;
    this.#results = state.table<QualityResult>('glue.data-quality-results');
    this.#byTable = state.table<string>('glue.data-quality-results-by-table');
    this.#byTime = state.table<string>('glue.data-quality-results-by-time');
  }

  /** Inside a commit. */
  put(result: QualityResult): void {
    const { DatabaseName, TableName } = tableOf(result.dataSource);
    this.#results.put([result.id], result);
    this.#byTable.put([DatabaseName, TableName, result.completedAt, result.id], result.id);
    this.#byTime.put([result.completedAt, result.id], result.id);
  }

  find(id: string): QualityResult | undefined {
    return this.#results.get([id]);
  }

  get(id: string): QualityResult {
    const result = this.find(id);
    if (!result) throw entityNotFound(`Data quality result ${id} not found.`);
    return result;
  }

  /** Newest first. */
  list(): QualityResult[] {
    return this.#all(this.#byTime.range({ reverse: true }));
  }

  /** Of the last evaluations of a table, oldest first: one point for each run, however many rulesets it had. */
  historyOf(dataSource: DataSource): MetricPoint[] {
    const { DatabaseName, TableName } = tableOf(dataSource);
    const results = this.#all(
      this.#byTable.under([DatabaseName, TableName], { reverse: true, limit: 10 * HISTORY_MAX }),
    );
    return onePerRun(results.filter((result) => isSameRows(result.dataSource, dataSource)))
      .slice(0, HISTORY_MAX)
      .reverse()
      .map((result) => this.#included(result));
  }

  /** Newest first. */
  listStatistics(): Statistic[] {
    return onePerRun(this.list()).flatMap(statisticsOf);
  }

  #included(result: QualityResult): MetricPoint {
    const isIncluded = (metric: string) =>
      this.#annotations.find(profileIdOf(result.runId), statisticIdOf(result, metric))?.value !== 'EXCLUDE';
    const metrics = Object.entries(result.measured.metrics).filter(([metric]) => isIncluded(metric));
    return { ...result.measured, metrics: Object.fromEntries(metrics) };
  }

  #all(ids: Iterable<{ value: string }>): QualityResult[] {
    return Array.from(ids, ({ value }) => this.find(value)).filter((result) => result !== undefined);
  }
}

/** All results of a run have measured the same. */
function onePerRun(results: QualityResult[]): QualityResult[] {
  return [...new Map(results.toReversed().map((result) => [result.runId, result])).values()].reverse();
}
