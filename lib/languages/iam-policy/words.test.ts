import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '@/lib/i18n/locales';
import { messagesFor } from '@/lib/i18n/messages';
import { parsePolicy } from './parse-policy.ts';
import type { PolicyKind } from './policy.ts';
import { describeStatement } from './words.ts';

const ACCOUNT = '111111111111';

function phrasesOf(statement: Record<string, unknown>, kind: PolicyKind = 'identity') {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...statement } });
  return parsePolicy(text, kind).statements.flatMap(describeStatement);
}

/** As a page says them: lists joined in the reader's language. */
function say(locale: Locale, statement: Record<string, unknown>, kind?: PolicyKind): string {
  const onError = (error: Error) => {
    throw error;
  };
  const t = createTranslator({ locale, messages: messagesFor(locale), namespace: 'access.words', onError });
  return phrasesOf(statement, kind)
    .map(({ part, code, values }) => {
      const lists = new Intl.ListFormat(locale, { type: part === 'condition' ? 'disjunction' : 'conjunction' });
      const joined = Object.entries(values).map(([name, value]) => [name, joinedValue(value, lists)]);
      return t(code, Object.fromEntries(joined));
    })
    .join(' · ');
}

function joinedValue(value: string | number | readonly string[], lists: Intl.ListFormat) {
  return typeof value === 'object' ? lists.format(value) : value;
}

