import { z } from 'zod';
import { AwsError, operation } from '../../../service.ts';
import type { AsyncInvocations } from '../async-invocations.ts';
import { tooLarge } from '../errors.ts';
import { getFunctionRecord, type Lambda, onFunction } from '../lambda-service.ts';
import { FunctionName, Qualifier } from '../schemas.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const PAYLOAD_BYTES_MAX = { RequestResponse: 6 * 1024 * 1024, DryRun: 6 * 1024 * 1024, Event: 1024 * 1024 };
const LOG_TAIL_BYTES = 4096;

const Input = z.object({
  FunctionName,
  Qualifier,
  InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).default('RequestResponse'),
  LogType: z.enum(['None', 'Tail']).default('None'),
  ClientContext: z.string().optional(),
  /** From inside the lake: JSON text, or the value itself. */
  Payload: z.unknown().optional(),
});

export interface InvokeOutput {
  StatusCode: number;
  FunctionError?: 'Unhandled';
  ExecutedVersion?: '$LATEST';
  /** Base64 of the last 4 KB. */
  LogResult?: string;
  /** JSON text. */
  Payload?: string;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export function invoke(lambda: Lambda, asynchronous: AsyncInvocations) {
  return operation({
    input: Input,
    access: ({ FunctionName, Qualifier }) => onFunction(lambda, 'InvokeFunction', FunctionName, Qualifier),
    async run(input, { requestId }): Promise<InvokeOutput> {
      const record = getFunctionRecord(lambda, input.FunctionName, input.Qualifier);
      const payload = payloadText(input.Payload, input.InvocationType);
      if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
      if (input.InvocationType === 'Event') {
        await asynchronous.add({ functionName: record.name, payload, requestId });
        return { StatusCode: 202 };
      }
      const result = await lambda.runtime.invoke(record, payload, requestId);
      return {
        StatusCode: 200,
        ExecutedVersion: '$LATEST',
        Payload: result.payload,
        ...(result.isError && { FunctionError: 'Unhandled' }),
        ...(input.LogType === 'Tail' && { LogResult: tail(result.log) }),
      };
    },
  });
}

function payloadText(payload: unknown, type: keyof typeof PAYLOAD_BYTES_MAX): string {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload ?? {});
  const json = text === '' ? '{}' : text;
  const limit = PAYLOAD_BYTES_MAX[type];
  if (Buffer.byteLength(json) > limit) throw tooLarge(Buffer.byteLength(json), limit);
  try {
    JSON.parse(json);
    return json;
  } catch (cause) {
    const error = new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(cause as Error).message}`,
      400,
      { Type: 'User' },
    );
    error.cause = cause;
    throw error;
  }
}

function tail(lines: string[]): string {
  return Buffer.from(lines.join('')).subarray(-LOG_TAIL_BYTES).toString('base64');
}
