import type { Decision, PolicySource } from './evaluate.ts';

/** A statement that was looked at, and what became of it. */
export interface ExplanationStep {
  source: PolicySource;
  /** What people know the policy by. */
  policy: string;
  /** The statement's place in it. */
  index: number;
  sid?: string;
  effect: 'Allow' | 'Deny';
  /** Whether it is about the request, or the first part of it that is not. */
  outcome: 'applies' | 'action' | 'resource' | 'principal' | 'condition';
  /** The first condition that did not hold. */
  condition?: { operator: string; key: string; wanted: string[]; found: readonly string[] };
  /** A resource's statement that names the account: it allows what the identity policies allow too. */
  isLeftToAccount?: boolean;
}

/** A decision with every statement that had a say in it, in the order in which AWS asks. */
export interface Explanation {
  decision: Decision;
  steps: ExplanationStep[];
}
