import * as z from 'zod';
import { S3Event } from '../validate/s3-event.ts';

/**
 * What Step Functions tells EventBridge of an execution. Input is `null` where it is too long; the lake's is an event of S3.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export const StatusChange = z.object({
  /** ISO 8601. */
  time: z.string(),
  account: z.string(),
  region: z.string(),
  detail: z.object({
    executionArn: z.string(),
    stateMachineArn: z.string(),
    name: z.string(),
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
    /** Milliseconds since 1970. */
    startDate: z.number(),
    stopDate: z.number().nullish(),
    input: z.string().nullish(),
    error: z.string().nullish(),
    cause: z.string().nullish(),
  }),
});
export type StatusChange = z.infer<typeof StatusChange>;

/** The event of S3 that the execution was started with; undefined where it was started with something else. */
export function findS3Event({ detail: { input } }: StatusChange): S3Event | undefined {
  if (!input) return undefined;
  try {
    return S3Event.safeParse(JSON.parse(input)).data;
  } catch {
    return undefined;
  }
}
