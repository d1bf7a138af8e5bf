SELECT * FROM customers ORDER BY name
SELECT o.order_id, c.tier FROM orders o JOIN customers c ON o.customer = c.name ORDER BY 1
SELECT o.order_id, c.tier FROM orders o LEFT JOIN customers c ON o.customer = c.name ORDER BY 1
SELECT o.order_id, c.name FROM orders o RIGHT JOIN customers c ON o.customer = c.name AND o.qty > 4 ORDER BY 1, 2
SELECT a.x, b.y FROM (VALUES 1, 2) a(x) FULL JOIN (VALUES 2, 3) b(y) ON a.x = b.y ORDER BY 1, 2
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) l(id, x) JOIN (VALUES (1, 'c')) r(id, y) USING (id)
SELECT id, x, y FROM (VALUES (1, 'a'), (2, 'b')) l(id, x) FULL JOIN (VALUES (1, 'c'), (3, 'd')) r(id, y) USING (id) ORDER BY id
SELECT count(*) FROM orders CROSS JOIN customers
SELECT count(*) FROM orders, customers WHERE customer = name
SELECT order_id, tag, n FROM orders CROSS JOIN UNNEST(tags) WITH ORDINALITY AS t(tag, n) ORDER BY 1, 3
SELECT o.order_id, t.tag FROM orders o LEFT JOIN UNNEST(o.tags) AS t(tag) ON true ORDER BY 1, 2
SELECT a, b FROM UNNEST(ARRAY[1, 2, 3], ARRAY['x', 'y']) AS t(a, b) ORDER BY 1
SELECT * FROM UNNEST(ARRAY[ROW(1, 'a'), ROW(2, 'b')]) AS t(n, s) ORDER BY n
SELECT k, v FROM UNNEST(MAP(ARRAY['a', 'b'], ARRAY[1, 2])) AS t(k, v) ORDER BY k
SELECT name, t.s FROM customers c CROSS JOIN LATERAL (SELECT sum(qty) s FROM orders o WHERE o.customer = c.name) t ORDER BY 1
SELECT name, (SELECT count(*) FROM orders o WHERE o.customer = c.name) FROM customers c ORDER BY 1
SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer = c.name AND o.qty > 1) ORDER BY 1
SELECT customer FROM orders WHERE customer NOT IN (SELECT name FROM customers)
SELECT (SELECT max(qty) FROM orders), (SELECT 1 WHERE false)
WITH t AS (SELECT 1 AS a), u(b) AS (SELECT a + 1 FROM t) SELECT a, b FROM t, u
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n), count(*) FROM t
WITH RECURSIVE f(n, a, b) AS (VALUES (1, 0, 1) UNION ALL SELECT n + 1, b, a + b FROM f WHERE n < 6) SELECT n, a FROM f ORDER BY n
SELECT 1 AS a UNION ALL SELECT 2.5 ORDER BY a DESC
SELECT customer FROM orders EXCEPT SELECT name FROM customers
SELECT customer FROM orders INTERSECT SELECT name FROM customers ORDER BY 1
SELECT x FROM (VALUES 1, 1, 2) t(x) EXCEPT ALL SELECT 1 ORDER BY x
SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 2 INTERSECT SELECT 2 ORDER BY 1
(SELECT 2) UNION (SELECT 1) ORDER BY 1 LIMIT 1
VALUES (1, 'a'), (2, NULL) ORDER BY 1 DESC
VALUES 1, 2.5, 3
TABLE customers
SELECT * FROM (VALUES (1, 'a', true)) AS t(x, y, z)
SELECT t.* FROM (VALUES (1, 2)) t(a, b), (VALUES 3) u(c)
SELECT order_id FROM orders ORDER BY order_id OFFSET 1 LIMIT 2
SELECT order_id FROM orders ORDER BY order_id OFFSET 1 ROW FETCH FIRST 2 ROWS ONLY
SELECT qty FROM (VALUES 1, 2, 2, 3) t(qty) ORDER BY qty FETCH FIRST 2 ROWS WITH TIES
SELECT order_id FROM orders ORDER BY order_id LIMIT ALL
SELECT amount FROM orders ORDER BY amount
SELECT amount FROM orders ORDER BY amount DESC
SELECT amount FROM orders ORDER BY amount NULLS FIRST
SELECT region, amount FROM orders ORDER BY region DESC NULLS LAST, amount
SELECT customer AS c FROM orders ORDER BY c, order_id
SELECT qty * 2 AS q FROM orders ORDER BY q + 1, order_id
SELECT customer FROM orders ORDER BY qty DESC
SELECT DISTINCT customer, region FROM orders ORDER BY 1
SELECT DISTINCT qty % 2 FROM orders ORDER BY qty % 2
SELECT ORDER_ID, Customer FROM ORDERS WHERE Region = 'EU' ORDER BY order_id
SELECT "order_id", o."customer" FROM orders AS o WHERE o.order_id = 1
SELECT orders.order_id, default.orders.qty FROM default.orders WHERE orders.order_id = 2
SELECT awsdatacatalog.default.orders.qty FROM awsdatacatalog.default.orders WHERE order_id = 2
SELECT count(*) FROM orders TABLESAMPLE BERNOULLI (100)
SELECT 1 AS "select", 2 AS "Two Words", 3 x
SELECT 1, 'a', qty + 1, count(*) OVER () FROM orders WHERE order_id = 1
SELECT a.order_id, b.order_id FROM orders a JOIN orders b ON a.customer = b.customer AND a.order_id < b.order_id
SELECT x, y FROM (SELECT qty AS x, qty * 2 AS y FROM orders WHERE order_id < 3) ORDER BY x
SELECT o.customer, sum(o.amount) FROM orders o INNER JOIN customers c ON c.name = o.customer WHERE c.tier = 'gold' GROUP BY o.customer
SELECT * FROM (SELECT 1 AS a, 2 AS a) t
SELECT sum(x) FROM (SELECT qty AS x FROM orders UNION ALL SELECT order_id FROM orders)
SELECT n FROM UNNEST(sequence(1, 3)) t(n) WHERE n > 1
SELECT c.name, x FROM customers c CROSS JOIN UNNEST(ARRAY[1, 2]) t(x) WHERE c.tier = 'gold' ORDER BY x
SELECT customer, cnt FROM (SELECT customer, count(*) cnt FROM orders GROUP BY customer) WHERE cnt > 1
WITH o AS (SELECT * FROM orders WHERE qty > 1) SELECT o1.order_id FROM o o1 JOIN o o2 ON o1.order_id = o2.order_id ORDER BY 1
SELECT order_id, (SELECT tier FROM customers WHERE name = customer) FROM orders ORDER BY 1
SELECT count(*) FROM orders o WHERE qty = (SELECT max(qty) FROM orders i WHERE i.customer = o.customer)
SELECT t.a FROM (VALUES ROW(1, 'x')) AS t(a, b)
SELECT 'a' AS x, count(*) FROM orders GROUP BY 1
SELECT 1 /* another */ + 1 -- a comment
SELECT a, b FROM (VALUES (1, 'x'), (NULL, 'y')) t(a, b) WHERE a IS NULL
SELECT sum(a) FROM (VALUES 1, NULL, 3) t(a)
SELECT x FROM (SELECT 1 AS x UNION SELECT 1 UNION SELECT NULL) ORDER BY x
SELECT a.n, b.n FROM UNNEST(ARRAY[1, 2]) a(n) LEFT JOIN UNNEST(ARRAY[2, 3]) b(n) ON a.n = b.n ORDER BY 1
SELECT customer, count(*) FROM orders GROUP BY customer ORDER BY count(*) DESC, customer LIMIT 1
SELECT order_id FROM orders WHERE (qty, customer) = (5, 'alice')
SELECT c.name, o.n FROM customers c LEFT JOIN (SELECT customer, count(*) n FROM orders GROUP BY 1) o ON o.customer = c.name ORDER BY 1
SELECT DISTINCT c.tier, o.region FROM customers c JOIN orders o ON o.customer = c.name ORDER BY 1, 2
SELECT (SELECT sum(qty) FROM orders o WHERE o.customer = c.name AND o.qty > 1) FROM customers c ORDER BY c.name
SELECT name FROM customers WHERE name IN (SELECT customer FROM orders WHERE region = 'EU')
SELECT name FROM customers WHERE tier = 'gold' UNION ALL SELECT customer FROM orders WHERE qty = 1 ORDER BY 1
WITH a AS (SELECT 1 x), b AS (SELECT x + 1 x FROM a), c AS (SELECT * FROM a UNION ALL SELECT * FROM b) SELECT sum(x) FROM c
WITH t(x) AS (VALUES 1, 2, 3) SELECT a.x, b.x FROM t a JOIN t b ON a.x + 1 = b.x ORDER BY 1
SELECT * FROM (VALUES 1, 2) t(a) CROSS JOIN (VALUES 'x') u(b) ORDER BY a
SELECT order_id, CASE region WHEN 'EU' THEN 'Europe' WHEN 'US' THEN 'America' ELSE '?' END FROM orders ORDER BY order_id
SELECT count(*), count(region), count(DISTINCT region) FROM orders WHERE amount > 0
SELECT max(total) FROM (SELECT sum(qty) AS total FROM orders GROUP BY customer)
SELECT customer, sum(qty) FROM orders WHERE region IS NOT NULL GROUP BY customer HAVING sum(qty) > 1 ORDER BY 2 DESC
SELECT o.* FROM orders o WHERE o.order_id = 4
SELECT t.customer FROM (SELECT * FROM orders WHERE qty = 1) t
SELECT order_id, total FROM (SELECT order_id, qty * amount AS total FROM orders) WHERE total > 100 ORDER BY total
SELECT x.a + y.a FROM (VALUES 1) x(a) JOIN (VALUES 2) y(a) ON x.a < y.a
SELECT n, sum(n) OVER (ORDER BY n) FROM UNNEST(sequence(1, 4)) t(n)
SELECT k, count(*) FROM orders CROSS JOIN UNNEST(map_keys(attrs)) u(k) GROUP BY k ORDER BY k
SELECT order_id, (SELECT count(*) FROM UNNEST(tags)) FROM orders ORDER BY order_id
SELECT e.a, e.b FROM UNNEST(CAST(json_parse('[{"a":1,"b":"x"}]') AS array(row(a integer, b varchar)))) e(a, b)
