/** Functions whose answers are estimates, here as in Trino: what they may be off by. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CorpusDatabase } from './testing/corpus-database.ts';

let database: CorpusDatabase;
beforeAll(async () => {
  database = await CorpusDatabase.open();
});
afterAll(() => database?.close());

const numbers = (rows: number) =>
  `(SELECT (a - 1) * 1000 + b AS n FROM UNNEST(sequence(1, ${rows / 1000})) AS t (a) CROSS JOIN UNNEST(sequence(1, 1000)) AS u (b))`;

async function numbersOf(sql: string): Promise<number[]> {
  const answer = await database.answer(sql);
  if (!answer.rows) throw new Error(JSON.stringify(answer));
  return (answer.rows[0] ?? []).map(Number);
}

it.each([
  [1000, 1000],
  [60_000, 60_000],
  [400_000, 400_000],
  [1_000_000, 1_000_000],
  [1_000_000, 7],
])('approx_distinct of %i rows tells %i different values within Trino’s 2.3 percent', async (rows, different) => {
  const [found = 0, ofText = 0] = await numbersOf(
    `SELECT approx_distinct(n % ${different}), approx_distinct(CAST(n % ${different} AS varchar)) FROM ${numbers(rows)}`,
  );
  expect(Math.abs(found / different - 1)).toBeLessThan(0.023);
  expect(Math.abs(ofText / different - 1)).toBeLessThan(0.023);
});

it('approx_distinct does not count NULL, and counts nothing where there is nothing', async () => {
  const sql = `SELECT approx_distinct(IF(n > 500, n)), approx_distinct(n) FILTER (WHERE n < 0), approx_distinct(NULLIF(n, n))`;
  expect(await numbersOf(`${sql} FROM ${numbers(1000)}`)).toEqual([expect.closeTo(500, -1), 0, 0]);
});

it('approx_percentile is within two percent of the rank', async () => {
  const [low = 0, middle = 0, high = 0] = await numbersOf(
    `SELECT approx_percentile(n, 0.05), approx_percentile(n, 0.5), approx_percentile(n, 0.95) FROM ${numbers(300_000)}`,
  );
  expect([low / 300_000, middle / 300_000, high / 300_000]).toEqual(
    [0.05, 0.5, 0.95].map((share) => expect.closeTo(share, 1.4)),
  );
});
