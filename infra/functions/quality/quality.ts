import { answerOf, type QualityAnswer } from '../../../lib/languages/quality/quality-answer.ts';
import type { Dependencies } from './dependencies.ts';
import { type EvaluatedTables, evaluateAll } from './evaluate-all.ts';
import { evaluateTable } from './evaluate-table.ts';
import { findTable } from './find-table.ts';
import { hold } from './hold.ts';
import type { QualityPayload } from './payload.ts';
import { watch, watchComputed } from './watch.ts';

type Answer = QualityAnswer | EvaluatedTables;

export async function quality(payload: QualityPayload, dependencies: Dependencies): Promise<Answer> {
  if ('schedule' in payload) return evaluateAll(dependencies);
  if ('table' in payload) return evaluateFor(payload, dependencies);
  if (payload.mode === 'hold') return hold(payload, dependencies);
  return payload.mode === 'watch' ? watch(payload, dependencies) : watchComputed(payload, dependencies);
}

async function evaluateFor(
  { table, by }: { table: string; by: string },
  dependencies: Dependencies,
): Promise<QualityAnswer> {
  const found = await findTable(dependencies, table);
  if (!found) return { verdict: 'unknown', evaluation: null, cause: '' };
  return answerOf(await evaluateTable({ ...found, trigger: 'person', by }, dependencies));
}
