import { afterAll, beforeAll, expect, it } from 'vitest';
import { QualityLake } from '../../../infra/local/testing/quality-lake.ts';
import { planEvaluation } from './plan.ts';

let lake: QualityLake;
beforeAll(async () => {
  lake = await QualityLake.start();
  await lake.table('sales', 'id bigint, country string, amount double, day date, at timestamp, email string, n int', {
    'a.json': [
      { id: 1, country: 'FR', amount: 10.5, day: '2026-11-25', at: '2026-11-26 11:00:00', email: 'a@b.fr', n: 1 },
      { id: 2, country: 'DE', amount: 20, day: '2026-11-24', at: '2026-11-25 11:00:00', email: '', n: 2 },
      { id: 3, country: 'FR', amount: null, day: null, at: '2026-11-20 11:00:00', email: '   ', n: null },
    ],
    'b.json': [{ id: 3, country: null, amount: 5, day: '2026-11-01', at: null, email: null, n: 4 }],
  });
  await lake.table('countries', 'code string, total double, id bigint', {
    'a.json': [
      { code: 'FR', total: 30.5, id: 1 },
      { code: 'DE', total: 5, id: 2 },
    ],
  });
});
afterAll(() => lake.close());
it('smoke', async () => {
  const input = lake.input(
    'sales',
    `Rules = [ RowCount = 4, IsComplete "id", Completeness "amount" > 0.7, IsUnique "id", IsPrimaryKey "id" "country", Uniqueness "id" > 0.4, UniqueValueRatio "id" > 0.5, DistinctValuesCount "country" = 2, Entropy "country" > 0.6,
  ColumnValues "country" in ["FR","DE"], ColumnValues "country" not in ["FR"], ColumnValues "amount" between 1 and 20 with threshold > 0.2, ColumnValues "email" matches ".+@.+" where "id = 1", ColumnValues "email" != EMPTY, ColumnValues "email" = WHITESPACES_ONLY,
  ColumnValues "day" > "2026-11-01", ColumnValues "at" > (now() - 3 days), ColumnLength "country" = 2, ColumnDataType "email" = "Date", Mean "amount" between 11 and 12, Sum "amount" = 35.5, StandardDeviation "amount" > 1, Variance "amount" > 1, ColumnCorrelation "id" "amount" < 0.99,
  DataFreshness "at" <= 24 hours, DataFreshness "day" between 0 days and 3 days, CustomSql "select count(*) from primary where amount > 6" = 2, CustomSql "select id from primary where id > 0", CustomSql "with x as (select * from primary) select max(id) from x" = 3, ReferentialIntegrity "country" "countries.code" >= 0.7, ReferentialIntegrity "country,id" "shop.countries.{code,id}" >= 0.7,
  DatasetMatch "countries" "country->code" "id" >= 0.5, RowCountMatch "countries" = 2.0, SchemaMatch "shop.countries" > 0.1, AggregateMatch "sum(amount)" "sum(countries.total)" = 1.0, ColumnCount = 7, ColumnExists "ID", ColumnNamesMatchPattern "[a-z]+", FileSize > 1 B, FileSize > 1 MB, FileFreshness > (now() - 3 days), FileUniqueness = 1.0, FileMatch "s3://lake/sales/a" "s3://lake/sales/b", FileMatch in ["abc"], DetectAnomalies "RowCount", RowCount > avg(last(3)), (RowCount > 1) and (IsComplete "country"), IsComplete "nope" ]
  Analyzers = [ AllStatistics "AllColumns" ]`,
  );
  const plan = planEvaluation(input);
  for (const s of plan.statements) console.log(s.id, s.sql);
  const out = await lake.evaluate(input);
  for (const o of out.rulesets[0]!.outcomes)
    console.log(
      o.result.padEnd(5),
      o.rule,
      '|',
      o.message ?? '',
      '|',
      JSON.stringify(o.metrics),
      o.failingRows,
      o.checkedRows,
    );
  console.log(out.metrics, out.anomalies, out.learning);
  expect(1).toBe(1);
});
