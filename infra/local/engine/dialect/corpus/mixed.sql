SELECT region, sum(amount) / NULLIF(count(*), 0) AS a, round(avg(amount), 2) FROM orders GROUP BY region HAVING count(amount) > 0 ORDER BY 2 DESC
SELECT date_trunc('month', ts) AS m, count(*) AS n, sum(count(*)) OVER (ORDER BY date_trunc('month', ts)) FROM orders WHERE ts IS NOT NULL GROUP BY 1 ORDER BY 1
WITH ranked AS (SELECT customer, qty, rank() OVER (PARTITION BY customer ORDER BY qty DESC) AS r FROM orders) SELECT customer, qty FROM ranked WHERE r = 1 ORDER BY customer
SELECT o.customer, count(DISTINCT o.order_id) FILTER (WHERE o.qty > 1) AS big FROM orders o LEFT JOIN customers c ON c.name = o.customer GROUP BY o.customer ORDER BY 1
SELECT map_agg(customer, qty) FROM (SELECT customer, max(qty) qty FROM orders WHERE customer = 'bob' GROUP BY customer)
SELECT customer, array_agg(CAST(ROW(order_id, qty) AS ROW(id bigint, q integer)) ORDER BY order_id)[1].q FROM orders GROUP BY customer ORDER BY 1
SELECT element_at(array_agg(order_id ORDER BY qty DESC), 1), max_by(order_id, amount) FROM orders
SELECT sum(CASE WHEN region = 'EU' THEN amount ELSE 0 END) AS eu, sum(IF(region = 'US', 1)) AS us FROM orders
SELECT customer, lag(order_date) OVER (PARTITION BY customer ORDER BY order_date) AS prev, date_diff('day', lag(order_date) OVER (PARTITION BY customer ORDER BY order_date), order_date) AS gap FROM orders ORDER BY customer, order_date
SELECT coalesce(region, 'all') AS r, grouping(region) AS g, sum(qty) FROM orders GROUP BY ROLLUP(region) ORDER BY 2, 1
SELECT * FROM (SELECT customer, qty FROM orders ORDER BY qty DESC LIMIT 2) ORDER BY customer
SELECT x, count(*) FROM (SELECT unnested AS x FROM orders CROSS JOIN UNNEST(tags) AS u(unnested)) GROUP BY x ORDER BY x
SELECT order_id, reduce(tags, '', (s, t) -> s || t, s -> upper(s)) FROM orders ORDER BY order_id
SELECT order_id, filter(tags, t -> t = customer OR t = 'a') FROM orders ORDER BY order_id
SELECT order_id, cardinality(filter(sequence(1, qty), n -> n % 2 = 1)) FROM orders ORDER BY 1
SELECT json_format(CAST(map_agg(customer, qty) AS json)) FROM orders WHERE order_id IN (1, 2)
SELECT json_format(CAST(CAST(ROW(order_id, customer, amount) AS ROW(id bigint, name varchar, amount double)) AS json)) FROM orders ORDER BY order_id
SELECT CAST(json_extract(js, '$.items') AS array(integer)) FROM orders WHERE order_id < 3 ORDER BY order_id
SELECT c.name FROM customers c WHERE c.name = ANY (SELECT customer FROM orders WHERE qty > 2)
SELECT c.name, (SELECT max(o.amount) FROM orders o WHERE o.customer = c.name) AS best FROM customers c ORDER BY best DESC NULLS LAST
SELECT a.order_id FROM orders a WHERE a.amount > (SELECT avg(b.amount) FROM orders b WHERE b.region = a.region) ORDER BY 1
SELECT order_id FROM orders WHERE (SELECT count(*) FROM customers WHERE name = customer) = 0
SELECT customer, qty FROM orders o1 WHERE qty = (SELECT max(qty) FROM orders o2 WHERE o1.customer = o2.customer) ORDER BY 1
SELECT name, x.n FROM customers CROSS JOIN LATERAL (SELECT count(*) AS n FROM orders WHERE customer = name AND region = 'EU') x ORDER BY name
SELECT 100.0 * sum(qty) / (SELECT sum(qty) FROM orders), typeof(100.0 * sum(qty) / 7) FROM orders WHERE customer = 'alice'
SELECT CAST(sum(qty) AS decimal(10, 2)) / count(*), CAST(avg(qty) AS decimal(10, 3)) FROM orders
SELECT approx_percentile(amount, 0.5) FROM orders WHERE order_id = 1
SELECT min(x), max(x) FROM (VALUES TIMESTAMP '2024-01-01 00:00:00 UTC', TIMESTAMP '2024-01-01 05:00:00 Asia/Tokyo') t(x)
SELECT x FROM (VALUES TIMESTAMP '2024-01-01 00:00:00 UTC', TIMESTAMP '2024-01-01 05:00:00 Asia/Tokyo') t(x) ORDER BY x
SELECT DISTINCT typeof(x) FROM (VALUES (1), (2)) t(x)
SELECT t.* FROM orders o CROSS JOIN UNNEST(ARRAY[o.qty, o.qty + 1]) WITH ORDINALITY t(v, i) WHERE o.order_id = 1 ORDER BY i
SELECT customer, count(*) AS c FROM orders GROUP BY customer HAVING c > 1
SELECT customer AS name, name FROM orders
SELECT sum(qty) OVER (ORDER BY order_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) FROM orders ORDER BY 1 NULLS FIRST
SELECT order_id, amount FROM orders ORDER BY amount IS NULL, amount DESC
SELECT order_id % 2 AS odd, array_agg(customer ORDER BY customer) FROM orders GROUP BY order_id % 2 ORDER BY odd
SELECT IF(grouping(customer) = 1, 'total', customer), sum(qty) FROM orders GROUP BY GROUPING SETS ((customer), ()) ORDER BY 2
SELECT (SELECT customer FROM orders WHERE order_id = 99)
SELECT 1 AS a, 2 AS b UNION SELECT b, a FROM (VALUES (3, 4)) t(a, b) ORDER BY a
SELECT substr(customer, 1, 1) AS initial, listagg(customer, '/') WITHIN GROUP (ORDER BY order_id) FROM orders GROUP BY substr(customer, 1, 1) ORDER BY 1
SELECT max(length(customer)), min(upper(customer)) FROM orders
SELECT transform_values(map_agg(customer, qty), (k, v) -> v * 10)['bob'] FROM orders
SELECT CAST(order_id AS varchar) || '-' || CAST(order_date AS varchar) FROM orders ORDER BY 1
SELECT try_cast(js AS json) IS NULL, json_extract_scalar(js, '$.user.id') FROM orders ORDER BY order_id
SELECT year(order_date) * 100 + month(order_date) AS ym, count(*) FROM orders GROUP BY year(order_date), month(order_date) ORDER BY ym
SELECT count(*) FROM orders WHERE CAST(dt AS date) BETWEEN DATE '2024-01-01' AND DATE '2024-01-31'
SELECT customer FROM orders WHERE regexp_like(customer, 'a|b') GROUP BY customer ORDER BY max(qty) DESC
SELECT nested.x.y FROM (SELECT CAST(ROW(ROW(1)) AS ROW(x ROW(y integer))) AS nested)
SELECT sum(v) FROM (SELECT order_id, v FROM orders CROSS JOIN UNNEST(sequence(1, qty)) t(v))
SELECT zip_with(tags, transform(tags, t -> length(t)), (a, b) -> a || CAST(b AS varchar)) FROM orders ORDER BY order_id
SELECT 'x' IN (SELECT element_at(tags, 1) FROM orders), NULL IN (SELECT 1 WHERE false)
SELECT region, customer FROM orders WHERE region IS NOT NULL INTERSECT SELECT 'EU', name FROM customers
SELECT CAST(1.005 AS decimal(10,2)), round(1.005, 2), round(1.005e0, 2), CAST(0.125 AS decimal(3,2))
SELECT -5 / 2, -5 % 2, 5 / -2, 5 % -2, mod(-5, 3), -5.5 / 2
SELECT 1e308 * 10, CAST('NaN' AS double), CAST('Infinity' AS double), try_cast('nan' AS double), try_cast('inf' AS double)
SELECT date '2024-03-31' - interval '1' month, date_add('month', 1, date '2024-01-31'), date_diff('month', date '2024-01-31', date '2024-02-28')
SELECT array_sort(ARRAY['b', 'a', NULL]), array_sort(ARRAY[3, 1, 2], (x, y) -> IF(x < y, 1, IF(x = y, 0, -1)))
SELECT concat_ws('-', customer, region), concat(customer, region) FROM orders ORDER BY order_id
SELECT order_id, amount FROM orders WHERE amount IN (50, 25.25) ORDER BY 1
SELECT order_id, element_at(tags, 2), slice(tags, 1, 1), element_at(tags, -1) FROM orders ORDER BY order_id
SELECT order_id, repeat(customer, qty), sequence(1, order_id), MAP(ARRAY[customer], ARRAY[qty]) FROM orders ORDER BY order_id
SELECT order_date + INTERVAL '2' DAY * qty FROM orders ORDER BY order_id
SELECT qty / order_id, qty % order_id, CAST(qty AS decimal(5,2)) / order_id FROM orders ORDER BY order_id
SELECT order_id, lpad(customer, qty, 'x'), substr(customer, qty), split_part(dt, '-', qty) FROM orders ORDER BY order_id
SELECT CAST(qty AS tinyint), CAST(amount AS integer), CAST(customer AS varchar(2)), CAST(CAST(qty AS varchar) AS bigint), CAST(amount AS decimal(6,1)) FROM orders ORDER BY order_id
SELECT bitwise_left_shift(qty, 1), to_base(qty, 2), width_bucket(qty, 0, 10, 5), format('%05.1f', amount) FROM orders WHERE amount IS NOT NULL ORDER BY order_id
SELECT CASE WHEN qty > 2 THEN NULL ELSE customer END, IF(qty > 2, NULL, qty) FROM orders ORDER BY order_id
SELECT coalesce(tags, ARRAY['none']), coalesce(attrs, MAP()) FROM orders WHERE order_id = 4
SELECT order_id, json_array_length(js), json_extract(js, '$.items[0]') FROM orders ORDER BY order_id
SELECT order_id, CAST(tags AS json), CAST(attrs AS json), CAST(addr AS json) FROM orders ORDER BY order_id
SELECT order_id, array_join(map_keys(attrs), ','), map_filter(attrs, (k, v) -> k = 'k') FROM orders ORDER BY order_id
SELECT order_id, addr.city || ' ' || addr.zip FROM orders WHERE addr IS NOT NULL ORDER BY addr.zip
SELECT addr FROM orders WHERE addr = ROW('Paris', '75001')
SELECT tags FROM orders WHERE tags = ARRAY['b']
SELECT tags, count(*) FROM orders GROUP BY tags ORDER BY count(*), cardinality(tags)
SELECT addr.city, count(*) FROM orders GROUP BY addr.city ORDER BY 1 NULLS FIRST
SELECT count(DISTINCT tags), count(DISTINCT addr) FROM orders
SELECT customer, approx_distinct(region), count(DISTINCT region) FROM orders GROUP BY 1 ORDER BY 1
SELECT order_id, format_datetime(ts, 'yyyy-MM-dd'), date_format(ts, '%W') FROM orders ORDER BY order_id
SELECT order_id, ts AT TIME ZONE 'America/New_York', to_iso8601(ts) FROM orders ORDER BY order_id
SELECT order_id, regexp_extract(dt, '(\d+)-(\d+)', 2), regexp_replace(dt, '-', '') FROM orders ORDER BY order_id
SELECT order_id, url_encode(customer), md5(to_utf8(customer)), to_hex(to_utf8(region)) FROM orders ORDER BY order_id
SELECT order_id, from_unixtime(order_id * 86400), date_add('month', order_id, order_date) FROM orders ORDER BY order_id
SELECT order_id, date_trunc('quarter', order_date), extract(WEEK FROM order_date), last_day_of_month(order_date) FROM orders ORDER BY order_id
SELECT max(qty) - min(qty), sum(qty) % 4, -sum(qty), abs(-sum(qty)) FROM orders
SELECT customer, max(amount) FILTER (WHERE qty < 3), min(order_date) FROM orders GROUP BY customer ORDER BY customer
SELECT count(*) FROM (SELECT DISTINCT customer, region FROM orders)
SELECT customer, first_value(order_id) OVER (PARTITION BY customer ORDER BY qty DESC), qty * 100.0 / sum(qty) OVER (PARTITION BY customer) FROM orders ORDER BY 1, 3
SELECT order_id, avg(amount) OVER (ORDER BY order_id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), sum(CAST(qty AS decimal(5,2))) OVER (ORDER BY order_id) FROM orders ORDER BY 1
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(id, name) WHERE name LIKE '%b%' OR id = 1 ORDER BY id
SELECT x, x IS NULL, coalesce(x, 'n') FROM (VALUES 'a', NULL) t(x) ORDER BY x NULLS FIRST
SELECT l.id, r.id FROM (VALUES 1, 2, NULL) l(id) JOIN (VALUES 2, NULL) r(id) ON l.id IS NOT DISTINCT FROM r.id ORDER BY 1
SELECT a.x FROM (VALUES 1, 2) a(x) WHERE a.x NOT IN (SELECT y FROM (VALUES 2, NULL) b(y))
SELECT n, IF(n % 15 = 0, 'FizzBuzz', IF(n % 5 = 0, 'Buzz', IF(n % 3 = 0, 'Fizz', CAST(n AS varchar)))) FROM UNNEST(sequence(9, 15)) t(n)
WITH RECURSIVE tree(id, parent, depth) AS (SELECT 1, 0, 0 UNION ALL SELECT c.id, c.parent, t.depth + 1 FROM tree t JOIN (VALUES (2, 1), (3, 1), (4, 2)) c(id, parent) ON c.parent = t.id) SELECT * FROM tree ORDER BY id
SELECT CAST(ROW(order_id, customer) AS ROW(a varchar, b varchar)).a FROM orders ORDER BY 1
SELECT sum(order_id * qty), sum(amount * qty) / sum(qty) FROM orders
SELECT DATE '2024-01-01' + INTERVAL '1' DAY * order_id FROM orders ORDER BY 1
SELECT concat(ARRAY[order_id], ARRAY[qty]), ARRAY[order_id] || qty FROM orders ORDER BY order_id
SELECT contains(ARRAY['alice', 'bob'], customer), array_position(ARRAY['alice', 'bob'], customer) FROM orders ORDER BY order_id
SELECT greatest(qty, order_id), least(amount, qty), greatest(customer, region) FROM orders ORDER BY order_id
SELECT truncate(amount), round(amount, 1), floor(amount / 3), ceil(amount / 3), sqrt(amount), power(qty, 2) FROM orders ORDER BY order_id
SELECT typeof(qty * 1.5), typeof(amount * 1.5), typeof(qty / 2), typeof(sum(qty) OVER ()), typeof(order_id + qty) FROM orders LIMIT 1
SELECT unknown_col IS NULL FROM (SELECT NULL AS unknown_col)
SELECT 1 FROM orders WHERE false GROUP BY customer
SELECT count(*), max(qty), array_agg(qty) FROM orders WHERE false
