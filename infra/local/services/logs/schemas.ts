import { z } from 'zod';
import type { ServiceContext } from '../../service-context.ts';

export const GroupName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[.\-_/#A-Za-z0-9]+$/, 'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+');
export const StreamName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^:*]*$/, 'Member must satisfy regular expression pattern: [^:*]*');
export const Milliseconds = z.number().int().min(0);
export const NextToken = z.string().optional();

/** Inputs name a group by name, or by name or ARN as its identifier. */
export const Group = { logGroupName: GroupName.optional(), logGroupIdentifier: z.string().max(2048).optional() };

export function groupOf(input: { logGroupName?: string; logGroupIdentifier?: string }): string {
  const identifier = input.logGroupIdentifier ?? '';
  return input.logGroupName ?? (identifier.startsWith('arn:') ? (identifier.split(':')[6] ?? '') : identifier);
}

export function groupArn({ region, account }: ServiceContext, group: string): string {
  return `arn:aws:logs:${region}:${account}:log-group:${group}`;
}
