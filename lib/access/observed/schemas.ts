import { z } from 'zod';
import type { ObservedCall } from '@/lib/languages/iam-policy/observed-call.ts';
import type { PolicyDifference } from '@/lib/languages/iam-policy/policy-difference.ts';

export const OBSERVED_PERIODS = ['7', '30', '90'] as const;

export const ObserveAccess = z.object({
  roleName: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[\w+=,.@-]+$/),
  days: z.enum(OBSERVED_PERIODS).transform(Number),
});
export type ObserveAccess = z.input<typeof ObserveAccess>;

/** What is in today's policies and not in the least one: where, and what of it. */
export type UnusedActions = PolicyDifference['unusedActions'][number] & { policy: string };
export type WiderResources = PolicyDifference['widerResources'][number] & { policy: string };

export interface ObservedAccess {
  roleName: string;
  days: number;
  /** What the trail has of the period, in milliseconds since the epoch; undefined where it has nothing of it. */
  covered: { from: number; to: number } | undefined;
  /** What was refused first, then what was asked for last. */
  calls: ObservedCall[];
  /** JSON of the least policy that allows it again; undefined where nothing was seen. */
  minimal?: string;
  unusedActions: UnusedActions[];
  widerResources: WiderResources[];
  missing: PolicyDifference['missing'];
  /** Of today's policies together, and of the least one, as IAM counts them. */
  sizes: { today: number; minimal: number };
}
