import { describe, expect, it } from 'vitest';
import { compileGrok } from './compile-grok.ts';
import { grokPatterns } from './grok-patterns.ts';

const read = (line: string, expression: string, custom?: string) => {
  const { pattern, fields } = compileGrok(expression, custom);
  const match = new RegExp(pattern).exec(line);
  const readGroups = (groups: number[]) =>
    groups.map((group) => match?.[group]).find((value) => value !== undefined) ?? null;
  return match ? Object.fromEntries(fields.map(({ name, groups }) => [name, readGroups(groups)])) : undefined;
};

describe('grok', () => {
  it('has built-in patterns that all compile', () => {
    for (const name of Object.keys(grokPatterns)) expect(() => compileGrok(`%{${name}:x}`)).not.toThrow();
  });

  it('reads an access log', () => {
    const line =
      '203.0.113.9 - frank [10/Oct/2024:13:55:36 -0700] "GET /a?b=1 HTTP/1.1" 200 2326 "http://example.com/" "Mozilla/5.0 (X)"';
    expect(read(line, '%{COMBINEDAPACHELOG}')).toEqual({
      clientip: '203.0.113.9',
      ident: '-',
      auth: 'frank',
      timestamp: '10/Oct/2024:13:55:36 -0700',
      verb: 'GET',
      request: '/a?b=1',
      httpversion: '1.1',
      rawrequest: null,
      response: '200',
      bytes: '2326',
      referrer: '"http://example.com/"',
      agent: '"Mozilla/5.0 (X)"',
    });
    expect(read('2001:db8::1 - - [10/Oct/2024:13:55:36 +0000] "-" 408 -', '%{COMMONAPACHELOG}')).toMatchObject({
      clientip: '2001:db8::1',
      rawrequest: '-',
      bytes: null,
    });
    expect(read('not a line of a log', '%{COMMONAPACHELOG}')).toBeUndefined();
  });

  it('has fields of its own types, patterns of one’s own, and groups that are no fields', () => {
    const custom = 'QUEUE [0-9A-F]{4,}\n# a comment\nLEVEL (INFO|WARN)';
    const grok = compileGrok('(a|b)(?>x+)+%{QUEUE:Id} %{LEVEL:level} %{INT:n:int} (?<rest>.*)', custom);
    expect(grok.fields).toEqual([
      { name: 'id', type: 'string', pattern: 'QUEUE', groups: [1] },
      { name: 'level', type: 'string', pattern: 'LEVEL', groups: [2] },
      { name: 'n', type: 'int', pattern: 'INT', groups: [3] },
      { name: 'rest', type: 'string', pattern: 'regular expression', groups: [4] },
    ]);
    expect(
      read('bx00FF WARN -7 all [this]', '(a|b)(?>x+)%{QUEUE:id} %{LEVEL:l} %{INT:n:int} (?<rest>.*)', custom),
    ).toEqual({
      id: '00FF',
      l: 'WARN',
      n: '-7',
      rest: 'all [this]',
    });
    expect(read('k=2', '(?:a=%{INT:v}|k=%{INT:v})')).toEqual({ v: '2' });
  });

  it.each([
    ['%{NOPE:x}', '', 'no grok pattern called NOPE'],
    ['%{A}', 'A %{B}\nB %{A}', 'names itself'],
    ['(', '', 'no regular expression'],
    ['%{A}', 'A', 'a name, a space and an expression'],
  ])('refuses %s', (expression, custom, message) => {
    expect(() => compileGrok(expression, custom)).toThrow(message);
  });
});
