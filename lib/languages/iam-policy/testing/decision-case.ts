/** Cases with the outcome that AWS documents, as data: each group names the page that says so. */
import type { Decision, PolicySource } from '../evaluate.ts';
import type { PolicyKind } from '../policy.ts';
import type { PolicyPrincipal } from '../principal.ts';

export interface CaseGroup<Case> {
  about: string;
  /** Of https://docs.aws.amazon.com/IAM/latest/UserGuide/, unless it is a whole address. */
  page: string;
  cases: readonly Case[];
}

export type Context = Record<string, string | string[]>;

/** Whether a statement with this condition is for a request with this context. */
export type ConditionCase = [name: string, condition: object, context: Context, holds: boolean];

/** Whether a statement with this Action or NotAction is about the action. */
export type ActionCase = [name: string, element: object, action: string, isAbout: boolean];

/** Whether a statement with this Resource or NotResource covers the resource. */
export type ResourceCase = [name: string, element: object, resource: string, covers: boolean, context?: Context];

/** Which requests are allowed, by whose statement; what is left out of a statement is `Allow`, `*` and `*`. */
export interface DecisionCase {
  name: string;
  who: PolicyPrincipal;
  identity?: StatementLike[];
  resource?: StatementLike[];
  trust?: StatementLike[];
  boundary?: StatementLike[];
  session?: StatementLike[];
  action?: string;
  on?: string;
  context?: Context;
  version?: '2008-10-17';
  result: Decision['result'];
  source: PolicySource;
}

export type StatementLike = Record<string, unknown>;

/** A document that AWS refuses, and where this parser says that it is wrong. */
export type MalformedCase = [name: string, kind: PolicyKind, document: unknown, message: string];
