import type { ObservedCall } from '../observed-call.ts';
import { parsePolicy } from '../parse-policy.ts';
import type { PolicyKind, Statement } from '../policy.ts';
import type { Phrase } from '../words.ts';

export interface PolicyDocumentOf {
  name: string;
  kind: 'inline' | 'managed' | 'boundary' | 'trust' | 'resource';
  roleName?: string;
  /** Without it, the account that the documents name most. */
  accountId?: string;
  text: string;
}

export type FindingCode =
  /** AWS would refuse the document. */
  | 'invalid'
  | 'wildcardAction'
  | 'wildcardResource'
  | 'escalation'
  | 'passRole'
  | 'publicAccess'
  | 'otherAccount'
  | 'confusedDeputy'
  | 'missingCondition'
  | 'notAction'
  | 'notResource'
  | 'notPrincipal'
  | 'unknownAction'
  | 'unknownKey'
  | 'unreachable'
  | 'duplicate'
  | 'unused';

export type Severity = 'high' | 'medium' | 'low';

/**
 * What mends it: another statement in this one's place, one more statement beside it, none at all, or a narrower one that
 * only somebody can write who knows what it is for.
 */
export type Remedy = 'replace' | 'add' | 'remove' | 'narrow';

export interface Finding {
  code: FindingCode;
  severity: Severity;
  document: string;
  kind: PolicyDocumentOf['kind'];
  roleName?: string;
  index: number;
  sid?: string;
  values: Phrase['values'];
  /** JSON; empty where the whole document is the finding. */
  statement: string;
  remedy: Remedy;
  /** JSON of the statement that would do, or of the one to add. */
  smaller?: string;
}

export type RawStatement = Record<string, unknown>;

/** A statement where it stands. */
export interface Place {
  document: PolicyDocumentOf;
  index: number;
  statement: Statement;
  raw: RawStatement;
}

export type Change = { remedy: 'replace' | 'add'; smaller: RawStatement } | { remedy: 'remove' | 'narrow' };

/** Of one role, or of one resource: the documents that decide together, and what was seen of it. */
export interface Group {
  places: Place[];
  accountId?: string;
  /** Undefined where nobody looked. */
  observed?: ObservedCall[];
}

/** The statements of a document; throws the PolicyError of a document that AWS would refuse. */
export function placesOf(document: PolicyDocumentOf): Place[] {
  const { statements } = parsePolicy(document.text, policyKind(document.kind));
  const raws = [(JSON.parse(document.text) as { Statement: RawStatement | RawStatement[] }).Statement].flat();
  return statements.map((statement, index) => ({ document, index, statement, raw: raws[index] ?? {} }));
}

function policyKind(kind: PolicyDocumentOf['kind']): PolicyKind {
  return kind === 'trust' || kind === 'resource' ? kind : 'identity';
}

export function isIdentity({ document }: Place): boolean {
  return document.kind === 'inline' || document.kind === 'managed';
}

export function finding(
  { document, index, statement, raw }: Place,
  code: FindingCode,
  severity: Severity,
  values: Phrase['values'],
  change: Change,
): Finding {
  return {
    code,
    severity,
    document: document.name,
    kind: document.kind,
    roleName: document.roleName,
    index,
    sid: statement.sid,
    values,
    statement: JSON.stringify(raw, null, 2),
    remedy: change.remedy,
    ...('smaller' in change && { smaller: JSON.stringify(change.smaller, null, 2) }),
  };
}

/** The statement with these actions alone; without any it goes. */
export function keepActions(raw: RawStatement, actions: readonly string[]): Change {
  return actions.length === 0 ? { remedy: 'remove' } : { remedy: 'replace', smaller: { ...raw, Action: actions } };
}

export function keepResources(raw: RawStatement, resources: readonly string[]): Change {
  return resources.length === 0
    ? { remedy: 'remove' }
    : { remedy: 'replace', smaller: { ...raw, Resource: resources } };
}

/** The statement with one more condition. */
export function addCondition(
  raw: RawStatement,
  operator: string,
  key: string,
  values: readonly string[],
): RawStatement {
  const conditions = (raw.Condition ?? {}) as Record<string, Record<string, unknown>>;
  return { ...raw, Condition: { ...conditions, [operator]: { ...conditions[operator], [key]: values } } };
}

export function hasCondition(statement: Statement, keys: readonly string[]): boolean {
  return statement.conditions.some(({ key }) => keys.includes(key.toLowerCase()));
}
