/**
 * What is dangerous, wrong or more than needed in the policies of roles and of resources. Each finding stands at a
 * statement, and has the smaller one that would do where it can be made.
 */
import { findEscalations } from './findings/escalation.ts';
import { findExposure } from './findings/exposure.ts';
import { type Finding, type Group, type PolicyDocumentOf, placesOf, type Severity } from './findings/finding.ts';
import { findMistakes } from './findings/mistakes.ts';
import { findRedundancy } from './findings/redundancy.ts';
import { findWildcards } from './findings/wildcards.ts';
import type { ObservedCall } from './observed-call.ts';
import { PolicyError } from './policy.ts';

export type { Finding, FindingCode, PolicyDocumentOf } from './findings/finding.ts';

const CHECKS: ((group: Group) => Finding[])[] = [
  findEscalations,
  findExposure,
  findWildcards,
  findMistakes,
  findRedundancy,
];
const SEVERITIES: Severity[] = ['high', 'medium', 'low'];

/**
 * The gravest first. The policies of one role are read together. Permissions that were not used are findings only where
 * it is known what was: a role without any observed call has used nothing.
 */
export function findFindings(documents: readonly PolicyDocumentOf[], observed?: readonly ObservedCall[]): Finding[] {
  const accountId = mostNamedAccount(documents);
  const groups = Map.groupBy(documents, ({ roleName, name, kind }) => roleName ?? `${kind} ${name}`);
  const found = [...groups.values()].flatMap((same) => {
    const { places, invalid } = readAll(same);
    const [{ roleName, accountId: own = accountId } = {} as PolicyDocumentOf] = same;
    const calls = observed?.filter(({ roleArn }) => roleArn.split('/').at(-1) === roleName);
    const group = { places, accountId: own, observed: roleName === undefined ? undefined : calls };
    return [...invalid, ...CHECKS.flatMap((check) => check(group))];
  });
  return found.sort((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity));
}

function readAll(documents: readonly PolicyDocumentOf[]): { places: Group['places']; invalid: Finding[] } {
  const invalid: Finding[] = [];
  const places = documents.flatMap((document) => {
    try {
      return placesOf(document);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      invalid.push(invalidDocument(document, error));
      return [];
    }
  });
  return { places, invalid };
}

function invalidDocument({ name, kind, roleName }: PolicyDocumentOf, { message }: PolicyError): Finding {
  const values = { problem: message };
  return {
    code: 'invalid',
    severity: 'medium',
    document: name,
    kind,
    roleName,
    index: 0,
    values,
    statement: '',
    remedy: 'narrow',
  };
}

/** Whose the policies are, where nobody says: the account of most of the resources in them. */
function mostNamedAccount(documents: readonly PolicyDocumentOf[]): string | undefined {
  const accounts = documents
    .filter(({ kind }) => kind === 'inline' || kind === 'managed')
    .flatMap(({ text }) =>
      [...text.matchAll(/"arn:[^:"]*:[^:"]*:[^:"]*:(\d{12}):/g)].map(([, account]) => account ?? ''),
    );
  const counts = [...Map.groupBy(accounts, (account) => account)].map(
    ([account, all]) => [account, all.length] as const,
  );
  return counts.sort(([, one], [, other]) => other - one)[0]?.[0];
}
