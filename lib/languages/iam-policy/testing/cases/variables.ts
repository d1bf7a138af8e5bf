import type { CaseGroup, ConditionCase, ResourceCase } from '../decision-case.ts';

const PAGE = 'reference_policies_variables.html';
const ana = { 'aws:username': 'ana' };
const home = (name: string) => `arn:aws:s3:::lake/home/${name}/a.csv`;
const HOME = { Resource: 'arn:aws:s3:::lake/home/${aws:username}/*' };
const prefix = (value: string, operator = 'StringLike') => ({ [operator]: { 's3:prefix': value } });

export const VARIABLE_RESOURCES: CaseGroup<ResourceCase>[] = [
  {
    about: 'variables in resources',
    page: `${PAGE}#policy-vars-resourceelement`,
    cases: [
      ['of the person', HOME, home('ana'), true, ana],
      ['of another person', HOME, home('ben'), false, ana],
      ['without a value', HOME, home('ana'), false],
      ['in another case', { Resource: 'arn:aws:s3:::lake/home/${AWS:UserName}/*' }, home('ana'), true, ana],
      [
        'a tag of the person',
        { Resource: 'arn:aws:s3:::lake/${aws:PrincipalTag/team}/*' },
        'arn:aws:s3:::lake/data/a',
        true,
        { 'aws:principaltag/team': 'data' },
      ],
      [
        'two variables',
        { Resource: 'arn:aws:s3:::lake/${a:x}/${a:y}' },
        'arn:aws:s3:::lake/1/2',
        true,
        { 'a:x': '1', 'a:y': '2' },
      ],
      [
        'one of two has no value',
        { Resource: 'arn:aws:s3:::lake/${a:x}/${a:y}' },
        'arn:aws:s3:::lake/1/2',
        false,
        { 'a:x': '1' },
      ],
      ['a value with a star is text', HOME, home('ana'), false, { 'aws:username': '*' }],
      ['a value with a question mark is text', HOME, home('ana'), false, { 'aws:username': 'an?' }],
      [
        'a value that looks like a variable is text',
        HOME,
        home('ana'),
        false,
        { 'aws:username': '${aws:userid}', 'aws:userid': 'ana' },
      ],
      ['several values', HOME, home('ana'), false, { 'aws:username': ['ana', 'ben'] }],
      [
        'one alternative has no value',
        { Resource: [HOME.Resource, 'arn:aws:s3:::lake/open/*'] },
        'arn:aws:s3:::lake/open/a',
        true,
      ],
      [
        'before the fifth colon it is text',
        { Resource: 'arn:aws:sns:*:${aws:PrincipalAccount}:t' },
        'arn:aws:sns:eu-west-3:111122223333:t',
        false,
        { 'aws:principalaccount': '111122223333' },
      ],
      ['as the whole last component', { Resource: 'arn:aws:s3:::${aws:username}' }, 'arn:aws:s3:::ana', true, ana],
      ['NotResource of the person', { NotResource: HOME.Resource }, home('ana'), false, ana],
      ['NotResource of another', { NotResource: HOME.Resource }, home('ben'), true, ana],
      ['NotResource without a value is for nothing', { NotResource: HOME.Resource }, home('ben'), false],
    ],
  },
  {
    about: 'default values',
    page: `${PAGE}#policy-vars-default-values`,
    cases: [
      [
        'without a value',
        { Resource: "arn:aws:s3:::lake/${aws:userid, 'anonymous'}/*" },
        'arn:aws:s3:::lake/anonymous/a',
        true,
      ],
      [
        'with a value',
        { Resource: "arn:aws:s3:::lake/${aws:userid, 'anonymous'}/*" },
        'arn:aws:s3:::lake/AIDA1/a',
        true,
        { 'aws:userid': 'AIDA1' },
      ],
      [
        'with a value, the default is not',
        { Resource: "arn:aws:s3:::lake/${aws:userid, 'anonymous'}/*" },
        'arn:aws:s3:::lake/anonymous/a',
        false,
        { 'aws:userid': 'AIDA1' },
      ],
      [
        'a star in a default is text',
        { Resource: "arn:aws:s3:::lake/${aws:userid, '*'}" },
        'arn:aws:s3:::lake/a',
        false,
      ],
      ['an empty default', { Resource: "arn:aws:s3:::lake/${aws:userid, ''}a" }, 'arn:aws:s3:::lake/a', true],
      ['a default with a brace', { Resource: "arn:aws:s3:::lake/${aws:userid, 'a}b'}" }, 'arn:aws:s3:::lake/a}b', true],
      [
        'no default for several values',
        { Resource: "arn:aws:s3:::lake/${k, 'a'}" },
        'arn:aws:s3:::lake/a',
        false,
        { k: ['1', '2'] },
      ],
      [
        'a default without quotes is none',
        { Resource: 'arn:aws:s3:::lake/${aws:userid, a}' },
        'arn:aws:s3:::lake/a',
        false,
      ],
    ],
  },
  {
    about: 'special characters',
    page: `${PAGE}#policy-vars-specialchars`,
    cases: [
      ['a star', { Resource: 'arn:aws:s3:::lake/a${*}' }, 'arn:aws:s3:::lake/a*', true],
      ['a star is not anything', { Resource: 'arn:aws:s3:::lake/a${*}' }, 'arn:aws:s3:::lake/ab', false],
      ['a question mark', { Resource: 'arn:aws:s3:::lake/a${?}' }, 'arn:aws:s3:::lake/a?', true],
      ['a question mark is not any one', { Resource: 'arn:aws:s3:::lake/a${?}' }, 'arn:aws:s3:::lake/ab', false],
      ['a dollar sign', { Resource: 'arn:aws:s3:::lake/${$}{x}' }, 'arn:aws:s3:::lake/${x}', true],
      ['beside a wildcard', { Resource: 'arn:aws:s3:::lake/*${*}' }, 'arn:aws:s3:::lake/abc*', true],
    ],
  },
];

