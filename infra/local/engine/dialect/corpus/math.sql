SELECT abs(-5), abs(-5.5), abs(-1e0), abs(TINYINT '-3'), typeof(abs(-5.5))
SELECT ceil(1.2), ceiling(-1.2), floor(1.8), floor(-1.2), ceil(1.2e0), floor(5), typeof(ceil(1.25))
SELECT round(2.5), round(-2.5), round(2.5e0), round(-2.5e0), round(2.345, 2), round(1234.5678e0, -2), round(5), round(127, -1)
SELECT truncate(2.9e0), truncate(-2.9e0), truncate(2.99, 1), truncate(12.5), typeof(truncate(12.5))
SELECT sign(-3), sign(0), sign(2.5), sign(-1e0), typeof(sign(2.5))
SELECT mod(7, 3), mod(-7, 3), mod(7.5, 2), 7 % 3, -7 % 3, 5.5 % 2, typeof(mod(7.5, 2))
SELECT power(2, 10), pow(2, 0.5), sqrt(16), cbrt(27), exp(0), ln(1), log2(8), log10(1000), log(2, 8)
SELECT round(sin(1), 10), round(cos(1), 10), round(tan(1), 10), round(asin(1), 10), round(acos(1), 10), round(atan(1), 10), round(atan2(1, 2), 10)
SELECT round(sinh(1), 10), round(cosh(1), 10), round(tanh(1), 10), degrees(0), round(radians(180), 10), round(pi(), 10), round(e(), 10)
SELECT nan(), infinity(), -infinity(), is_nan(nan()), is_finite(1), is_infinite(infinity())
SELECT 1e0 / 0, -1e0 / 0, is_nan(0e0 / 0), sqrt(-1), ln(0), ln(-1)
SELECT 7 / 2, -7 / 2, 7 / 2.0, 7 / 2e0, 7.0 / 2, 1.0 / 3, 10.00 / 3.000, 1 / 3.0
SELECT 1 + 2, 1 + 2.5, 1.5 + 2.25, 1.5 * 2.25, 1.50 - 0.5, 2 * 1e0, typeof(1 + 2.5), typeof(1.5 * 2.25), typeof(1.5 + 2.25)
SELECT typeof(1), typeof(3000000000), typeof(1.5), typeof(0.5), typeof(0.05), typeof(1e0), typeof(REAL '1'), typeof(100.00), typeof(-1.5)
SELECT typeof(SMALLINT '1' + 1), typeof(TINYINT '1' + TINYINT '1'), typeof(1 + BIGINT '1'), typeof(REAL '1' + 1), typeof(REAL '1' + 1e0), typeof(1.5 + 1e0)
SELECT greatest(1, 5, 3), least(1, 5, 3), greatest(1, NULL), greatest('a', 'b'), least(1, 2.5), greatest(DATE '2024-01-01', DATE '2024-02-01')
SELECT width_bucket(5.0, 0.0, 10.0, 5), width_bucket(-1, 0, 10, 5), width_bucket(11, 0, 10, 5), width_bucket(5, ARRAY[1, 4, 9])
SELECT to_base(255, 16), to_base(-10, 2), from_base('ff', 16), from_base('-101', 2)
SELECT bitwise_and(19, 25), bitwise_or(19, 25), bitwise_xor(19, 25), bitwise_not(-12), bitwise_not(19)
SELECT bitwise_left_shift(1, 2), bitwise_left_shift(TINYINT '7', 2), bitwise_right_shift(TINYINT '-8', 2), bitwise_right_shift(8, 3), bitwise_right_shift_arithmetic(-8, 2)
SELECT bit_count(9, 64), bit_count(-7, 64), bit_count(7, 8)
SELECT round(normal_cdf(0, 1, 1.96), 10), round(wilson_interval_lower(1250, 1310, 1.96e0), 10), round(wilson_interval_upper(1250, 1310, 1.96e0), 10)
SELECT round(cosine_similarity(MAP(ARRAY['a'], ARRAY[1.0]), MAP(ARRAY['a'], ARRAY[2.0])), 6)
SELECT random() < 1, random(10) < 10, random(5, 6), rand() >= 0
SELECT -(-5), +5, - 2 + 3, 2 + 3 * 4, (2 + 3) * 4, 2 - 3 - 4, 100 / 10 / 2, -2 * -3
SELECT DECIMAL '123.45' * 2, DECIMAL '10' / 3, DECIMAL '1.00' / DECIMAL '3.00', typeof(DECIMAL '10' / 3)
SELECT 12345678901234567890.5 + 1, 0.1 + 0.2, 0.1e0 + 0.2e0, 1.10 * 1.10
SELECT 1e7, 1e6, 12345678e0, 1e-3, 1e-4, 1.5e300, 123456.789e0, 0e0
SELECT REAL '1.1', REAL '16777216', CAST(0.1 AS real), REAL '1e10'
SELECT sum(qty) / 2, avg(qty) / 2 FROM orders
SELECT qty / 2, qty / 2.0, qty * 1.5, amount * 2, amount / qty FROM orders ORDER BY order_id
SELECT 5 BETWEEN 1 AND 10, 5 NOT BETWEEN 1 AND 4, NULL BETWEEN 1 AND 2, 1.5 BETWEEN 1 AND 2
SELECT 9223372036854775807, -9223372036854775808, 2147483647, -2147483648
SELECT 0xFF, 0b101, 0o17, 1_000_000
SELECT format_number(1234567), format_number(1000), format_number(12)
SELECT ceil(-0.5), floor(0.5), round(-0.4), round(0.5), abs(0)
SELECT DECIMAL '5.55' % DECIMAL '1.1', 10 % 3.5, typeof(10 % 3.5)
SELECT CAST(1 AS decimal(10,2)) / 3, CAST(2 AS decimal(38,10)) / 3
