import type { CaseGroup, ConditionCase } from '../decision-case.ts';

const OPERATORS = 'reference_policies_elements_condition_operators.html';
const ip = (range: string | string[]) => ({ IpAddress: { 'aws:SourceIp': range } });
const notIp = (range: string | string[]) => ({ NotIpAddress: { 'aws:SourceIp': range } });
const from = (address: string) => ({ 'aws:sourceip': address });
const arn = (pattern: string | string[], operator = 'ArnLike') => ({ [operator]: { 'aws:SourceArn': pattern } });
const source = (value: string) => ({ 'aws:sourcearn': value });
const TOPIC = 'arn:aws:sns:eu-west-3:111122223333:new-files';
const DEEP = 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt';

export const ADDRESS_CASES: CaseGroup<ConditionCase>[] = [
  {
    about: 'IP addresses',
    page: `${OPERATORS}#Conditions_IPAddress`,
    cases: [
      ['in a range', ip('203.0.113.0/24'), from('203.0.113.9'), true],
      ['the first of a range', ip('203.0.113.0/24'), from('203.0.113.0'), true],
      ['the last of a range', ip('203.0.113.0/24'), from('203.0.113.255'), true],
      ['beyond a range', ip('203.0.113.0/24'), from('203.0.114.0'), false],
      ['one address', ip('203.0.113.7'), from('203.0.113.7'), true],
      ['one address is no range', ip('203.0.113.7'), from('203.0.113.8'), false],
      ['one address as /32', ip('203.0.113.7/32'), from('203.0.113.7'), true],
      ['all of IPv4', ip('0.0.0.0/0'), from('198.51.100.1'), true],
      ['all of IPv4 is not IPv6', ip('0.0.0.0/0'), from('2001:db8::1'), false],
      ['a range that begins in the middle', ip('203.0.113.77/24'), from('203.0.113.1'), true],
      ['one of several ranges', ip(['203.0.113.0/24', '2001:DB8:1234:5678::/64']), from('2001:db8:1234:5678::9'), true],
      ['IPv6 in a range', ip('2001:DB8:1234:5678::/64'), from('2001:db8:1234:5678:1:2:3:4'), true],
      ['IPv6 beyond a range', ip('2001:DB8:1234:5678::/64'), from('2001:db8:1234:5679::1'), false],
      ['IPv6 written in full', ip('2001:db8::1'), from('2001:0db8:0000:0000:0000:0000:0000:0001'), true],
      ['IPv6 loopback', ip('::1'), from('::1'), true],
      ['IPv6 all', ip('::/0'), from('fe80::1'), true],
      ['an IPv4 client of an IPv6 socket', ip('203.0.113.0/24'), from('::ffff:203.0.113.9'), true],
      ['no length after the slash', ip('203.0.113.0/'), from('203.0.113.9'), false],
      ['a length beyond the address', ip('203.0.113.0/33'), from('203.0.113.9'), false],
      ['two lengths', ip('203.0.113.0/24/8'), from('203.0.113.9'), false],
      ['a negative length', ip('203.0.113.0/-1'), from('203.0.113.9'), false],
      ['a number too large', ip('203.0.113.256'), from('203.0.113.256'), false],
      ['three numbers', ip('203.0.113/24'), from('203.0.113.9'), false],
      ['two gaps in IPv6', ip('2001::db8::1'), from('2001::db8::1'), false],
      ['no address in the request', ip('0.0.0.0/0'), from('s3.amazonaws.com'), false],
      ['a wildcard', ip('203.0.113.*'), from('203.0.113.9'), false],
      ['no such key', ip('0.0.0.0/0'), {}, false],
      ['negated: in the range', notIp('203.0.113.0/24'), from('203.0.113.9'), false],
      ['negated: beyond the range', notIp('203.0.113.0/24'), from('198.51.100.1'), true],
      ['negated: in one of several', notIp(['203.0.113.0/24', '198.51.100.0/24']), from('198.51.100.1'), false],
      ['negated: the other family', notIp('203.0.113.0/24'), from('2001:db8::1'), true],
      ['negated: no such key', notIp('203.0.113.0/24'), {}, true],
    ],
  },
  {
    about: 'ARNs, component by component',
    page: `${OPERATORS}#Conditions_ARN`,
    cases: [
      ['the same', arn(TOPIC), source(TOPIC), true],
      ['ArnEquals is like ArnLike', arn('arn:aws:sns:*:111122223333:*', 'ArnEquals'), source(TOPIC), true],
      ['a star in the region', arn('arn:aws:sns:*:111122223333:new-files'), source(TOPIC), true],
      ['a star in the account', arn('arn:aws:sns:eu-west-3:*:new-files'), source(TOPIC), true],
      ['stars wherever', arn('arn:*:*:*:*:*'), source(TOPIC), true],
      ['another region', arn('arn:aws:sns:us-east-1:111122223333:new-files'), source(TOPIC), false],
      ['another case', arn('arn:aws:sns:eu-west-3:111122223333:New-Files'), source(TOPIC), false],
      ['a question mark', arn('arn:aws:sns:eu-west-?:111122223333:new-files'), source(TOPIC), true],
      ['a star stops at a colon', arn('arn:aws:someservice:*:111122223333:finance/*'), source(DEEP), false],
      [
        'where text would not stop',
        { StringLike: { 'aws:SourceArn': 'arn:aws:someservice:*:111122223333:finance/*' } },
        source(DEEP),
        true,
      ],
      ['the last component has colons', arn('arn:aws:someservice:*:*:store/abc:*'), source(DEEP), true],
      ['a star for two components', arn('arn:aws:sns:*:new-files'), source(TOPIC), false],
      ['too few components', arn('arn:aws:sns'), source(TOPIC), false],
      ['an empty component', arn('arn:aws:s3:::lake'), source('arn:aws:s3:::lake'), true],
      ['an empty component is not a region', arn('arn:aws:s3:::lake'), source('arn:aws:s3:eu-west-3::lake'), false],
      ['one of several', arn(['arn:aws:s3:::a', TOPIC]), source(TOPIC), true],
      ['no ARN in the request', arn('arn:aws:sns:*:*:*'), source('events.amazonaws.com'), false],
      ['no such key', arn('arn:aws:sns:*:*:*'), {}, false],
      [
        'a variable for the account',
        arn('arn:aws:sns:*:${aws:PrincipalAccount}:*'),
        { ...source(TOPIC), 'aws:principalaccount': '111122223333' },
        true,
      ],
      ['a variable for all of it', arn('${aws:PrincipalArn}'), { ...source(TOPIC), 'aws:principalarn': TOPIC }, true],
      [
        'a variable that has a star',
        arn('arn:aws:sns:*:*:${aws:username}'),
        { ...source(TOPIC), 'aws:username': '*' },
        false,
      ],
      ['negated: matches', arn('arn:aws:sns:*:111122223333:*', 'ArnNotLike'), source(TOPIC), false],
      ['negated: does not match', arn('arn:aws:sns:*:999999999999:*', 'ArnNotLike'), source(TOPIC), true],
      ['negated: ArnNotEquals alike', arn('arn:aws:sns:*:111122223333:*', 'ArnNotEquals'), source(TOPIC), false],
      ['negated: no such key', arn(TOPIC, 'ArnNotEquals'), {}, true],
    ],
  },
];
