import { describe, expect, it } from 'vitest';
import { formatSql, placeInFormatted } from './format-sql';

const letters = (text: string) => text.replace(/\s/g, '').toLowerCase();

describe('formatSql', () => {
  it.each([
    "select a,b from t where x='a  b' -- why\n and y in (select 1)",
    'select ? from sales@2026-11-25T14:03:00Z s join "Odd name" o on s.id=o.id;select 2',
    'with a as (select filter(array[1,2], x -> x > 1) f) select * from a cross join unnest(f) as u(i) order by 1 limit 3',
    "unload (select * from t) to 's3://b/k/' with (format='PARQUET')",
    "select json_extract_scalar(j, '$.a[0]'), date '2024-01-01' + interval '1' day, decimal '1.10', x'0A' from t",
    'select cast(a as decimal(9,2)), count(*) filter (where b) over (partition by c order by d rows between unbounded preceding and current row) from t',
    "create table x with (format = 'PARQUET', partitioned_by = array['a']) as select 1 as b, 2 as a",
  ])('changes nothing but blanks and the case of keywords: %s', async (sql) => {
    const formatted = await formatSql(sql);
    expect(letters(formatted)).toBe(letters(sql));
    expect(await formatSql(formatted)).toBe(formatted);
  });

  it('lays out clauses, and writes keywords in capitals', async () => {
    expect(await formatSql('select a from t where b=1 and c=2')).toBe(
      'SELECT\n  a\nFROM\n  t\nWHERE\n  b = 1\n  AND c = 2',
    );
  });

  it('rejects what cannot be read', async () => {
    await expect(formatSql("select 'a")).rejects.toThrow();
  });
});

it('keeps a place at its letter', () => {
  expect(placeInFormatted('select a,b', 9, 'SELECT\n  a,\n  b')).toBe(11);
  expect(placeInFormatted('select a', 8, 'SELECT\n  a')).toBe(10);
  expect(placeInFormatted('', 0, '')).toBe(0);
});
