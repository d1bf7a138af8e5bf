import { parseArn } from '../arn.ts';
import type { PrincipalPattern, Statement } from '../policy.ts';
import { addCondition, type Change, type Finding, finding, type Group, hasCondition, type Place } from './finding.ts';

export function findExposure({ places, accountId }: Group): Finding[] {
  const open = places.filter(({ statement }) => statement.principals && statement.effect === 'Allow');
  return [
    ...open.flatMap((place) => publicAccess(place, accountId)),
    ...open.flatMap((place) => otherAccount(place, accountId)),
    ...open.flatMap((place) => confusedDeputy(place, accountId)),
    ...missingTls(places),
  ];
}

/**
 * A policy with one of these conditions, by fixed values, is not public.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const NARROWING = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceowner',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  'sts:externalid',
];

function isNarrowed({ conditions }: Statement): boolean {
  return conditions.some(({ operator, key, values }) => {
    const isPositive = !/not|null|ifexists|forallvalues/i.test(operator);
    return isPositive && NARROWING.includes(key.toLowerCase()) && values.every(isFixed);
  });
}

/** Not everything, and not half of the internet. */
function isFixed(value: string): boolean {
  if (/^[*?]+$/.test(value)) return false;
  const arn = parseArn(value);
  if (arn) return !/[*?]/.test(arn.accountId) || !/^[*?]/.test(arn.resource);
  const bits = /^[\d.]+\/(\d+)$/.exec(value)?.[1] ?? (value.includes(':') ? /\/(\d+)$/.exec(value)?.[1] : undefined);
  return bits === undefined || Number(bits) >= 8;
}

function isEveryone({ type, value }: PrincipalPattern): boolean {
  return type === '*' || (type === 'AWS' && value === '*');
}

function publicAccess(place: Place, accountId: string | undefined): Finding[] {
  const { statement, raw } = place;
  const { principals } = statement;
  if (!principals || isNarrowed(statement)) return [];
  if (!principals.not && !principals.values.some(isEveryone)) return [];
  const change: Change =
    accountId && !principals.not
      ? { remedy: 'replace', smaller: { ...raw, Principal: { AWS: `arn:aws:iam::${accountId}:root` } } }
      : { remedy: 'narrow' };
  const values = { actions: statement.actions.values, resources: statement.resources?.values ?? [] };
  return [finding(place, 'publicAccess', 'high', values, change)];
}

function otherAccount(place: Place, accountId: string | undefined): Finding[] {
  const { statement } = place;
  if (!accountId || statement.principals?.not || isNarrowed(statement)) return [];
  const accounts = (statement.principals?.values ?? [])
    .filter(({ type }) => type === 'AWS')
    .map(({ value }) => (/^\d{12}$/.test(value) ? value : (parseArn(value)?.accountId ?? '')))
    .filter((account) => account !== '' && account !== accountId);
  if (accounts.length === 0) return [];
  return [finding(place, 'otherAccount', 'medium', { accounts: [...new Set(accounts)] }, { remedy: 'narrow' })];
}

const SOURCE_KEYS = ['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths'];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention */
function confusedDeputy(place: Place, accountId: string | undefined): Finding[] {
  const { statement, raw, document } = place;
  const services = (statement.principals?.values ?? []).filter(({ type }) => type === 'Service');
  if (services.length === 0 || statement.principals?.not || hasCondition(statement, SOURCE_KEYS)) return [];
  const change: Change = accountId
    ? { remedy: 'replace', smaller: addCondition(raw, 'StringEquals', 'aws:SourceAccount', [accountId]) }
    : { remedy: 'narrow' };
  const values = { services: services.map(({ value }) => value) };
  return [finding(place, 'confusedDeputy', document.kind === 'trust' ? 'low' : 'medium', values, change)];
}

/** The policy of a bucket that lets requests without TLS through: identity policies alone then decide of them. */
function missingTls(places: Place[]): Finding[] {
  const ofBuckets = places.filter(
    ({ document, statement }) =>
      document.kind === 'resource' && statement.resources?.values.some((one) => parseArn(one)?.service === 's3'),
  );
  const byDocument = Map.groupBy(ofBuckets, ({ document }) => document);
  return [...byDocument.values()].flatMap((inOne) => {
    const [first] = inOne;
    if (!first || inOne.some(({ statement }) => requiresTls(statement))) return [];
    const bucket = /^(arn:[^:]*:s3:::[^/]+)/.exec(
      first.statement.resources?.values.find((one) => parseArn(one)?.service === 's3') ?? '',
    )?.[1];
    const smaller = {
      Sid: 'DenyWithoutTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [bucket, `${bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    return [finding(first, 'missingCondition', 'medium', { key: 'aws:SecureTransport' }, { remedy: 'add', smaller })];
  });
}

function requiresTls({ effect, conditions }: Statement): boolean {
  return conditions.some(({ key, values, operator }) => {
    if (key.toLowerCase() === 's3:tlsversion') return effect === 'Deny' && /numericlessthan/i.test(operator);
    return (
      effect === 'Deny' && key.toLowerCase() === 'aws:securetransport' && values.some((value) => value === 'false')
    );
  });
}
