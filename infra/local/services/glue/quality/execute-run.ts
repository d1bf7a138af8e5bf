/** What a run of data quality does: the rules evaluated, or rules recommended, as the role that the run was given. */
import { parseRuleset } from '../../../../../lib/languages/dqdl/parse.ts';
import { evaluate, planEvaluation } from '../../../../../lib/languages/dqdl/plan.ts';
import { printAnalyzer } from '../../../../../lib/languages/dqdl/print.ts';
import type { Metrics } from '../../../../../lib/languages/quality/evaluation.ts';
import type { ServiceContext } from '../../../service-context.ts';
import { roleArn } from '../arns.ts';
import { JobFiles } from '../jobs/job-files.ts';
import { tableOf } from './data-source.ts';
import { prepareRows } from './prepare-rows.ts';
import { type QualityResult, resultOut } from './quality-result.ts';
import type { QualityResults } from './quality-results.ts';
import { type EvaluationRequest, type QualityRun, QualityRunFailure, type RunOutcome } from './quality-run.ts';
import type { ExecuteQualityRun } from './quality-runs.ts';
import { ALL_STATISTICS, recommendRules } from './recommend-rules.ts';
import type { Rulesets } from './rulesets.ts';
import { columnsOf, TableReader, type TableReaderOptions } from './table-reader.ts';

export interface ExecuteOptions {
  ctx: ServiceContext;
  reader: TableReaderOptions;
  rulesets: Rulesets;
  results: QualityResults;
}

export function executeQualityRun(options: ExecuteOptions): ExecuteQualityRun {
  return (run, signal) => {
    const { work } = run;
    return work.kind === 'evaluation' ? evaluation(options, run, work, signal) : recommendation(options, run, signal);
  };
}

async function evaluation(
  options: ExecuteOptions,
  run: QualityRun,
  work: EvaluationRequest,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { ctx, rulesets, results } = options;
  const texts = work.rulesetNames.map((name) => ({ name, text: textOf(rulesets, name) }));
  const history = results.historyOf(run.dataSource);
  const compositeRules = work.options?.CompositeRuleEvaluationMethod ?? 'COLUMN';
  const reader = readerOf(options, run, signal);
  const plan = planEvaluation({
    ...(await sourceOf(options, run, reader)),
    rulesets: texts.map((ruleset) => ({ ...ruleset, gate: 'warn' })),
    history,
    now: new Date(ctx.clock()),
    compositeRules,
  });
  const found = evaluate(plan, await reader.answerAll(plan.statements));
  const completedAt = ctx.clock();
  const measured = { at: new Date(completedAt).toISOString(), metrics: found.metrics, columns: plan.input.columns };
  const made = found.rulesets.map((outcome, i): QualityResult => {
    return {
      id: `dqresult-${ctx.newId().replaceAll('-', '')}`,
      runId: run.id,
      dataSource: run.dataSource,
      startedAt: run.startedAt,
      completedAt,
      outcome,
      analyzers: analyzersOf(texts[i]?.text ?? '', found.metrics),
      anomalies: found.anomalies,
      measured,
    };
  });
  await keepInS3(options, run, work.options?.ResultsS3Prefix, made);
  return { results: made };
}

async function recommendation(options: ExecuteOptions, run: QualityRun, signal: AbortSignal): Promise<RunOutcome> {
  const reader = readerOf(options, run, signal);
  const plan = planEvaluation({
    ...(await sourceOf(options, run, reader)),
    rulesets: [{ name: 'statistics', gate: 'warn', text: ALL_STATISTICS }],
    history: [],
    now: new Date(options.ctx.clock()),
  });
  const { metrics } = evaluate(plan, await reader.answerAll(plan.statements));
  return { recommendedRuleset: recommendRules(metrics, plan.input.columns) };
}

async function sourceOf({ reader }: ExecuteOptions, run: QualityRun, tables: TableReader) {
  const { DatabaseName: database, TableName: table } = tableOf(run.dataSource);
  if (!reader.catalog.findTable(database, table)) throw new QualityRunFailure(`Table ${database}.${table} not found.`);
  const { columns, prepared } = await prepareRows(run.dataSource, columnsOf(reader.catalog, database, table), tables);
  return { columns, relation: { database, table, ...(prepared === undefined ? {} : { prepared }) }, database };
}

function readerOf({ ctx, reader }: ExecuteOptions, run: QualityRun, signal: AbortSignal): TableReader {
  return new TableReader(reader, principalOf(ctx, run), tableOf(run.dataSource).DatabaseName, signal);
}

/** Throws where the role does not trust Glue, or is none. */
function principalOf(ctx: ServiceContext, { role, id }: QualityRun) {
  try {
    return ctx.inside.asRole(roleArn(ctx.account, role), 'glue.amazonaws.com', `GlueDataQuality-${id.slice(-16)}`);
  } catch (error) {
    throw new QualityRunFailure((error as Error).message);
  }
}

function textOf(rulesets: Rulesets, name: string): string {
  const ruleset = rulesets.find(name);
  if (!ruleset) throw new QualityRunFailure(`Data quality ruleset ${name} not found.`);
  return ruleset.Ruleset;
}

function analyzersOf(text: string, metrics: Metrics): QualityResult['analyzers'] {
  return parseRuleset(text).analyzers.map((analyzer) => {
    const names = analyzer.parameters.flatMap((parameter) => (parameter.kind === 'text' ? [parameter.value] : []));
    const isOfAll = names.includes('AllColumns') || names.length === 0;
    const isOf = (metric: string) =>
      isOfAll ? metric.startsWith('Column.') : metric.startsWith(`Column.${names.join(',')}.`);
    const isAll = /^AllStatistics$/i.test(analyzer.type);
    const own = Object.entries(metrics).filter(([metric]) =>
      isAll ? isOf(metric) : metric.endsWith(`.${analyzer.type}`) && (names.length === 0 || isOf(metric)),
    );
    return { analyzer: printAnalyzer(analyzer), metrics: Object.fromEntries(own) };
  });
}

/** Where the run's options say so, each result lies in S3 too, put there as the role. */
async function keepInS3(
  { ctx, reader }: ExecuteOptions,
  run: QualityRun,
  prefix: string | undefined,
  results: QualityResult[],
): Promise<void> {
  if (!prefix) return;
  const [, bucket = '', folder = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/s.exec(prefix) ?? [];
  if (!bucket) throw new QualityRunFailure(`ResultsS3Prefix ${prefix} is no s3:// address.`);
  const files = new JobFiles({ store: reader.store, inside: ctx.inside, principal: principalOf(ctx, run) });
  for (const result of results) {
    const key = `${folder === '' ? '' : `${folder}/`}${result.id}.json`;
    const body = Buffer.from(JSON.stringify(resultOut(result)));
    await files.put({ bucket, key, body, contentType: 'application/json' }).catch((error: Error) => {
      throw new QualityRunFailure(error.message);
    });
  }
}
