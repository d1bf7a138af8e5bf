import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '@/lib/i18n/locales';
import { messagesFor } from '@/lib/i18n/messages';
import { ACCOUNT, JOB, LAKE, OTHER, RIGHT, role, type StatementLike, WRONG } from './findings/statement-cases.ts';
import { type Finding, type FindingCode, findFindings, type PolicyDocumentOf } from './findings.ts';
import type { ObservedCall } from './observed-call.ts';
import { anyCovers } from './pattern-cover.ts';

function document(
  statements: StatementLike[],
  kind: PolicyDocumentOf['kind'] = 'inline',
  name: string = kind,
): PolicyDocumentOf {
  const Statement = statements.map((statement) => ({ Effect: 'Allow', ...statement }));
  const roleName = kind === 'resource' ? undefined : 'clean-role';
  return { name, kind, roleName, accountId: ACCOUNT, text: JSON.stringify({ Version: '2012-10-17', Statement }) };
}

function findingsOf(
  statements: StatementLike[],
  kind?: PolicyDocumentOf['kind'],
  observed?: ObservedCall[],
): Finding[] {
  return findFindings([document(statements, kind)], observed);
}

const codes = (found: Finding[]) => [...new Set(found.map(({ code }) => code))].sort();
const one = (found: Finding[], code: FindingCode) => found.find((finding) => finding.code === code);
const smaller = (found: Finding[], code: FindingCode) => JSON.parse(one(found, code)?.smaller ?? 'null') as unknown;

function call(action: string, resource: string, roleName = 'clean-role'): ObservedCall {
  return { roleArn: role(roleName), action, resource, count: 1, lastAt: '2026-11-26T08:00:00Z', deniedCount: 0 };
}

describe('right statements', () => {
  it.each(RIGHT)('%s', (_title, statement, kind = 'inline') => {
    expect(findingsOf([statement], kind)).toEqual([]);
  });
});

describe('wrong statements', () => {
  it.each(WRONG)('%s: %s, %s', (_title, code, severity, statement, kind = 'inline') => {
    const found = one(findingsOf([statement], kind), code);
    expect(found).toMatchObject({ code, severity, index: 0, document: kind });
    expect(JSON.parse(found?.statement ?? '')).toMatchObject(statement);
  });

  it('each have their title, danger and advice in every language', () => {
    const all = WRONG.flatMap(([, , , statement, kind]) => findingsOf([statement], kind));
    const more = [
      ...findFindings([{ name: 'broken', kind: 'inline', text: '{' }]),
      ...findingsOf(
        [
          { Action: 's3:GetObject', Resource: LAKE },
          { Action: 's3:GetObject', Resource: LAKE },
        ],
        'inline',
        [],
      ),
    ];
    const covered = codes([...all, ...more]);
    for (const locale of LOCALES) {
      const messages = messagesFor(locale);
      expect(covered).toEqual(Object.keys(messages.access.findings.codes).sort());
      const onError = (error: Error) => {
        throw error;
      };
      const t = createTranslator({ locale, messages, namespace: 'access.findings.codes', onError });
      const lists = new Intl.ListFormat(locale);
      for (const { code, values } of [...all, ...more]) {
        const joined = Object.entries(values).map(([name, value]) => [
          name,
          typeof value === 'object' ? lists.format(value) : value,
        ]);
        for (const part of ['title', 'danger', 'advice'] as const) {
          expect(t(`${code}.${part}`, Object.fromEntries(joined)), `${code}.${part}`).toMatch(/^\S.*[^\s]$/s);
        }
      }
    }
  });
});