describe('a statement in words', () => {
  it.each<[string, Record<string, unknown>, PolicyKind, string]>([
    [
      'groups actions and names resources as people do',
      {
        Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
        Resource: ['arn:aws:s3:::lake', 'arn:aws:s3:::lake/*', 'arn:aws:s3:::lake/sales/*'],
      },
      'identity',
      'may · read objects · list the bucket · the bucket lake · all objects of lake · the objects under lake/sales/',
    ],
    [
      'tells a whole database from one table',
      {
        Action: 'glue:GetTable',
        Resource: ['catalog', 'database/retail', 'table/retail/*', 'table/retail/sales', 'table/retail/orders'].map(
          (resource) => `arn:aws:glue:eu-west-3:${ACCOUNT}:${resource}`,
        ),
      },
      'identity',
      'may · see tables and partitions · the catalog · the database retail · all tables of retail · the tables retail.sales and retail.orders',
    ],
    [
      'says a denial with everything but some',
      { Effect: 'Deny', NotAction: ['iam:GetRole', 'dynamodb:GetItem'], NotResource: 'arn:aws:s3:::lake/a?b' },
      'identity',
      'may not · do anything except · see roles and their policies · do dynamodb:GetItem · everywhere except in · the object lake/a?b',
    ],
    [
      'says what stars mean',
      { Action: ['*', 's3:*', 'glue:Get*'], Resource: '*' },
      'identity',
      'may · do everything · do everything in s3 · do glue:Get* · everything',
    ],
    [
      'says that nothing may be done where everything is denied, and names all of a kind',
      { Effect: 'Deny', Action: ['s3:*', '*'], Resource: `arn:aws:glue:eu-west-3:${ACCOUNT}:dataQualityRuleset/*` },
      'identity',
      'may not · do anything in s3 · do anything · all rulesets',
    ],
    [
      'names principals of every kind',
      {
        Action: 'sts:AssumeRole',
        Principal: {
          Service: ['glue.amazonaws.com'],
          AWS: [ACCOUNT, `arn:aws:iam::${ACCOUNT}:role/ops`, `arn:aws:iam::${ACCOUNT}:user/ana`, 'AIDAEXAMPLE'],
          Federated: 'accounts.google.com',
        },
      },
      'trust',
      `glue.amazonaws.com (AWS services) · the account ${ACCOUNT} · the role ops · the IAM user ana · AIDAEXAMPLE · people who sign in through accounts.google.com · may · take on the role`,
    ],
    [
      'names everyone, and everyone but some',
      { Action: 's3:GetObject', NotPrincipal: '*', Resource: 'arn:aws:s3:::lake/*' },
      'resource',
      'everyone except · everyone · may · read objects · all objects of lake',
    ],
  ])('%s', (_title, statement, kind, sentence) => {
    expect(say('en', statement, kind)).toBe(sentence);
  });

  it('is said in French', () => {
    const statement = {
      Effect: 'Deny',
      Action: ['s3:PutObject', 's3:DeleteObject'],
      Resource: ['arn:aws:s3:::lac/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    expect(say('fr', statement)).toBe(
      'ne peut pas · écrire des objets · supprimer des objets · tous les objets de lac · par une connexion non chiffrée',
    );
  });

  it('keeps the raw names beside the words', () => {
    const phrases = phrasesOf({ Action: ['s3:PutObject', 's3:AbortMultipartUpload'], Resource: 'arn:aws:s3:::lake/*' });
    expect(phrases).toContainEqual({
      part: 'action',
      code: 'writeObjects',
      values: { actions: ['s3:PutObject', 's3:AbortMultipartUpload'] },
    });
    expect(phrases).toContainEqual(
      expect.objectContaining({ values: expect.objectContaining({ arns: ['arn:aws:s3:::lake/*'] }) }),
    );
  });
});

describe('conditions in words', () => {
  const one = (condition: unknown) => ({
    Action: 's3:ListBucket',
    Resource: 'arn:aws:s3:::lake',
    Condition: condition,
  });
  it.each<[Record<string, unknown>, string]>([
    [{ Bool: { 'aws:SecureTransport': true } }, 'over an encrypted connection'],
    [{ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, 'without a second factor'],
    [{ StringLike: { 's3:prefix': ['sales/*', 'orders/*'] } }, 'under sales/* or orders/*'],
    [{ StringNotEquals: { 's3:prefix': 'secret/' } }, 'when s3:prefix is not secret/'],
    [{ StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' } }, 'when it is handed to glue.amazonaws.com'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:events:*' } }, 'on behalf of arn:aws:events:*'],
    [{ StringEqualsIgnoreCase: { 'aws:username': 'ana' } }, 'when aws:username is ana, in upper or lower case'],
    [{ NumericLessThanEquals: { 's3:max-keys': 10 } }, 'when s3:max-keys is at most 10'],
    [{ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01' } }, 'when aws:CurrentTime is after 2026-01-01'],
    [{ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 'when aws:SourceIp is not in 10.0.0.0/8'],
    [{ Null: { 'aws:TokenIssueTime': 'true' } }, 'when the request has no aws:TokenIssueTime'],
    [{ Null: { 'aws:TokenIssueTime': 'false' } }, 'when the request has aws:TokenIssueTime'],
    [
      { 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': 'lake*' } },
      'when any of aws:TagKeys is like lake* or is absent',
    ],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } }, 'when all of aws:TagKeys is a or b'],
  ])('%j', (condition, sentence) => {
    expect(say('en', one(condition)).split(' · ').at(-1)).toBe(sentence);
  });

  it('has a sentence for every operator and every suffix, in every language', () => {
    const names = ['String', 'Arn', 'Numeric', 'Date'].flatMap((type) => [`${type}Equals`, `${type}NotEquals`]);
    const more = ['StringLike', 'StringNotLike', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'ArnLike'];
    const order = ['LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
    const ordered = ['Numeric', 'Date'].flatMap((type) => order.map((name) => `${type}${name}`));
    const operators = [
      ...names,
      ...more,
      ...ordered,
      'ArnNotLike',
      'Bool',
      'BinaryEquals',
      'IpAddress',
      'NotIpAddress',
    ];
    for (const operator of operators.flatMap((name) => [name, `${name}IfExists`, `ForAnyValue:${name}`])) {
      for (const locale of LOCALES) {
        const sentence = say(locale, one({ [operator]: { 'lake:Key': '1' } }))
          .split(' · ')
          .at(-1);
        expect(sentence, operator).toMatch(/^(when|quand) .*lake:Key .*1/);
      }
    }
  });
});
