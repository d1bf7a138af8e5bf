import 'server-only';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { runState } from '@/lib/languages/contract/run-state.ts';
import { TransformReport, transformReportKey } from '@/lib/languages/contract/transform-report.ts';
import { RunRecord } from '@/lib/languages/contract/verdict.ts';
import { executionArn } from './execution-arn';
import { parseJson } from './run-file';
import { readResult, recordKey } from './run-outcome';
import { type FileRequest, FindRunOfFile, type RunOfFile } from './schemas';

/** Returns what became of a file version: its run, the verdict, what the job wrote; undefined where it caused no run. */
export async function describeRunOfFile(ctx: Context, raw: FindRunOfFile): Promise<RunOfFile | undefined> {
  requirePermission(ctx, 'runs:read');
  const { key, versionId } = FindRunOfFile.parse(raw);
  const path = recordKey(key, versionId);
  const record = path ? await readResult(ctx, path, RunRecord) : undefined;
  if (!record) return undefined;
  const { execution: id, verdict } = record;
  const [execution, report] = await Promise.all([
    findExecution(ctx, id),
    readResult(ctx, transformReportKey(id), TransformReport),
  ]);
  return {
    id,
    verdict,
    ...(report ? { report } : {}),
    ...(execution && {
      state: runState(execution.status ?? '', execution.error),
      startedAt: execution.startDate?.getTime() ?? 0,
      request: requestOf(execution.input),
    }),
  };
}

async function findExecution(ctx: Context, id: string) {
  const { stateMachineArn } = await getLake();
  try {
    return await ctx.aws.states.send(new DescribeExecutionCommand({ executionArn: executionArn(stateMachineArn, id) }));
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

const Request = z.object({
  detail: z.object({
    requester: z.string().optional(),
    'source-ip-address': z.string().optional(),
    reason: z.string().optional(),
  }),
});

function requestOf(input: string | undefined): FileRequest {
  const {
    requester,
    reason,
    'source-ip-address': sourceAddress,
  } = Request.safeParse(parseJson(input)).data?.detail ?? {};
  return {
    ...(requester ? { requester } : {}),
    ...(sourceAddress ? { sourceAddress } : {}),
    ...(reason ? { reason } : {}),
  };
}
