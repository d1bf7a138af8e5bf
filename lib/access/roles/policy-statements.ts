import { parsePolicy } from '@/lib/languages/iam-policy/parse-policy.ts';
import { type Policy, PolicyError } from '@/lib/languages/iam-policy/policy.ts';
import { describeStatement } from '@/lib/languages/iam-policy/words.ts';
import type { PolicyText } from '../read-principal';
import { statementText } from '../statement-text';
import type { RolePolicy } from './schemas';

/** The policy's statements; undefined for what AWS would not take as a policy. */
export function parsed({ kind, text }: PolicyText): Policy | undefined {
  try {
    return parsePolicy(text, kind === 'trust' ? 'trust' : 'identity');
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

/** A policy with each of its statements in words and as it is written. */
export function withStatements(policy: PolicyText): RolePolicy {
  const statements = parsed(policy)?.statements ?? [];
  return {
    ...policy,
    statements: statements.map((statement, index) => ({
      index,
      ...(statement.sid ? { sid: statement.sid } : {}),
      effect: statement.effect,
      phrases: describeStatement(statement),
      json: statementText(policy.text, index),
    })),
  };
}
