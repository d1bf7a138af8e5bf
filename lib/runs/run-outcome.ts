import 'server-only';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import type { z } from 'zod';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { splitRawKey } from '@/lib/languages/contract/snake-case.ts';
import { TransformReport, transformReportKey } from '@/lib/languages/contract/transform-report.ts';
import { RunRecord, runRecordKey, Verdict } from '@/lib/languages/contract/verdict.ts';
import { QualityEvaluation } from '@/lib/languages/quality/evaluation.ts';
import { GateCause } from '@/lib/languages/quality/quality-answer.ts';
import { parseJson } from './run-file';
import type { Run, RunFile } from './schemas';

/** Reads what a finished run left behind: the verdict on its file, the report of its job, what the table's rules said. */
export async function readOutcome(
  ctx: Context,
  { id, execution, file }: { id: string; execution: DescribeExecutionOutput; file: RunFile | undefined },
): Promise<Pick<Run, 'verdict' | 'report' | 'quality'>> {
  const told = Verdict.safeParse(parseJson(execution.cause ?? execution.output)).data;
  const [verdict, report] = await Promise.all([
    told ?? (file ? readRecord(ctx, file) : undefined),
    execution.status === 'SUCCEEDED' ? readResult(ctx, transformReportKey(id), TransformReport) : undefined,
  ]);
  const key = evaluationKey(execution.cause, verdict);
  const quality = key ? await readResult(ctx, key, QualityEvaluation) : undefined;
  return { ...(verdict ? { verdict } : {}), ...(report ? { report } : {}), ...(quality ? { quality } : {}) };
}

/** The cause of a held run names its own evaluation; the record of the file may be a later run's. */
function evaluationKey(cause: string | undefined, verdict: Verdict | undefined): string | undefined {
  const held = GateCause.safeParse(parseJson(cause)).data;
  return held?.evaluation.key ?? verdict?.quality?.evaluation?.key;
}

/** The record beside the results: for a run that ended before it could say anything itself. */
async function readRecord(ctx: Context, file: RunFile): Promise<Verdict | undefined> {
  const key = recordKey(file.key, file.versionId ?? 'null');
  return key ? (await readResult(ctx, key, RunRecord))?.verdict : undefined;
}

export function recordKey(key: string, versionId: string): string | undefined {
  const place = splitRawKey(key);
  return place && runRecordKey({ ...place, source: { bucket: '', key, versionId, sequencer: '', size: 0 } });
}

/** Returns a JSON document of the results zone, or undefined where there is none (yet). */
export async function readResult<T>(ctx: Context, key: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const { resultsBucket } = await getLake();
  try {
    const object = await ctx.aws.s3.send(new GetObjectCommand({ Bucket: resultsBucket, Key: key }));
    return schema.parse(JSON.parse((await object.Body?.transformToString()) ?? 'null'));
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
