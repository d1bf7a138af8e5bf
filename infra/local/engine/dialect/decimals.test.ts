/** Decimals that do and do not fit a machine word; the answers are worked out here with whole numbers of any size. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CorpusDatabase } from './testing/corpus-database.ts';

let database: CorpusDatabase;

beforeAll(async () => {
  database = await CorpusDatabase.open();
});

afterAll(() => database?.close());

interface Decimal {
  digits: bigint;
  precision: number;
  scale: number;
}

const DECIMALS: Decimal[] = [
  { digits: 25n, precision: 2, scale: 2 },
  { digits: -7n, precision: 1, scale: 0 },
  { digits: 999_999_999_999_999n, precision: 15, scale: 2 },
  { digits: -999_999_999_999_999_999n, precision: 18, scale: 4 },
  { digits: 999_999_999_999_999_999n, precision: 18, scale: 0 },
  { digits: 12_345_678_901_234_567_890n, precision: 20, scale: 10 },
  { digits: -1n, precision: 20, scale: 19 },
  { digits: 0n, precision: 5, scale: 2 },
];

function text({ digits, scale }: Pick<Decimal, 'digits' | 'scale'>): string {
  const all = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const [whole, fraction] = [all.slice(0, all.length - scale), all.slice(all.length - scale)];
  return `${digits < 0n ? '-' : ''}${whole}${scale > 0 ? `.${fraction}` : ''}`;
}

function expected(operator: string, a: Decimal, b: Decimal): { text: string; fits: boolean } {
  const scale = operator === '*' ? a.scale + b.scale : Math.max(a.scale, b.scale);
  const at = ({ digits, scale: own }: Decimal) => digits * 10n ** BigInt(scale - own);
  const absolute = (n: bigint) => (n < 0n ? -n : n);
  const shifted = a.digits * 10n ** BigInt(scale - a.scale + b.scale);
  const half = absolute(b.digits);
  const results: Record<string, () => bigint> = {
    '+': () => at(a) + at(b),
    '-': () => at(a) - at(b),
    '*': () => a.digits * b.digits,
    '/': () => ((2n * absolute(shifted) + half) / (2n * half)) * (shifted < 0n === b.digits < 0n ? 1n : -1n),
  };
  const digits = results[operator]?.() ?? 0n;
  return { text: text({ digits, scale }), fits: absolute(digits) < 10n ** 37n };
}

it('are added, multiplied and divided as Trino does, whatever room they need', async () => {
  const wrong: string[] = [];
  for (const [a, b] of DECIMALS.flatMap((a) => DECIMALS.map((b) => [a, b] as const))) {
    for (const operator of ['+', '-', '*', '/']) {
      if (operator === '/' && b.digits === 0n) continue;
      if (operator === '*' && a.scale + b.scale > 38) continue;
      const value = (of: Decimal) => `CAST('${text(of)}' AS decimal(${of.precision}, ${of.scale}))`;
      const { text: want, fits } = expected(operator, a, b);
      const answer = await database.answer(
        `SELECT x ${operator} y FROM (VALUES (${value(a)}, ${value(b)})) AS t(x, y)`,
      );
      const here = answer.rows?.[0]?.[0] ?? answer.error;
      if (here !== want && fits) wrong.push(`${text(a)} ${operator} ${text(b)} = ${want}, here ${here}`);
    }
  }
  expect(wrong).toEqual([]);
});

it('keep their value where an error would be swallowed or a first value says the type', async () => {
  const large = `(VALUES (CAST('9999999999999.99' AS decimal(15, 2)))) AS t(x)`;
  const asked: [string, (string | null)[]][] = [
    [
      `SELECT TRY(x * x), TRY_CAST(x * x AS decimal(30, 4)) FROM ${large}`,
      Array(2).fill('99999999999999800000000000.0001'),
    ],
    [
      `SELECT sum(CASE WHEN x > 1 THEN x * x ELSE 0 END), if(x < 1, 0.5, x * x) FROM ${large} GROUP BY x`,
      Array(2).fill('99999999999999800000000000.0001'),
    ],
    [
      `SELECT reduce(ARRAY[x, x], CAST(1 AS decimal(38, 4)), (s, v) -> CAST(s * v AS decimal(38, 4)), s -> s) FROM ${large}`,
      ['99999999999999800000000000.0001'],
    ],
    [
      `WITH RECURSIVE t(n, i) AS (SELECT CAST(99 AS decimal(24, 2)), 1 UNION ALL SELECT CAST(n * 99 AS decimal(24, 2)), i + 1 FROM t WHERE i < 10) SELECT max(n) FROM t`,
      ['90438207500880449001.00'],
    ],
    ['SELECT avg(x), avg(y) FROM (VALUES (CAST(NULL AS decimal(5, 2)), 1.5), (NULL, 1.6)) AS t(x, y)', [null, '1.6']],
    ['SELECT x, CAST(x AS json), ARRAY[x] FROM (VALUES -0.25) AS t(x)', ['-0.25', '-0.25', '[-0.25]']],
  ];
  for (const [sql, row] of asked) expect(await database.answer(sql), sql).toMatchObject({ rows: [row] });
});
