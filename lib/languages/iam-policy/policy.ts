/**
 * An IAM policy after parsing: every element that may be one or many is many.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface Policy {
  version: '2012-10-17' | '2008-10-17';
  id?: string;
  statements: Statement[];
}

export interface Statement {
  sid?: string;
  effect: 'Allow' | 'Deny';
  /** `not` is true for NotAction, NotResource and NotPrincipal: the statement is for everything else. */
  actions: Elements;
  resources?: Elements;
  principals?: { not: boolean; values: PrincipalPattern[] };
  conditions: Condition[];
}

export interface Elements {
  not: boolean;
  values: string[];
}

export interface PrincipalPattern {
  type: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser' | '*';
  value: string;
}

export interface Condition {
  operator: string;
  key: string;
  values: string[];
}

/** Where a policy may be attached; decides which elements it must and may not have. */
export type PolicyKind = 'identity' | 'session' | 'resource' | 'trust';

/** What is wrong in a policy, and where: `Statement[0].Action[2]`. */
export class PolicyError extends Error {
  readonly path: string;
  constructor(path: string, problem: string) {
    super(path ? `${path}: ${problem}` : problem);
    this.name = 'PolicyError';
    this.path = path;
  }
}