export const VARIABLE_CONDITIONS: CaseGroup<ConditionCase>[] = [
  {
    about: 'variables in conditions',
    page: `${PAGE}#policy-vars-conditionelement`,
    cases: [
      ['StringLike', prefix('home/${aws:username}/*'), { 's3:prefix': 'home/ana/in', ...ana }, true],
      ['StringLike of another', prefix('home/${aws:username}/*'), { 's3:prefix': 'home/ben/in', ...ana }, false],
      ['StringLike without a value', prefix('home/${aws:username}/*'), { 's3:prefix': 'home/ana/in' }, false],
      ['StringEquals', prefix('${aws:username}', 'StringEquals'), { 's3:prefix': 'ana', ...ana }, true],
      ['StringEquals of a star', prefix('${*}', 'StringEquals'), { 's3:prefix': '*' }, true],
      [
        'StringEqualsIgnoreCase',
        prefix('${aws:username}', 'StringEqualsIgnoreCase'),
        { 's3:prefix': 'ANA', ...ana },
        true,
      ],
      [
        'StringNotLike',
        prefix('home/${aws:username}/*', 'StringNotLike'),
        { 's3:prefix': 'home/ben/in', ...ana },
        true,
      ],
      [
        'StringNotLike of the person',
        prefix('home/${aws:username}/*', 'StringNotLike'),
        { 's3:prefix': 'home/ana/in', ...ana },
        false,
      ],
      [
        'StringNotLike without a value',
        prefix('home/${aws:username}/*', 'StringNotLike'),
        { 's3:prefix': 'home/ben/in' },
        false,
      ],
      ['a default', prefix("${aws:username, 'open'}", 'StringEquals'), { 's3:prefix': 'open' }, true],
      [
        'tags that must be equal',
        { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
        { 'aws:resourcetag/team': 'data', 'aws:principaltag/team': 'data' },
        true,
      ],
      [
        'tags that differ',
        { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
        { 'aws:resourcetag/team': 'data', 'aws:principaltag/team': 'ops' },
        false,
      ],
      [
        'tags that are both missing',
        { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
        {},
        false,
      ],
      [
        'not in an address',
        { IpAddress: { 'aws:SourceIp': '${a:b}' } },
        { 'aws:sourceip': '10.0.0.1', 'a:b': '10.0.0.1' },
        false,
      ],
      [
        'not in a date',
        { DateEquals: { 'aws:CurrentTime': '${a:b}' } },
        { 'aws:currenttime': '2026-01-01', 'a:b': '2026-01-01' },
        false,
      ],
    ],
  },
];
