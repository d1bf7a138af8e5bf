/**
 * The event that tells of an execution's new status, as Step Functions sends it to EventBridge.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
import type { ServiceContext } from '../../service-context.ts';
import type { ExecutionRecord } from './execution-store.ts';

/** Above this many bytes, input and output are left out, and their details say so. */
const PAYLOADS_MAX_BYTES = 248 * 1024;

export function statusChange(
  ctx: Pick<ServiceContext, 'region' | 'account' | 'clock' | 'newId'>,
  record: ExecutionRecord,
) {
  const { input, output, error, cause } = record;
  const isIncluded = Buffer.byteLength(input) + Buffer.byteLength(output ?? '') <= PAYLOADS_MAX_BYTES;
  return {
    version: '0',
    id: ctx.newId(),
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account: ctx.account,
    time: `${new Date(ctx.clock()).toISOString().slice(0, 19)}Z`,
    region: ctx.region,
    resources: [record.arn],
    detail: {
      executionArn: record.arn,
      stateMachineArn: record.machineArn,
      name: record.name,
      status: record.status,
      startDate: record.startDate,
      stopDate: record.stopDate ?? null,
      input: isIncluded ? input : null,
      output: isIncluded ? (output ?? null) : null,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: 0,
      redriveDate: null,
      redriveStatus: record.status === 'RUNNING' ? 'NOT_REDRIVABLE' : null,
      redriveStatusReason: record.status === 'RUNNING' ? 'Execution is RUNNING and cannot be redriven' : null,
      inputDetails: { included: isIncluded },
      outputDetails: output === undefined ? null : { included: isIncluded },
      error: error ?? null,
      cause: cause ?? null,
    },
  };
}
