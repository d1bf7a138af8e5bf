SELECT '1' = 1
SELECT 'a' < 1
SELECT 1 + 'a'
SELECT 'a' - 1
SELECT true + 1
SELECT DATE '2024-01-01' + 1
SELECT DATE '2024-01-01' = 'x'
SELECT true AND 1
SELECT 1 OR true
SELECT NOT 1
SELECT -'a'
SELECT CASE WHEN 1 THEN 2 END
SELECT CASE 1 WHEN 'a' THEN 2 END
SELECT CASE WHEN true THEN 1 ELSE 'a' END
SELECT coalesce(1, 'a')
SELECT nullif(1, 'a')
SELECT if(1, 2, 3)
SELECT if(true, 2, 'a')
SELECT 1 IN ('a')
SELECT 1 BETWEEN 'a' AND 'b'
SELECT ARRAY[1, 'a']
SELECT 'abc' LIKE 1
SELECT 1 LIKE 'a'
SELECT CAST(1 AS date)
SELECT CAST(ARRAY[1] AS integer)
SELECT CAST(true AS date)
SELECT CAST(1 AS foo)
SELECT abs('a')
SELECT length(1)
SELECT upper(1)
SELECT foo(1)
SELECT date_diff('day', 'a', 'b')
SELECT sum('a')
SELECT nope FROM orders
SELECT order_id FROM orders WHERE nope = 1
SELECT o.nope FROM orders o
SELECT x.order_id FROM orders
SELECT * FROM nope
SELECT * FROM nope.orders
SELECT nope.* FROM orders
SELECT a FROM (VALUES 1) t(a), (VALUES 2) u(a)
SELECT a.b.c FROM (VALUES 1) t(a)
SELECT addr.nope FROM orders
SELECT a FROM (VALUES (1, 2)) t(a)
SELECT 1 FROM (VALUES 1) t(a) JOIN (VALUES 2) u(a) USING (b)
SELECT customer, sum(qty) FROM orders
SELECT customer, qty FROM orders GROUP BY customer
SELECT qty + 1, count(*) FROM orders
SELECT customer FROM orders GROUP BY customer ORDER BY qty
SELECT customer FROM orders GROUP BY customer HAVING qty > 1
SELECT * FROM orders GROUP BY customer
SELECT customer FROM orders GROUP BY 2
SELECT customer FROM orders ORDER BY 2
SELECT DISTINCT customer FROM orders ORDER BY qty
SELECT count(*) FROM orders WHERE count(*) > 1
SELECT sum(sum(qty)) FROM orders
SELECT row_number() FROM orders
SELECT lag(qty) FROM orders
SELECT order_id FROM orders WHERE row_number() OVER () = 1
SELECT order_id FROM orders WHERE 1
SELECT order_id FROM orders WHERE 'a'
SELECT count(*) FROM orders HAVING 1
SELECT max(qty) FILTER (WHERE qty) FROM orders
SELECT 1 FROM orders a JOIN orders b ON 1
SELECT 1 UNION SELECT 'a'
SELECT 1 UNION SELECT 1, 2
SELECT 1 INTERSECT SELECT DATE '2024-01-01'
VALUES 1, 'a'
VALUES (1, 2), (3)
SELECT qty AS x FROM orders WHERE x = 1
SELECT qty AS x FROM orders GROUP BY x
SELECT (SELECT qty, order_id FROM orders) = 1
SELECT 1 WHERE 1 IN (SELECT 'a')
SELECT transform(ARRAY[1], x -> x + 'a')
SELECT filter(ARRAY[1], x -> x)
SELECT transform(ARRAY[1], (x, y) -> x)
SELECT reduce(ARRAY[1], 0, (s, x) -> s || x, s -> s)
SELECT x -> x
SELECT map_keys(ARRAY[1])
SELECT element_at(1, 1)
SELECT qty[1] FROM orders
SELECT tags['a'] FROM orders
SELECT attrs[1] FROM orders
SELECT year('2024-01-01')
SELECT date_format('2024-01-01', '%Y')
SELECT DATE '2024-02-30'
SELECT DATE 'abc'
SELECT TIMESTAMP '2024-01-01 25:00:00'
SELECT INTERVAL 'x' DAY
SELECT INTERVAL '1' DAY + INTERVAL '1' MONTH
SELECT 9223372036854775808
SELECT from orders
SELECT 1 +
SELECT (1
SELECT 1 FROM
SELECT 1 WHERE
SELECT 1,, 2
SELEC 1
SELECT * FROM orders LIMIT 'a'
SELECT * FROM orders WHERE
SELECT * FROM orders GROUP customer
SELECT a b c
SELECT 1 == 1
SELECT 1::integer
SELECT `a`
SELECT * EXCLUDE (qty) FROM orders
SELECT [1, 2]
SELECT CAST(1 AS)
SELECT count(DISTINCT) FROM orders
SELECT t.order_id FROM orders o JOIN orders t
SELECT * FROM orders QUALIFY row_number() OVER () = 1
SELECT approx_percentile('a', 0.5) FROM orders
SELECT array_join(1, ',')
SELECT concat(1, 2)
SELECT json_extract(1, '$.a')
SELECT *
SELECT grouping(customer) FROM orders
SELECT customer FROM orders ORDER BY attrs
SELECT 1 FROM orders WHERE customer = ALL (SELECT qty FROM orders)
SELECT unnest(ARRAY[1])
SELECT * FROM UNNEST(1) t(x)
WITH t(a, b) AS (SELECT 1) SELECT * FROM t
SELECT decimal '1.5' + date '2024-01-01'
SELECT try_cast(1 AS date)
SELECT 1 / 0
SELECT 1 % 0
SELECT 1.0 / 0
SELECT 2147483647 + 1
SELECT 9223372036854775807 + 1
SELECT 2147483647 * 2
SELECT -2147483648 - 1
SELECT CAST('x' AS integer)
SELECT CAST('1.5' AS bigint)
SELECT CAST(' 1' AS integer)
SELECT CAST('abc' AS double)
SELECT CAST('abc' AS date)
SELECT CAST('abc' AS timestamp)
SELECT CAST('maybe' AS boolean)
SELECT CAST('abc' AS decimal(5, 2))
SELECT CAST('12345.678' AS decimal(5, 2))
SELECT CAST(12345 AS decimal(3, 1))
SELECT CAST(300 AS tinyint)
SELECT CAST(1e20 AS bigint)
SELECT CAST(123 AS varchar(2))
SELECT ARRAY[1, 2][3]
SELECT ARRAY[1, 2][0]
SELECT ARRAY[1, 2][-1]
SELECT element_at(ARRAY[1, 2], 0)
SELECT MAP(ARRAY['a'], ARRAY[1])['b']
SELECT MAP(ARRAY['a', 'a'], ARRAY[1, 2])
SELECT MAP(ARRAY['a'], ARRAY[1, 2])
SELECT (SELECT qty FROM orders)
SELECT split_part('a,b', ',', 0)
SELECT json_parse('{bad')
SELECT date_parse('abc', '%Y-%m-%d')
SELECT date_trunc('foo', DATE '2024-01-01')
SELECT date_add('hour', 1, DATE '2024-01-01')
SELECT DATE '2024-01-01' + INTERVAL '1' HOUR
SELECT from_iso8601_date('x')
SELECT hamming_distance('a', 'bc')
SELECT regexp_extract('a', '(a)', 2)
SELECT from_base('zz', 10)
SELECT lpad('a', -1, 'x')
SELECT repeat('x', -1)
SELECT url_decode('%zz')
SELECT sequence(1, 5, 0)
SELECT order_id, sum(qty) FILTER (WHERE qty > 1) OVER (ORDER BY order_id) FROM orders
SELECT r.* FROM (SELECT CAST(ROW(1, 'a') AS ROW(x integer, y varchar)) AS r)
SELECT format('%s', ARRAY[1])
SELECT substr('a')
SELECT bitwise_and(1, 'a')
SELECT count(qty, qty) FROM orders
SELECT date_trunc('foo', TIMESTAMP '2024-01-01 00:00:00')
SELECT CAST(X'616263' AS varchar)
SELECT qty LIKE 'x' FROM orders
