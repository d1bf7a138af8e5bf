import type { MacroDefinitions } from '../macros.ts';

/** Mathematics and the rest, by Trino's names: https://trino.io/docs/current/functions/math.html */
export const MATH_MACROS: MacroDefinitions = {
  bitwise_and: '(a, b) AS a & b',
  bitwise_or: '(a, b) AS a | b',
  bitwise_xor: '(a, b) AS xor(a, b)',
  bitwise_not: '(a) AS ~a',
  bitwise_left_shift: '(a, n) AS a << n',
  bitwise_right_shift: '(a, n) AS a >> n',
  bit_count: '(a, bits) AS bit_count(a::BIGINT)',
  width_bucket: `(x, lo, hi, n) AS CASE WHEN x < lo THEN 0 WHEN x >= hi THEN n + 1
    ELSE floor((x - lo) * n / (hi - lo))::INT + 1 END`,
  truncate: '(x) AS trunc(x)',
  log: '(b, x) AS ln(x) / ln(b)',
  e: '() AS exp(1.0::DOUBLE)',
  nan: `() AS 'nan'::DOUBLE`,
  infinity: `() AS 'inf'::DOUBLE`,
  is_nan: '(x) AS isnan(x)',
  is_finite: '(x) AS isfinite(x)',
  is_infinite: '(x) AS isinf(x)',
  rand: '() AS random(), (n) AS floor(random() * n)::INT, (a, b) AS a + floor(random() * (b - a))::INT',
  random: '() AS random(), (n) AS floor(random() * n)::INT, (a, b) AS a + floor(random() * (b - a))::INT',
  to_base: `(x, radix) AS to_base(x, radix)`,
  typeof: `(x) AS regexp_replace(lower(typeof(x)), '^(hugeint)$', 'bigint')`,
};
