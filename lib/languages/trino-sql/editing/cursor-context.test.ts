import { describe, expect, it } from 'vitest';
import { callAt, cursorContext } from './cursor-context';

/** The cursor stands at `|`. */
function at(text: string) {
  const offset = text.indexOf('|');
  return cursorContext(text.replace('|', ''), offset);
}

describe('cursorContext', () => {
  it.each([
    ['|', 'statement'],
    ['SEL|', 'statement'],
    ['SELECT |', 'expression'],
    ['SELECT a, b| FROM t', 'expression'],
    ['SELECT * FROM |', 'relation'],
    ['SELECT * FROM a, |', 'relation'],
    ['SELECT * FROM a JOIN sa|', 'relation'],
    ['INSERT INTO |', 'relation'],
    ['DROP TABLE IF EXISTS |', 'relation'],
    ['SELECT * FROM a WHERE |', 'expression'],
    ['SELECT * FROM a WHERE x = 1 AND |', 'expression'],
    ['SELECT * FROM a WHERE x IS DISTINCT FROM |', 'expression'],
    ['SELECT * FROM a |', 'continuation'],
    ['SELECT * FROM a WHERE x = 1 |', 'continuation'],
    ['SELECT * FROM a GROUP BY |', 'expression'],
    ['SELECT * FROM a JOIN b USING (|', 'expression'],
    ['SELECT CAST(a AS |', 'type'],
    ['SELECT a AS |', 'name'],
    ['SELECT * FROM (|', 'statement'],
    ['SELECT count(|', 'expression'],
  ])('in %s expects a %s', (text, expected) => {
    expect(at(text)?.expected).toBe(expected);
  });

  it('has nothing to say within texts, comments and numbers', () => {
    for (const text of ["SELECT 'a|b'", "SELECT 'a|", 'SELECT 1 -- a|', '/* a| */ SELECT 1', '/* a|', 'SELECT 12|'])
      expect(at(text), text).toBeUndefined();
  });

  it('replaces the whole word, with its quotes', () => {
    expect(at('SELECT na|me FROM t')).toMatchObject({ prefix: 'na', from: 7, to: 11, isQuoted: false });
    expect(at('SELECT "na|me" FROM t')).toMatchObject({ prefix: 'na', from: 7, to: 13, isQuoted: true });
    expect(at('SELECT "na|')).toMatchObject({ prefix: 'na', from: 7, to: 10, isQuoted: true });
  });

  it('reads what stands before a dot', () => {
    expect(at('SELECT s.a| FROM sales s')?.path).toEqual(['s']);
    expect(at('SELECT * FROM retail.|')).toMatchObject({ path: ['retail'], expected: 'relation' });
    expect(at('SELECT retail."My Table".|')?.path).toEqual(['retail', 'my table']);
  });

  it('sees the tables of its own query, their aliases, and those of the queries around it', () => {
    const names = (text: string) => at(text)?.scope.relations.map(({ name }) => name);
    expect(names('SELECT | FROM sales s, retail.orders AS "O" LEFT JOIN b ON true WHERE 1 = 1')).toEqual([
      's',
      'o',
      'b',
    ]);
    expect(names('SELECT 1 FROM a WHERE x IN (SELECT | FROM b)')).toEqual(['b']);
    expect(at('SELECT 1 FROM a WHERE x IN (SELECT | FROM b)')?.scope.parent?.relations[0]?.name).toBe('a');
    expect(names('SELECT 1 FROM a UNION ALL SELECT | FROM b')).toEqual(['b']);
    expect(names('SELECT | FROM sales@2026-11-25T14:03:00Z s JOIN trips@2026-11-25 ON true')).toEqual(['s', 'trips']);
    expect(names('SELECT | FROM (a CROSS JOIN b), UNNEST(x) WITH ORDINALITY AS u(i, n)')).toEqual(['a', 'b', 'u']);
    expect(names('INSERT INTO t SELECT | FROM a')).toEqual(['a']);
    expect(names('SELECT | FROM a JOIN b USING (id) JOIN c ON c.id = (SELECT max(id) FROM d)')).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('knows what a WITH query and a query in FROM give', () => {
    const context = at(
      'WITH x AS (SELECT a, t.b AS c, count(*) n FROM t), y(k) AS (SELECT 1) SELECT | FROM x, y, (SELECT z FROM x) q',
    );
    const outputs = context?.scope.relations.map(({ query }) =>
      query?.output.map((column) => (column.type === 'named' ? column.name : '*')),
    );
    expect(outputs).toEqual([['a', 'c', 'n'], ['k'], ['z']]);
  });

  it('survives anything that is half written', () => {
    const whole =
      'WITH a AS (SELECT x, (SELECT 1 FROM b) FROM (c)), SELECT a.x, "q" FROM a JOIN (SELECT * FROM d WHERE y IN (1, 2)) e ON';
    for (let end = 0; end <= whole.length; end++) expect(() => cursorContext(whole.slice(0, end), end)).not.toThrow();
  });
});

describe('callAt', () => {
  const call = (text: string) => callAt(text.replace('|', ''), text.indexOf('|'));

  it('names the call and the argument that is being written', () => {
    expect(call("SELECT date_diff('day', |")).toMatchObject({ name: 'date_diff', argument: 1 });
    expect(call("SELECT date_diff('day', f(1, 2), |)")).toMatchObject({ name: 'date_diff', argument: 2 });
    expect(call('SELECT round(ARRAY[1, |')).toMatchObject({ name: 'round', argument: 0 });
    expect(call("SELECT lower('a|")).toMatchObject({ name: 'lower', argument: 0 });
  });

  it('knows that a bracket alone calls nothing', () => {
    expect(call('SELECT (1, |')).toBeUndefined();
    expect(call('SELECT f(1)|')).toBeUndefined();
    expect(call('SELECT f(1; SELECT |')).toBeUndefined();
  });
});
