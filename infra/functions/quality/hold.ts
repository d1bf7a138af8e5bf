import { runRecordKey } from '../../../lib/languages/contract/verdict.ts';
import type { QualityEvaluation } from '../../../lib/languages/quality/evaluation.ts';
import { answerOf, type QualityAnswer } from '../../../lib/languages/quality/quality-answer.ts';
import { putJson } from '../documents.ts';
import { beforeTableName, putStagedTable, stagedTableName } from '../staged-table.ts';
import { readReport } from '../transform-report.ts';
import type { Dependencies } from './dependencies.ts';
import { evaluateTable } from './evaluate-table.ts';
import { type FoundTable, findTable } from './find-table.ts';
import type { GatePayload } from './payload.ts';

/** Evaluates the table as it would be with a file's staged rows, and says whether they may be published. */
export async function hold({ verdict, execution }: GatePayload, dependencies: Dependencies): Promise<QualityAnswer> {
  const { s3, environment } = dependencies;
  const { dataset, file, source } = verdict;
  const { outcome, tables } = await readReport(s3, environment.RESULTS_BUCKET, execution);
  const [rows] = tables;
  if (outcome === 'superseded' || !rows) return { verdict: 'superseded', evaluation: null, cause: '' };
  const database = environment.DATABASE;
  const table = await findTable(dependencies, dataset);
  const staged = await stage(rows, { table, execution, dataset, file }, dependencies);
  const request = { dataset, database, table: dataset, columns: rows.columns, trigger: 'run', execution } as const;
  const answer = answerOf(await evaluateTable({ ...request, source: sourceOf(source), staged }, dependencies));
  // For whoever asks for the file's run, once Step Functions has forgotten it too.
  await putJson(s3, environment.RESULTS_BUCKET, runRecordKey(verdict), {
    execution,
    verdict: { ...verdict, quality: answer },
  });
  return answer;
}

interface StagedFile {
  table: FoundTable | undefined;
  execution: string;
  dataset: string;
  file: string;
}

/** Makes the staged rows a table of their own; and the others, where the catalog has them under other columns. */
async function stage(
  rows: Pick<FoundTable, 'location' | 'columns'>,
  { table, execution, dataset, file }: StagedFile,
  { glue, environment }: Dependencies,
): Promise<QualityEvaluation['staged']> {
  const database = environment.STAGED_DATABASE;
  const name = stagedTableName(dataset, execution);
  await putStagedTable(glue, database, name, rows);
  const staged = { database, table: name, replaces: `${dataset}/${file}/` };
  if (!table) return { ...staged, before: null };
  if (isSame(table.columns, rows.columns)) return staged;
  const before = { database, table: beforeTableName(name) };
  await putStagedTable(glue, database, before.table, { location: table.location, columns: rows.columns });
  return { ...staged, before };
}

function isSame(a: FoundTable['columns'], b: FoundTable['columns']): boolean {
  const print = (columns: FoundTable['columns']) => JSON.stringify(columns.map(({ name, type }) => [name, type]));
  return print(a) === print(b);
}

export function sourceOf({ bucket, key, versionId }: NonNullable<QualityEvaluation['source']>) {
  return { bucket, key, versionId };
}
