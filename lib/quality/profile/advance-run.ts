import 'server-only';
import { createHash } from 'node:crypto';
import { StopQueryExecutionCommand } from '@aws-sdk/client-athena';
import { type Context, can } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { withLimit } from '@/lib/aws/with-limit';
import type { ProfileAnswers, ProfileRows } from '@/lib/languages/quality/profile-column.ts';
import { PROFILE_STEPS, type ProfileStep, planStep, readProfile } from '@/lib/languages/quality/profile-table.ts';
import { getQuery, listQueryRows, runQuery } from '@/lib/query';
import type { Query } from '@/lib/query/schemas';
import { findRun, type KeptRun, putProfile, putRun, type RunDocument, type TableRef } from './profile-documents';
import type { ProfileRun } from './schemas';

const CALLS_AT_ONCE = 8;

type Step = RunDocument['steps'][number];

/**
 * Looks how the statements stand, and goes on to the next step where those of the last have ended; ends with the profile
 * kept. Those who may not compute see how it stood when somebody who may last looked.
 */
export async function advanceRun(ctx: Context, table: TableRef, { run, etag }: KeptRun): Promise<ProfileRun> {
  if (run.status !== 'running' || !can(ctx.role, 'quality:check')) return progressOf(run, []);
  const current = run.steps.at(-1)?.statements ?? [];
  const queries = await withLimit(current, CALLS_AT_ONCE, ({ executionId }) => getQuery(ctx, { id: executionId }));
  const broken = queries.find(({ status }) => status === 'failed' || status === 'cancelled');
  if (!broken && !queries.every(({ status }) => status === 'succeeded')) return progressOf(run, queries);
  if (broken) await stopStatements(ctx, run);
  const next = broken ? endedWith(run, broken) : await nextStep(ctx, table, withScanned(run, queries));
  try {
    await putRun(ctx, table, next, etag);
    return progressOf(next, []);
  } catch (error) {
    if (toAppError(error).code !== 'CONFLICT') throw error;
    // Somebody else has gone on, or has cancelled it.
    const other = await findRun(ctx, table);
    return progressOf(other?.run ?? next, []);
  }
}

export async function stopStatements(ctx: Context, { steps }: RunDocument): Promise<void> {
  await withLimit(steps.at(-1)?.statements ?? [], CALLS_AT_ONCE, ({ executionId }) =>
    ctx.aws.athena.send(new StopQueryExecutionCommand({ QueryExecutionId: executionId })),
  );
}

function endedWith(run: RunDocument, { status, error }: Query): RunDocument {
  const message = error ? { message: error.message } : {};
  return { ...run, status: status === 'cancelled' ? 'cancelled' : 'failed', ...message };
}

function withScanned(run: RunDocument, queries: readonly Query[]): RunDocument {
  const scannedBytes = scannedBy(queries);
  const steps = run.steps.map((step, index) => (index === run.steps.length - 1 ? { ...step, scannedBytes } : step));
  return { ...run, steps };
}

async function nextStep(ctx: Context, table: TableRef, run: RunDocument): Promise<RunDocument> {
  const answers = await answersOf(ctx, run);
  const done = run.steps.at(-1);
  for (const step of PROFILE_STEPS.slice(done ? PROFILE_STEPS.indexOf(done.step) + 1 : 0)) {
    const begun = await beginStep(ctx, table, run, step, answers);
    if (begun.statements.length > 0) return { ...run, steps: [...run.steps, begun] };
  }
  const { startedAt, by, version, columns } = run;
  await putProfile(ctx, {
    ...table,
    profiledAt: startedAt,
    by,
    version: version ?? `untold-${startedAt}`,
    ...readProfile({ ...table, columns }, answers),
    scannedBytes: run.steps.reduce((sum, step) => sum + (step.scannedBytes ?? 0), 0),
    durationMs: Math.max(0, Date.now() - Date.parse(startedAt)),
  });
  return { ...run, status: 'succeeded' };
}

/** Starts the statements of a step. Whoever starts them again, at the same time or later, gets the same executions. */
async function beginStep(
  ctx: Context,
  table: TableRef,
  { columns, startedAt }: RunDocument,
  step: ProfileStep,
  answers: ProfileAnswers,
): Promise<Step> {
  const planned = planStep(step, { ...table, columns }, answers);
  const statements = await withLimit(planned, CALLS_AT_ONCE, async ({ id, sql }) => {
    const token = [table.database, table.table, startedAt, id].join('\n');
    const clientRequestToken = createHash('sha256').update(token).digest('hex');
    return { id, executionId: (await runQuery(ctx, { sql, clientRequestToken })).id };
  });
  return { step, statements };
}

async function answersOf(ctx: Context, { steps }: RunDocument): Promise<ProfileAnswers> {
  const statements = steps.flatMap((step) => step.statements);
  const answers = await withLimit(statements, CALLS_AT_ONCE, async ({ id, executionId }) => {
    const { rows } = await listQueryRows(ctx, { id: executionId });
    return [id, rows] as [string, ProfileRows];
  });
  return Object.fromEntries(answers);
}

function scannedBy(queries: readonly Query[]): number {
  return queries.reduce((sum, query) => sum + query.scannedBytes, 0);
}

/** The statements of later steps are not known yet: each counts as one. */
function progressOf({ startedAt, by, status, message, steps }: RunDocument, queries: readonly Query[]): ProfileRun {
  const ended = queries.filter((query) => query.status === 'succeeded');
  const before = steps.filter(({ scannedBytes }) => scannedBytes !== undefined);
  const begun = steps.reduce((sum, step) => sum + step.statements.length, 0);
  const doneBefore = before.reduce((sum, step) => sum + step.statements.length, 0);
  const isLastCounted = before.length === steps.length;
  const later = PROFILE_STEPS.length - 1 - PROFILE_STEPS.indexOf(steps.at(-1)?.step ?? 'count');
  return {
    startedAt,
    by,
    status,
    statements: {
      done: doneBefore + (isLastCounted ? 0 : ended.length),
      total: begun + (status === 'running' ? later : 0),
    },
    scannedBytes:
      before.reduce((sum, step) => sum + (step.scannedBytes ?? 0), 0) + (isLastCounted ? 0 : scannedBy(queries)),
    ...(message ? { message } : {}),
  };
}