describe('the smaller statement', () => {
  it('names the actions that a star stands for', () => {
    expect(
      smaller(findingsOf([{ Action: ['s3:PutObject', 's3:GetObjectVers*'], Resource: LAKE }]), 'wildcardAction'),
    ).toEqual({
      Effect: 'Allow',
      Action: expect.arrayContaining(['s3:PutObject', 's3:GetObjectVersion']),
      Resource: LAKE,
    });
  });

  it('names what was used in place of stars', () => {
    const observed = [
      call('s3:GetObject', 'arn:aws:s3:::lake/sales/1.csv'),
      call('s3:GetObject', 'arn:aws:s3:::other/x', 'another'),
    ];
    const found = findingsOf([{ Action: 's3:*', Resource: '*' }], 'inline', observed);
    expect(smaller(found, 'wildcardAction')).toEqual({ Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' });
    expect(smaller(found, 'wildcardResource')).toEqual({
      Effect: 'Allow',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::lake/sales/*'],
    });
  });

  it('gives a passed role to the services that are used beside it', () => {
    const statements = [
      { Action: 'iam:PassRole', Resource: role('clean') },
      { Action: 'glue:CreateJob', Resource: JOB },
    ];
    expect(smaller(findingsOf(statements), 'passRole')).toMatchObject({
      Condition: { StringEquals: { 'iam:PassedToService': ['glue.amazonaws.com'] } },
    });
  });

  it('keeps conditions that are there', () => {
    const Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };
    const found = findingsOf(
      [{ Action: 'sts:AssumeRole', Principal: { Service: 'glue.amazonaws.com' }, Condition }],
      'trust',
    );
    expect(smaller(found, 'confusedDeputy')).toMatchObject({
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1', 'aws:SourceAccount': [ACCOUNT] } },
    });
  });

  it('adds a denial to a bucket that takes requests without TLS, and is content with it', () => {
    const open = { Action: 's3:GetObject', Resource: LAKE, Principal: { AWS: ACCOUNT } };
    const found = findingsOf([open], 'resource');
    expect(one(found, 'missingCondition')?.remedy).toBe('add');
    expect(findingsOf([open, smaller(found, 'missingCondition') as StatementLike], 'resource')).toEqual([]);
  });

  it('is never a finding of the same code', () => {
    for (const [title, code, , statement, kind] of WRONG) {
      const found = one(findingsOf([statement], kind), code);
      if (found?.remedy !== 'replace') continue;
      const again = findingsOf([JSON.parse(found.smaller ?? '') as StatementLike], kind);
      expect(codes(again), title).not.toContain(code);
    }
  });
});

describe('the smaller statement of any wrong one', () => {
  it('allows nothing that the wrong one does not', () => {
    for (const [title, code, , statement, kind] of WRONG) {
      const found = one(findingsOf([statement], kind), code);
      if (found?.remedy !== 'replace') continue;
      const [wide, narrow] = [statement, JSON.parse(found.smaller ?? '') as StatementLike];
      for (const element of ['Action', 'Resource']) {
        const [wider, narrower] = [wide, narrow].map((each) => [each[element] ?? []].flat() as string[]);
        const outside = narrower?.filter((each) => !anyCovers(wider ?? [], each, { ignoreCase: element === 'Action' }));
        expect(outside, `${title}: ${element}`).toEqual([]);
      }
    }
  });
});

describe('statements together', () => {
  it('make a way to more permissions only together', () => {
    const pass = {
      Action: 'iam:PassRole',
      Resource: role('clean'),
      Condition: { StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' } },
    };
    const create = { Action: ['glue:CreateJob', 'glue:StartJobRun'], Resource: JOB };
    expect(findFindings([document([pass], 'inline', 'a')])).toEqual([]);
    const [found, ...others] = findFindings([document([pass], 'inline', 'a'), document([create], 'managed', 'b')]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'escalation', severity: 'medium', document: 'a' });
    expect(found?.values).toEqual({
      method: 'passRole',
      actions: ['iam:PassRole', 'glue:CreateJob', 'glue:StartJobRun'],
    });
    const denial = { Effect: 'Deny', Action: 'glue:CreateJob', Resource: '*' };
    expect(codes(findFindings([document([pass, create, denial])]))).toEqual([]);
  });

  it('of different roles do not', () => {
    const pass = document([
      { Action: 'iam:PassRole', Resource: role('clean'), Condition: { StringEquals: { 'iam:PassedToService': 'x' } } },
    ]);
    const create = {
      ...document([{ Action: ['glue:CreateJob', 'glue:StartJobRun'], Resource: JOB }]),
      roleName: 'another',
    };
    expect(findFindings([pass, create])).toEqual([]);
  });

  it('say a thing twice, also in another policy, and only one of the two is told', () => {
    const wide = { Sid: 'All', Action: ['s3:GetObject', 's3:PutObject'], Resource: LAKE };
    const narrow = { Sid: 'Some', Action: 's3:getobject', Resource: 'arn:aws:s3:::lake/sales/*' };
    const found = findFindings([document([wide], 'inline', 'a'), document([narrow], 'managed', 'b')]);
    expect(found).toMatchObject([
      { code: 'duplicate', sid: 'Some', document: 'b', remedy: 'remove', values: { by: 'All', policy: 'a' } },
    ]);
    expect(
      findingsOf([
        { Action: 's3:GetObject', Resource: LAKE },
        { Action: 's3:GetObject', Resource: LAKE },
      ]),
    ).toMatchObject([{ code: 'duplicate', index: 1 }]);
    const conditioned = { ...wide, Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
    expect(findingsOf([conditioned, narrow])).toEqual([]);
    expect(findFindings([document([wide], 'boundary'), document([narrow])])).toEqual([]);
  });

  it('take each other back', () => {
    const found = findingsOf([
      { Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::lake/sales/*' },
      { Sid: 'Keep', Effect: 'Deny', Action: 's3:Delete*', Resource: LAKE },
    ]);
    expect(found).toMatchObject([
      { code: 'unreachable', index: 0, remedy: 'remove', values: { reason: 'denied', by: 'Keep' } },
    ]);
  });
});

describe('unused permissions', () => {
  const statements = [
    { Sid: 'Read', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: LAKE },
    { Sid: 'Run', Action: 'glue:StartJobRun', Resource: JOB },
  ];

  it('are told only where it is known what was used', () => {
    expect(findingsOf(statements)).toEqual([]);
    expect(codes(findingsOf(statements, 'inline', []))).toEqual(['unused']);
  });

  it('leave the statement with what was used, and count the role’s own calls alone', () => {
    const observed = [call('s3:GetObject', 'arn:aws:s3:::lake/a'), call('glue:StartJobRun', JOB, 'another')];
    const found = findingsOf(statements, 'inline', observed);
    expect(found).toMatchObject([
      { code: 'unused', severity: 'medium', sid: 'Run', remedy: 'remove', values: { isWhole: 'yes' } },
      { code: 'unused', severity: 'low', sid: 'Read', remedy: 'replace', values: { actions: ['s3:GetObjectVersion'] } },
    ]);
    expect(JSON.parse(found[1]?.smaller ?? '')).toMatchObject({ Action: ['s3:GetObject'] });
  });

  it('are not what no trail tells of: a function’s logs are written all the same', () => {
    const logs = {
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: 'arn:aws:logs:eu-west-3:111111111111:log-group:/aws/lambda/a:*',
    };
    expect(findingsOf([logs], 'inline', [])).toEqual([]);
  });

  it('do not count refused calls, nor calls elsewhere', () => {
    const refused = { ...call('s3:GetObject', 'arn:aws:s3:::lake/a'), deniedCount: 1 };
    const elsewhere = call('s3:GetObject', 'arn:aws:s3:::other/a');
    expect(findingsOf(statements.slice(0, 1), 'inline', [refused, elsewhere])).toMatchObject([
      { code: 'unused', remedy: 'remove' },
    ]);
  });
});

it('tells of a document that AWS would refuse, and reads the others', () => {
  const found = findFindings([
    { name: 'broken', kind: 'inline', roleName: 'r', text: '{"Statement": [{"Effect": "Permit"}]}' },
    document([{ Action: 's3:*', Resource: LAKE }]),
  ]);
  expect(found.map(({ code, document: name }) => [code, name])).toEqual([
    ['wildcardAction', 'inline'],
    ['invalid', 'broken'],
  ]);
});

it('takes the account that the policies name where nobody says whose they are', () => {
  const { accountId: _unsaid, ...trust } = document([{ Action: 'sts:AssumeRole', Principal: { AWS: OTHER } }], 'trust');
  const { accountId: _too, ...identity } = document([{ Action: 'glue:StartJobRun', Resource: JOB }]);
  expect(codes(findFindings([trust]))).toEqual([]);
  expect(codes(findFindings([trust, identity]))).toEqual(['otherAccount']);
});
