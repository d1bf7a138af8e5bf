import { z } from 'zod';
import type { Role } from '@/lib/auth/permissions';
import type { AccessLevel } from '@/lib/languages/iam-policy/action-catalog.ts';
import type { Explanation } from '@/lib/languages/iam-policy/explanation.ts';
import type { Denial } from '@/lib/languages/iam-policy/read-denial.ts';
import type { SmallestChange } from '@/lib/languages/iam-policy/smallest-change.ts';
import type { StatementPhrase } from '@/lib/languages/iam-policy/words.ts';
import type { UnreadPolicy } from './read-principal';

const RESOURCES_MAX = 10;
const CONTEXT_MAX = 30;

/** An action as IAM names it, without wildcards: a request is for one. */
const Action = z
  .string()
  .trim()
  .regex(/^[a-z0-9-]+:[A-Za-z0-9]+$/, 'action');
const Resource = z
  .string()
  .trim()
  .max(2048)
  .regex(/^(\*|arn:[^:\s]*:[^:\s]*:[^:\s]*:[^:\s]*:.+)$/, 'resourceArn');
/** A role's ARN, or that of a person's session of it. */
const PrincipalArn = z
  .string()
  .trim()
  .max(2048)
  .regex(/^arn:[^:]+:(iam::\d+:role\/\S+|sts::\d+:assumed-role\/[^/\s]+\/\S+)$/, 'principalArn');

export const Simulate = z.object({
  principal: PrincipalArn,
  action: Action,
  resources: z.array(Resource).min(1, 'required').max(RESOURCES_MAX),
  /** `key=value`; a key may be there more than once, and then has several values. */
  context: z
    .array(
      z
        .string()
        .max(2048)
        .regex(/^[^=\s]+=/, 'contextKey'),
    )
    .max(CONTEXT_MAX)
    .default([]),
});
export type Simulate = z.input<typeof Simulate>;

export const ListActions = z.object({ text: z.string().max(200).default('') });
export type ListActions = z.input<typeof ListActions>;

/** An action that can be asked for, with what it is about. */
export interface ActionChoice {
  name: string;
  accessLevel: AccessLevel;
  /** Empty: it is about `*` alone. */
  resourceTypes: { name: string; arn: string }[];
  /** Those of its own; every request has the global ones. */
  conditionKeys: string[];
}

export interface ResourceChoice {
  kind:
    | 'bucket'
    | 'file'
    | 'tableFile'
    | 'catalog'
    | 'database'
    | 'table'
    | 'workGroup'
    | 'stateMachine'
    | 'function'
    | 'job'
    | 'crawler'
    | 'role';
  name: string;
  arn: string;
}

export interface SimulatorChoices {
  roles: { name: string; arn: string }[];
  people: { name: string; email: string; role: Role; arn: string }[];
  resources: ResourceChoice[];
}

export const ExplainDenial = z.object({ said: z.string().min(1).max(8_000) });
export type ExplainDenial = z.input<typeof ExplainDenial>;

export interface ShownStatement {
  json: string;
  phrases: StatementPhrase[];
}

/** One request, decided by the policies that are in force now. */
export interface DecidedRequest {
  action: string;
  resource: string;
  explanation: Explanation;
  /** The statement of each step, in their order. */
  statements: ShownStatement[];
  /** Of the statement that decided; undefined where none did. */
  deciding?: string;
  /** What would allow it; undefined where it is allowed. */
  change?: SmallestChange;
  unread: UnreadPolicy[];
}

/** Where the policies of a principal are looked at: the person that a session is of, and the role. */
export interface SimulatedPrincipal {
  arn: string;
  roleName: string;
  roleArn: string;
}

export interface Simulation {
  principal: SimulatedPrincipal;
  /** One for each resource. */
  requests: DecidedRequest[];
  /** What the request brought along, by key; those that the person wrote win. */
  context: Record<string, string[]>;
  /** What the catalog says of the action; undefined where it does not have it. */
  known?: ActionChoice;
}

export interface ExplainedDenial {
  denial: Denial;
  /** Of the role that was refused; undefined for a user or a service. */
  roleName?: string;
  roleArn?: string;
  decided?: DecidedRequest;
  /** Why it is not decided again here: the policies of others are for administrators. */
  undecided?: 'notYours' | 'noRole';
  /** Whether the person may open the pages that show policies. */
  maySee: boolean;
}
