import type { Decision } from '@/lib/languages/iam-policy/evaluate.ts';

/** A request to AWS. */
export interface AccessRequest {
  action: string;
  resource: string;
}

/** What AWS decides of one request, and by what. */
export interface AccessDecision extends AccessRequest {
  result: Decision['result'];
  /** Which kind of policy decided, or was missing. */
  source: Decision['source'];
  /** The policy that decided; undefined where none says anything, which is a denial too. */
  policy?: string;
  /** The statement's place in it. */
  index?: number;
  sid?: string;
}
