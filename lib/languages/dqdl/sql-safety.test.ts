import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStatement } from '../trino-sql/check-statement.ts';
import { tokenize } from '../trino-sql/tokenize.ts';
import { failingRows } from './failing-rows.ts';
import { planEvaluation, type Relation } from './plan.ts';
import { printText } from './print.ts';

/** What people put into names and texts to get out of them. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        "'",
        '\\',
        '`',
        ';',
        '--',
        '/*',
        '*/',
        ')',
        '(',
        ' OR 1=1',
        '\n',
        '?',
        'x',
        ' ',
        '$',
        '{',
        '}',
        '.',
      ),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
);

const RULES = (column: string, text: string) => [
  `IsComplete ${column}`,
  `IsUnique ${column}`,
  `IsPrimaryKey ${column} "b"`,
  `Uniqueness ${column} > 0.5`,
  `DistinctValuesCount ${column} > 1`,
  `ColumnValues ${column} = ${text}`,
  `ColumnValues ${column} not in [${text}, "a", NULL, EMPTY]`,
  `ColumnValues ${column} matches ${text}`,
  `ColumnLength ${column} > 3`,
  `DataFreshness ${column} < 2 days`,
  `ColumnDataType ${column} = "Integer"`,
];

const ofRelation = (table: string, replaces: string): Relation => ({
  database: table,
  table,
  staged: { database: 'lake', table, replaces },
});

describe('names and texts', () => {
  it('stay in their places in every statement', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (column, text, table) => {
        const rules = RULES(printText(column), printText(text));
        const shape = shapeOf(statements(rules, column, ofRelation(table, text)));
        const plain = shapeOf(statements(RULES('"a"', '"t"'), 'a', ofRelation('t', 't')));
        expect(shape).toEqual(plain);
      }),
      { numRuns: 150 },
    );
  });

  it('of other tables stay in their places too', () => {
    const part = hostile.filter((text) => !/[.,{}]|->/.test(text) && text.trim() !== '');
    fc.assert(
      fc.property(part, part, (table, column) => {
        const rules = (other: string, name: string) => [
          `ReferentialIntegrity "a" ${printText(`${other}.${name}`)} > 0.5`,
          `DatasetMatch ${printText(other)} ${printText(`a->${name}`)} > 0.5`,
          `RowCountMatch ${printText(other)} = 1`,
        ];
        const of = (other: string, name: string) => statements(rules(other, name), 'a', { database: 'd', table: 'p' });
        expect(shapeOf(of(table.trim(), column.trim()))).toEqual(shapeOf(of('t', 'c')));
      }),
      { numRuns: 100 },
    );
  });

  it('of an own condition cannot close the bracket that it stands in', () => {
    const wheres = [
      '1 = 1) or (1 = 1',
      'a = 1 -- ',
      "a = '1",
      'a = 1; drop table t',
      'a = 1 group by a',
      'a = ?',
      '',
      '/* a',
    ];
    for (const where of wheres.filter((text) => text !== '')) {
      const sql = statements([`IsComplete "a" where ${printText(where)}`], 'a', { database: 'd', table: 't' }).join(
        '\n',
      );
      const isRefused = !sql.includes('FILTER');
      expect(isRefused || where === 'a = 1 -- ').toBe(true);
    }
  });
});

/** Without quotes in the first column's name there would be nothing to hide. */
function statements(rules: string[], column: string, relation: Relation): string[] {
  const columns = [
    { name: column, type: 'string' },
    { name: 'b', type: 'string' },
  ];
  const text = `Rules = [ ${rules.join(', ')} ]`;
  const input = { columns, relation, database: 'd', history: [], now: new Date('2026-11-26T12:00:00Z') };
  const { statements: planned } = planEvaluation({ ...input, rulesets: [{ name: 'r', gate: 'warn', text }] });
  const rows = rules.flatMap((rule) => failingRows(rule, columns, relation, input.now)?.sql ?? []);
  return [...planned.map(({ sql }) => sql), ...rows];
}

/** Each token but for what names and texts say. */
function shapeOf(sql: string[]): string[] {
  return sql.map((text) => {
    expect(text.startsWith('DESCRIBE') ? undefined : checkStatement(text)).toBeUndefined();
    return tokenize(text)
      .map(({ type, text: token }) => (type === 'quoted' || type === 'string' ? type : token))
      .join(' ');
  });
}
