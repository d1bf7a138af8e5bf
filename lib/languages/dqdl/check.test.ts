import { describe, expect, it } from 'vitest';
import { checkRuleset } from './check.ts';
import { parseRuleset } from './parse.ts';

const COLUMNS = [
  { name: 'id', type: 'bigint' },
  { name: 'country', type: 'string' },
  { name: 'amount', type: 'decimal(10,2)' },
  { name: 'day', type: 'date' },
  { name: 'tags', type: 'array<string>' },
];

/** What is wrong, and the text that it points to. */
function problemsOf(rules: string): [string, string][] {
  const text = rules.includes('[ ') ? rules : `Rules = [ ${rules} ]`;
  return checkRuleset(parseRuleset(text), COLUMNS).map(({ code, from, to }) => [code, text.slice(from, to)]);
}

describe('a check', () => {
  it.each([
    ['IsComplete "id", Mean "amount" > 1, DataFreshness "day" < 2 days, IsComplete "tags"'],
    ['ColumnValues "country" in ["FR", NULL] where "id > 1", ColumnExists "later", RowCount > avg(last(10))'],
    ['CustomSql "select count(*) from primary" > 0, RowCountMatch "other" > 0.5, FileSize > 1 B'],
  ])('finds nothing wrong with %s', (rules) => {
    expect(problemsOf(rules)).toEqual([]);
  });

  it.each([
    ['IsComplete "countri"', 'unknownColumn', '"countri"'],
    ['(RowCount > 1) and (IsUnique "id" "nope")', 'unknownColumn', '"nope"'],
    ['Mean "country" > 1', 'notNumeric', '"country"'],
    ['Sum "tags" > 1', 'notNumeric', '"tags"'],
    ['ColumnValues "tags" = "x"', 'unsupportedColumn', '"tags"'],
    ['DataFreshness "amount" < 2 days', 'unsupportedColumn', '"amount"'],
    ['ColumnLength "tags" > 2', 'unsupportedColumn', '"tags"'],
    ['ColumnValues "country" matches "[a-"', 'invalidPattern', '"[a-"'],
    ['ColumnNamesMatchPattern "("', 'invalidPattern', '"("'],
    ['IsComplete "id" where "id >"', 'invalidSql', '"id >"'],
    ['IsComplete "id" where "idd > 1"', 'unknownColumn', '"idd > 1"'],
    ['SchemaMatch "other" = 1.0 where "id > 1"', 'noWhere', '"id > 1"'],
    ['CustomSql "delete from primary" = 1', 'notAQuery', '"delete from primary"'],
    ['CustomSql "select from" = 1', 'invalidSql', '"select from"'],
    ['RowCount > 2 * mode(last(3))', 'unknownFunction', 'mode(last(3))'],
    ['RowCountMatch "a.b.c" = 1', 'invalidReference', '"a.b.c"'],
    ['ColumnDataType "country" = "Money"', 'unknownType', '= "Money"'],
    ['Analyzers = [ Mean "country", RowCount, RowCount ]', 'notNumeric', '"country"'],
  ])('of %s says %s, at %s', (rules, code, place) => {
    expect(problemsOf(rules)[0]).toEqual([code, place]);
  });

  it('proposes the column that was meant', () => {
    const [problem] = checkRuleset(parseRuleset('Rules = [ IsComplete "cuontry" ]'), COLUMNS);
    expect(problem).toMatchObject({
      severity: 'error',
      message: 'the table has no column cuontry; did you mean country?',
      values: { column: 'cuontry', near: 'country' },
    });
  });

  it('orders problems as they stand in the text', () => {
    expect(
      problemsOf('Analyzers = [ Mean "nope" ] Rules = [ IsComplete "x", IsComplete "id", IsUnique "y" ]').map(
        ([, place]) => place,
      ),
    ).toEqual(['"nope"', '"x"', '"y"']);
  });
});
