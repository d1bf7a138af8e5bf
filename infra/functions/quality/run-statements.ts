import type { AthenaClient } from '@aws-sdk/client-athena';
import type { StatementAnswer } from '../../../lib/languages/dqdl/plan.ts';
import { QueryFailure, type QueryPlace, runQuery } from '../run-query.ts';
import { QualityUnavailable } from './quality-unavailable.ts';

/** Athena runs some twenty of an account at once, and people's queries are among them. */
const runAtOnce = 4;

export interface Statement {
  id: string;
  sql: string;
}

export interface StatementAnswers {
  answers: Record<string, StatementAnswer>;
  scannedBytes: number;
}

/** Runs all statements. One that Athena refuses is answered by its error; any other failure fails them all. */
export async function runStatements(
  athena: AthenaClient,
  statements: readonly Statement[],
  place: QueryPlace,
): Promise<StatementAnswers> {
  const answers: Record<string, StatementAnswer> = {};
  let scannedBytes = 0;
  const left = [...statements];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const { scannedBytes: bytes, ...answer } = await runStatement(athena, next, place);
      answers[next.id] = answer;
      scannedBytes += bytes;
    }
  };
  await Promise.all(Array.from({ length: Math.min(runAtOnce, statements.length) }, work));
  return { answers, scannedBytes };
}

async function runStatement(
  athena: AthenaClient,
  { sql }: Statement,
  place: QueryPlace,
): Promise<StatementAnswer & { scannedBytes: number }> {
  try {
    return await runQuery(athena, sql, place);
  } catch (error) {
    if (error instanceof QueryFailure && error.isOfStatement) return { error: error.message, scannedBytes: 0 };
    if (!(error instanceof QueryFailure)) throw error;
    throw new QualityUnavailable(`Athena could not evaluate the rules: ${error.message}`, { cause: error });
  }
}
