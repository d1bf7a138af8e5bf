import { describe, expect, it } from 'vitest';
import { columnKind } from './column-kind';
import { queryError } from './query-error';
import { rowPage } from './row-page';

const metadata = {
  ColumnInfo: [
    { Name: 'location', Type: 'varchar' },
    { Name: 'total', Type: 'decimal', Precision: 38, Scale: 2 },
  ],
};
const row = (...cells: (string | undefined)[]) => ({
  Data: cells.map((cell) => (cell === undefined ? {} : { VarCharValue: cell })),
});

describe('rowPage', () => {
  it('gives no rows for a statement without a result', () => {
    expect(rowPage({}, { first: true })).toEqual({ columns: [], rows: [] });
  });

  it('drops the header of the first page only', () => {
    const output = {
      ResultSet: { ResultSetMetadata: metadata, Rows: [row('location', 'total'), row('London', '12.50')] },
      NextToken: 'more',
    };
    expect(rowPage(output, { first: true })).toEqual({
      columns: [
        { name: 'location', type: 'varchar' },
        { name: 'total', type: 'decimal(38,2)' },
      ],
      rows: [['London', '12.50']],
      nextToken: 'more',
    });
    expect(rowPage(output, { first: false }).rows).toHaveLength(2);
  });

  it('keeps a first row that is data', () => {
    const output = { ResultSet: { ResultSetMetadata: metadata, Rows: [row('London', '12.50')] } };
    expect(rowPage(output, { first: true }).rows).toEqual([['London', '12.50']]);
  });

  it('tells null from an empty text, and fills rows that end early', () => {
    const output = { ResultSet: { ResultSetMetadata: metadata, Rows: [row('', undefined), row('x')] } };
    expect(rowPage(output, { first: false }).rows).toEqual([
      ['', null],
      ['x', null],
    ]);
  });
});

describe('queryError', () => {
  it('finds the place and the name', () => {
    expect(
      queryError("COLUMN_NOT_FOUND: line 2:17: Column 'net_amout' cannot be resolved or requester is not authorized"),
    ).toEqual({
      name: 'COLUMN_NOT_FOUND',
      line: 2,
      column: 17,
      message: "Column 'net_amout' cannot be resolved or requester is not authorized",
    });
    expect(queryError("line 1:1: mismatched input 'SELEC'")).toMatchObject({ line: 1, column: 1 });
  });

  it('leaves other sentences whole', () => {
    expect(queryError('Query exhausted resources at this scale factor')).toEqual({
      message: 'Query exhausted resources at this scale factor',
    });
    expect(queryError('HIVE_BAD_DATA: Field x is not a number')).toMatchObject({ name: 'HIVE_BAD_DATA' });
  });
});

it('knows which columns are numbers', () => {
  expect(
    ['decimal(9,2)', 'DOUBLE', 'timestamp(3) with time zone', 'array<string>', 'varchar(3)', ''].map(columnKind),
  ).toEqual(['number', 'number', 'time', 'nested', 'text', 'text']);
});
