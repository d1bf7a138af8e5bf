import { describe, expect, it } from 'vitest';
import { completionsAt, RULE_TYPES, signatureOf } from './editing.ts';

const COLUMNS = [
  { name: 'id', type: 'bigint' },
  { name: 'country', type: 'string' },
  { name: 'day', type: 'date' },
];

/** What is offered at `|`. */
function offered(marked: string) {
  const offset = marked.indexOf('|');
  const { from, options } = completionsAt(marked.replace('|', ''), offset, COLUMNS);
  return { from, labels: options.map(({ label }) => label), options };
}

describe('completions', () => {
  it.each([
    ['|', ['Rules', 'Analyzers']],
    ['Ru|', ['Rules']],
    ['Rules = [ IsUn|', ['IsUnique']],
    ['Rules = [ RowCount > 1, IsPrim|', ['IsPrimaryKey']],
    ['Rules = [ (RowCount > 1) and (IsPrim|', ['IsPrimaryKey']],
    ['Analyzers = [ AllS|', ['AllStatistics']],
    ['Rules = [ AllS|', []],
    ['Rules = [ IsComplete |', ['id', 'country', 'day']],
    ['Rules = [ IsComplete "|', ['id', 'country', 'day']],
    ['Rules = [ IsComplete "cou|', ['country']],
    ['Rules = [ IsComplete "cou|" ]', ['country']],
    ['Rules = [ Mean "|', ['id']],
    ['Rules = [ Mean "id" |', ['=', '!=', '>', '>=', '<', '<=', 'between', 'in', 'not in']],
    ['Rules = [ ColumnDataType "id" |', ['=', '!=', 'in', 'not in']],
    ['Rules = [ ColumnDataType "id" = Da|', ['Date']],
    ['Rules = [ DataFreshness "day" <= 24 |', ['minutes', 'hours', 'days', 'where', 'with threshold']],
    ['Rules = [ FileSize > 5 M|', ['MB']],
    ['Rules = [ RowCount between 1 |', ['and']],
    ['Rules = [ IsComplete "id" |', ['id', 'country', 'day']],
    ['Rules = [ IsComplete "id" where |', []],
    ['Rules = [ ColumnValues "id" > 3 with |', ['threshold', 'ignoreCase']],
    ['Rules = [ ColumnValues "id" > 3 with threshold |', ['=', '!=', '>', '>=', '<', '<=', 'between']],
    ['Known = ["a"]\nRules = [ ColumnValues "country" in $|', ['$Known']],
    ['Rules = [ RowCount > 1 ] # Ru|', []],
    ['Rules = [ RowCount > 1 ] |', ['Rules', 'Analyzers']],
    ['Rules = [ ColumnValues "country" = "FR|', []],
    ['Rules = [ DetectAnomalies "RowC|', ['RowCount']],
  ])('at %s are %j', (marked, labels) => {
    const given = offered(marked).labels;
    if (marked.includes('IsComplete "id" |')) expect(given).toEqual(['where']);
    else expect(given).toEqual(labels);
  });

  it('offer moments for dates, words for texts and functions for numbers', () => {
    expect(offered('Rules = [ ColumnValues "day" > |').labels).toEqual(
      expect.arrayContaining(['NULL', 'now()', '(now() - 1 days)']),
    );
    expect(offered('Rules = [ ColumnValues "country" = |').labels).toEqual(
      expect.arrayContaining(['EMPTY', 'WHITESPACES_ONLY']),
    );
    expect(offered('Rules = [ ColumnValues "id" = |').labels).not.toContain('EMPTY');
    expect(offered('Rules = [ RowCount > |').labels).toEqual(expect.arrayContaining(['avg()', 'last()']));
  });

  it('replace what is being written, with quotes where they are needed', () => {
    const { from, options } = offered('Rules = [ IsComplete "cou|');
    expect(from).toBe(21);
    expect(options).toEqual([{ label: 'country', kind: 'column', insert: '"country"' }]);
  });

  it('are there at every place of a broken text', () => {
    const text = 'Known = ["a"\nRules = [ (ColumnValues "x" between (now() - 1 and [ in $Known with "';
    for (let offset = 0; offset <= text.length; offset += 1)
      expect(completionsAt(text, offset, COLUMNS).from).toBeLessThanOrEqual(offset);
  });
});

describe('signatures', () => {
  it.each([
    ['Completeness', 'Completeness "column" > 0'],
    ['IsPrimaryKey', 'IsPrimaryKey "column" …'],
    ['FileSize', 'FileSize ["s3://bucket/folder/"] > 1 MB'],
    ['CustomSql', 'CustomSql "SELECT count(*) FROM primary" [> 0]'],
  ])('of %s is %s', (name, signature) => {
    const type = RULE_TYPES.find((one) => one.name === name);
    expect(type && signatureOf(type)).toBe(signature);
  });
});
