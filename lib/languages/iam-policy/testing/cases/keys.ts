import type { CaseGroup, ConditionCase } from '../decision-case.ts';

const all = (value: unknown, operator = 'StringEquals') => ({ [`ForAllValues:${operator}`]: { 'aws:TagKeys': value } });
const any = (value: unknown, operator = 'StringEquals') => ({ [`ForAnyValue:${operator}`]: { 'aws:TagKeys': value } });
const keys = (...values: string[]) => ({ 'aws:tagkeys': values });
const isNull = (value: unknown) => ({ Null: { 'aws:TokenIssueTime': value } });
const issued = { 'aws:tokenissuetime': '2026-11-26T08:00:00Z' };
const ifExists = (operator: string, value: unknown) => ({ [`${operator}IfExists`]: { key: value } });

export const KEY_CASES: CaseGroup<ConditionCase>[] = [
  {
    about: 'ForAllValues',
    page: 'reference_policies_condition-single-vs-multi-valued-context-keys.html',
    cases: [
      ['each value is one of the wanted', all(['team', 'cost']), keys('team', 'cost'), true],
      ['some of the wanted', all(['team', 'cost']), keys('team'), true],
      ['one value more', all(['team', 'cost']), keys('team', 'owner'), false],
      ['no value wanted', all(['team']), keys('owner'), false],
      ['no such key', all(['team']), {}, true],
      ['no values', all(['team']), { 'aws:tagkeys': [] }, true],
      ['an empty value', all(['team']), keys(''), true],
      ['a value twice', all(['team']), keys('team', 'team'), true],
      ['wildcards', all(['key1*', 'key2*'], 'StringLike'), keys('key1a', 'key2b'), true],
      ['wildcards, one value misses', all(['key1*'], 'StringLike'), keys('key1a', 'key2b'), false],
      ['ignoring case', all(['TEAM'], 'StringEqualsIgnoreCase'), keys('team'), true],
      ['negated: no value is wanted', all(['team'], 'StringNotEquals'), keys('cost', 'owner'), true],
      ['negated: one value is wanted', all(['team'], 'StringNotEquals'), keys('cost', 'team'), false],
      ['negated: no such key', all(['team'], 'StringNotEquals'), {}, true],
      ['negated wildcards', all(['te*'], 'StringNotLike'), keys('team'), false],
      [
        'ARNs',
        { 'ForAllValues:ArnLike': { k: 'arn:aws:s3:::lake*' } },
        { k: ['arn:aws:s3:::lake1', 'arn:aws:s3:::lake2'] },
        true,
      ],
      ['numbers', { 'ForAllValues:NumericLessThan': { k: '10' } }, { k: ['1', '11'] }, false],
      ['with Null against a missing key', { ...all(['team']), Null: { 'aws:TagKeys': 'false' } }, {}, false],
      ['with Null against an empty value', { ...all(['team']), Null: { 'aws:TagKeys': 'false' } }, keys(''), false],
      ['with Null and a value', { ...all(['team']), Null: { 'aws:TagKeys': 'false' } }, keys('team'), true],
      [
        'the prefix in another case',
        { 'forallvalues:StringEquals': { 'aws:TagKeys': 'team' } },
        keys('team', 'x'),
        false,
      ],
    ],
  },
  {
    about: 'ForAnyValue',
    page: 'reference_policies_condition-single-vs-multi-valued-context-keys.html',
    cases: [
      ['one value is wanted', any(['environment', 'webserver']), keys('team', 'webserver'), true],
      ['no value is wanted', any(['environment', 'webserver']), keys('team'), false],
      ['no such key', any(['team']), {}, false],
      ['no values', any(['team']), { 'aws:tagkeys': [] }, false],
      ['an empty value', any(['team']), keys(''), false],
      ['wildcards', any(['web*'], 'StringLike'), keys('team', 'webserver'), true],
      ['negated: one value is not wanted', any(['team'], 'StringNotEquals'), keys('team', 'cost'), true],
      ['negated: all values are wanted', any(['team', 'cost'], 'StringNotEquals'), keys('team', 'cost'), false],
      ['negated: no such key', any(['team'], 'StringNotEquals'), {}, false],
      ['IfExists without the key', any(['team'], 'StringEqualsIfExists'), {}, true],
      ['IfExists with the key', any(['team'], 'StringEqualsIfExists'), keys('cost'), false],
      [
        'services that called',
        { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
        { 'aws:calledvia': ['cloudformation.amazonaws.com', 'athena.amazonaws.com'] },
        true,
      ],
      ['no service called', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } }, {}, false],
      [
        'the last service that called',
        { StringEquals: { 'aws:CalledViaLast': 'athena.amazonaws.com' } },
        { 'aws:calledvialast': 'athena.amazonaws.com' },
        true,
      ],
    ],
  },
  {
    about: 'Null',
    page: 'reference_policies_elements_condition_operators.html#Conditions_Null',
    cases: [
      ['true without the key', isNull('true'), {}, true],
      ['true with the key', isNull('true'), issued, false],
      ['false without the key', isNull('false'), {}, false],
      ['false with the key', isNull('false'), issued, true],
      ['a JSON boolean', isNull(true), {}, true],
      ['in capitals', isNull('True'), {}, true],
      ['either, without the key', isNull(['true', 'false']), {}, true],
      ['either, with the key', isNull(['true', 'false']), issued, true],
      ['neither', isNull('maybe'), {}, false],
      ['an empty value is none', isNull('false'), { 'aws:tokenissuetime': '' }, false],
      ['no values are none', isNull('true'), { 'aws:tokenissuetime': [] }, true],
      ['a variable is none here', isNull('${aws:x}'), { 'aws:x': 'true' }, false],
    ],
  },
  {
    about: 'IfExists',
    page: 'reference_policies_elements_condition_operators.html#Conditions_IfExists',
    cases: [
      ['StringEquals without the key', ifExists('StringEquals', 'a'), {}, true],
      ['StringEquals with it', ifExists('StringEquals', 'a'), { key: 'a' }, true],
      ['StringEquals with another', ifExists('StringEquals', 'a'), { key: 'b' }, false],
      ['StringLike of instance types', ifExists('StringLike', ['t1.*', 't2.*']), { key: 'm5.large' }, false],
      ['StringNotEquals without the key', ifExists('StringNotEquals', 'a'), {}, true],
      ['StringNotEquals with it', ifExists('StringNotEquals', 'a'), { key: 'a' }, false],
      ['NumericLessThan without the key', ifExists('NumericLessThan', '3600'), {}, true],
      ['NumericLessThan beyond', ifExists('NumericLessThan', '3600'), { key: '7200' }, false],
      ['DateLessThan without the key', ifExists('DateLessThan', '2026-01-01'), {}, true],
      ['Bool without the key', ifExists('Bool', 'true'), {}, true],
      ['Bool with it', ifExists('Bool', 'true'), { key: 'false' }, false],
      ['IpAddress without the key', ifExists('IpAddress', '10.0.0.0/8'), {}, true],
      ['ArnLike without the key', ifExists('ArnLike', 'arn:aws:s3:::*'), {}, true],
      ['ArnLike with another', ifExists('ArnLike', 'arn:aws:s3:::*'), { key: 'arn:aws:sns:::x' }, false],
      ['BinaryEquals without the key', ifExists('BinaryEquals', 'QQ=='), {}, true],
      ['others still count', { ...ifExists('StringEquals', 'a'), StringEquals: { other: 'b' } }, {}, false],
    ],
  },
  {
    about: 'a key of many values without a set operator',
    page: 'reference_policies_condition-single-vs-multi-valued-context-keys.html',
    cases: [
      ['one value is enough', { StringEquals: { k: 'a' } }, { k: ['b', 'a'] }, true],
      ['negated: no value may match', { StringNotEquals: { k: 'a' } }, { k: ['b', 'a'] }, false],
      ['negated: none does', { StringNotEquals: { k: 'a' } }, { k: ['b', 'c'] }, true],
    ],
  },
];
