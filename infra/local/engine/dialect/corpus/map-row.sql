SELECT MAP(ARRAY['a', 'b'], ARRAY[1, 2]), MAP(), MAP(ARRAY['a'], ARRAY[NULL]), cardinality(MAP(ARRAY['a'], ARRAY[1]))
SELECT MAP(ARRAY['a'], ARRAY[1])['a'], element_at(MAP(ARRAY['a'], ARRAY[1]), 'b'), element_at(attrs, 'k') FROM orders WHERE order_id = 1
SELECT map_keys(MAP(ARRAY['a', 'b'], ARRAY[1, 2])), map_values(MAP(ARRAY['a', 'b'], ARRAY[1, 2])), map_entries(MAP(ARRAY[1], ARRAY['x']))
SELECT map_from_entries(ARRAY[ROW('x', 1), ROW('y', 2)]), map_from_entries(ARRAY[('a', 1)])['a']
SELECT map_concat(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['b'], ARRAY[2])), map_concat(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['a'], ARRAY[9]))
SELECT map_filter(MAP(ARRAY[10, 20, 30], ARRAY['a', NULL, 'c']), (k, v) -> v IS NOT NULL), map_filter(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> v > 1)
SELECT transform_keys(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> k || '!'), transform_values(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> v * 10)
SELECT map_zip_with(MAP(ARRAY[1, 2], ARRAY['a', 'b']), MAP(ARRAY[1, 2], ARRAY['x', 'y']), (k, v1, v2) -> v1 || v2)
SELECT multimap_from_entries(ARRAY[(1, 'x'), (2, 'y'), (1, 'z')])
SELECT MAP(ARRAY[1], ARRAY[2]) = MAP(ARRAY[1], ARRAY[2]), MAP(ARRAY[1], ARRAY[2]) = MAP(ARRAY[1], ARRAY[3])
SELECT typeof(MAP(ARRAY['a'], ARRAY[1])), typeof(MAP(ARRAY[1], ARRAY[1.5])), typeof(map_entries(MAP(ARRAY[1], ARRAY['x'])))
SELECT CAST(MAP(ARRAY['1'], ARRAY['2']) AS map(integer, bigint))
SELECT ROW(1, 'a'), (1, 'a'), typeof(ROW(1, 'a')), ROW(1, 2)[2], CAST(ROW(1, 'a') AS ROW(x bigint, y varchar))
SELECT CAST(ROW(1, 'a') AS ROW(x integer, y varchar)).y, CAST(ROW(1, ROW(2, 3)) AS ROW(a integer, b ROW(c integer, d integer))).b.d
SELECT orders.addr.city, addr.zip, addr FROM orders WHERE order_id < 4 ORDER BY order_id
SELECT ROW(1, 2) = ROW(1, 2), ROW(1, 2) = ROW(1, 3), ROW(1, 2) < ROW(1, 3), ROW(1, NULL) = ROW(1, NULL), (1, 2) IN ((1, 2), (3, 4))
SELECT customer, region FROM orders WHERE (customer, region) IN (('alice', 'EU'), ('bob', 'XX')) ORDER BY order_id
SELECT t.r.* FROM (SELECT CAST(ROW(1, 'a') AS ROW(x integer, y varchar)) AS r) t
SELECT t.r.x, r.y FROM (SELECT CAST(ROW(1, 'a') AS ROW(x integer, y varchar)) AS r) t
SELECT attrs FROM orders WHERE order_id <> 2 ORDER BY order_id
SELECT order_id, k, v FROM orders CROSS JOIN UNNEST(attrs) AS t(k, v) ORDER BY 1, 2
SELECT ROW(NULL, 1), ROW(1) IS NULL, CAST(NULL AS ROW(a integer)).a
SELECT array_agg(ROW(order_id, customer) ORDER BY order_id) FROM orders WHERE order_id < 3
SELECT map_agg(k, v) FROM (VALUES ('a', 1), ('b', 2)) t(k, v)
