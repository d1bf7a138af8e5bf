import { answerOf, type QualityAnswer } from '../../../lib/languages/quality/quality-answer.ts';
import { tablesWithRulesets } from '../rulesets.ts';
import { readReport } from '../transform-report.ts';
import type { Dependencies } from './dependencies.ts';
import type { EvaluatedTables } from './evaluate-all.ts';
import { evaluateTable } from './evaluate-table.ts';
import { type FoundTable, findTable } from './find-table.ts';
import { sourceOf } from './hold.ts';
import type { GatePayload } from './payload.ts';

/**
 * Evaluates what a run has changed: the dataset's own table always, since its metrics are what bands of anomalies are
 * made of, and those computed from it where they have rules. The answer is about the dataset's own.
 */
export async function watch({ verdict, execution }: GatePayload, dependencies: Dependencies): Promise<QualityAnswer> {
  const { dataset, source, override } = verdict;
  const [own, ...others] = await changedTables(dataset, execution, dependencies);
  if (!own) return { verdict: 'unknown', evaluation: null, cause: '' };
  const request = { trigger: 'run', execution, source: sourceOf(source), override } as const;
  const evaluation = await evaluateTable({ ...own, ...request }, dependencies);
  for (const table of others) await evaluateTable({ ...table, ...request }, dependencies);
  return answerOf(evaluation);
}

/** Evaluates the tables with rules that a run has computed from one whose own rows a gate has looked at already. */
export async function watchComputed(
  { verdict, execution }: GatePayload,
  dependencies: Dependencies,
): Promise<EvaluatedTables> {
  const { dataset, source, override } = verdict;
  const tables = (await changedTables(dataset, execution, dependencies)).filter(({ table }) => table !== dataset);
  const request = { trigger: 'run', execution, source: sourceOf(source), override } as const;
  for (const table of tables) await evaluateTable({ ...table, ...request }, dependencies);
  return { evaluated: tables.map(({ table }) => table), failed: [] };
}

async function changedTables(dataset: string, execution: string, dependencies: Dependencies): Promise<FoundTable[]> {
  const { s3, glue, environment } = dependencies;
  const { tables } = await readReport(s3, environment.RESULTS_BUCKET, execution);
  const computed = tables.map(({ name }) => name).filter((name) => name !== dataset);
  const ruled = computed.length === 0 ? [] : (await tablesWithRulesets(glue)).map(({ table }) => table);
  const names = [dataset, ...computed.filter((name) => ruled.includes(name))];
  const found = await Promise.all(names.map((name) => findTable(dependencies, name)));
  // Without its own table the dataset has nothing to compute others from.
  return found[0] ? found.filter((table) => table !== undefined) : [];
}
