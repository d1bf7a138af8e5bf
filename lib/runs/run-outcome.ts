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
import { parseJson } from './run-file';
import type { Run, RunFile } from './schemas';

/** Reads what a finished run left behind: the verdict on its file, and the report of its job. */
export async function readOutcome(
  ctx: Context,
  { id, execution, file }: { id: string; execution: DescribeExecutionOutput; file: RunFile | undefined },
): Promise<Pick<Run, 'verdict' | 'report'>> {
  const told = Verdict.safeParse(parseJson(execution.cause ?? execution.output)).data;
  const [verdict, report] = await Promise.all([
    told ?? (file ? readRecord(ctx, file) : undefined),
    execution.status === 'SUCCEEDED' ? readResult(ctx, transformReportKey(id), TransformReport) : undefined,
  ]);
  return { ...(verdict ? { verdict } : {}), ...(report ? { report } : {}) };
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
