import { z } from 'zod';
import type { DiffLine } from '@/lib/languages/compare/comparison.ts';
import type { Finding } from '@/lib/languages/iam-policy/findings.ts';
import type { UnreadPolicy } from '../read-principal';

export const SEVERITIES = ['high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Longer than that nobody remembers why. */
export const ACCEPTED_DAYS_MAX = 366;
/** What was not used in a shorter time may be what is done once a week. */
export const OBSERVED_DAYS_MIN = 7;
const DAY_MS = 86_400_000;

const Key = z.string().regex(/^[0-9a-f]{64}$/);

/** What was looked at before `since` (milliseconds) is looked at again. */
export const ListFindings = z.object({ since: z.coerce.number().int().nonnegative().default(0) });
export type ListFindings = z.input<typeof ListFindings>;

export const AcceptFinding = z.object({
  key: Key,
  reason: z.string().trim().min(3, 'required').max(500),
  /** The last day on which it counts as accepted: `2026-12-31`. */
  until: z.iso
    .date('date')
    .refine((day) => Date.parse(day) >= Date.now() - DAY_MS, 'dateIsPast')
    .refine((day) => Date.parse(day) <= Date.now() + ACCEPTED_DAYS_MAX * DAY_MS, 'dateIsTooFar'),
});
export type AcceptFinding = z.input<typeof AcceptFinding>;

export const WithdrawAcceptance = z.object({ key: Key });
export type WithdrawAcceptance = z.input<typeof WithdrawAcceptance>;

export interface Acceptance {
  reason: string;
  /** Milliseconds since the epoch. */
  until: number;
  by: string;
  at: number;
}

export interface FoundFinding extends Finding {
  /** Of what was found and of the statement as it is written. */
  key: string;
  /** What the remedy changes, in lines; none where only somebody who knows what it is for can write it. */
  diff: DiffLine[][];
  /** While it counts; an acceptance that has ended is none. */
  acceptance?: Acceptance;
}

export interface Findings {
  /** The worst first. */
  findings: FoundFinding[];
  /** Milliseconds since the epoch. */
  lookedAt: number;
  /** How many policies were looked at. */
  policies: number;
  roles: string[];
  unread: (UnreadPolicy & { roleName?: string })[];
  /** Whether what roles really ask for was looked at, without which nothing is known to be unused. */
  hasObserved: boolean;
}
