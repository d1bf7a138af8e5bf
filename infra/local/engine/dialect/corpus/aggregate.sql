SELECT count(*), count(amount), count(DISTINCT customer), sum(qty), sum(amount), avg(amount), avg(qty) FROM orders
SELECT min(amount), max(amount), min(order_date), max(ts), min(customer), max(qty) FROM orders
SELECT region, count(*) AS n, sum(amount) AS total FROM orders GROUP BY region ORDER BY region NULLS FIRST
SELECT customer, max_by(order_id, qty), min_by(order_id, qty) FROM orders GROUP BY customer ORDER BY 1
SELECT array_agg(order_id ORDER BY order_id DESC), array_agg(DISTINCT customer ORDER BY customer) FROM orders
SELECT array_agg(amount ORDER BY order_id) FROM orders
SELECT count_if(amount > 30), bool_and(qty > 0), bool_or(qty > 4), every(qty > 1) FROM orders
SELECT histogram(customer)['alice'], cardinality(histogram(region)) FROM orders
SELECT map_agg(order_id, qty)[3], element_at(map_agg(customer, region), 'bob') FROM orders
SELECT multimap_agg(customer, order_id)['bob'] FROM orders
SELECT approx_distinct(customer), approx_distinct(region) FROM orders
SELECT approx_percentile(qty, 0.5), approx_percentile(amount, 0.5) FROM orders WHERE amount IS NOT NULL
SELECT cardinality(approx_percentile(qty, ARRAY[0.25, 0.75])), approx_percentile(qty, ARRAY[0.5])  FROM orders WHERE qty = 5
SELECT round(stddev(qty), 6), round(stddev_pop(qty), 6), round(variance(qty), 6), round(var_pop(qty), 6) FROM orders
SELECT round(corr(order_id, qty), 6), round(covar_pop(order_id, qty), 6), round(covar_samp(order_id, qty), 6) FROM orders
SELECT round(regr_slope(qty, order_id), 6), round(regr_intercept(qty, order_id), 6) FROM orders
SELECT round(skewness(qty), 6), round(kurtosis(qty), 6) FROM orders
SELECT round(geometric_mean(qty), 6) FROM orders
SELECT bitwise_and_agg(qty), bitwise_or_agg(qty) FROM orders
SELECT sum(qty) FILTER (WHERE region = 'EU'), count(*) FILTER (WHERE amount IS NULL) FROM orders
SELECT sum(DISTINCT qty), avg(DISTINCT qty) FROM orders
SELECT listagg(customer, ',') WITHIN GROUP (ORDER BY order_id) FROM orders
SELECT listagg(DISTINCT customer, ';') WITHIN GROUP (ORDER BY customer) FROM orders
SELECT arbitrary(region), any_value(customer) FROM orders WHERE order_id = 1
SELECT max(qty, 2), min(qty, 2) FROM orders
SELECT max_by(customer, qty, 2) FROM orders
SELECT sum(x), typeof(sum(x)), avg(x), typeof(avg(x)) FROM (VALUES 1.50, 2.25) t(x)
SELECT sum(x), avg(x) FROM (VALUES REAL '1.5', REAL '2.5') t(x)
SELECT sum(x), count(x), avg(x), min(x), array_agg(x) FROM (VALUES 1) t(x) WHERE x > 1
SELECT sum(CAST(x AS tinyint)) FROM (VALUES 100, 100) t(x)
SELECT region, customer, count(*) FROM orders GROUP BY GROUPING SETS ((region), (customer), ()) ORDER BY 1, 2, 3
SELECT region, customer, sum(qty), grouping(region, customer) FROM orders GROUP BY CUBE (region, customer) ORDER BY 4, 1, 2
SELECT region, customer, sum(qty) FROM orders GROUP BY ROLLUP (region, customer) ORDER BY 3, 1, 2
SELECT substr(dt, 1, 7) AS month, count(*) FROM orders GROUP BY 1 ORDER BY 1
SELECT substr(dt, 1, 7) AS month, count(*) FROM orders GROUP BY substr(dt, 1, 7) ORDER BY month DESC
SELECT customer FROM orders GROUP BY customer HAVING count(*) > 1
SELECT count(*) FROM orders HAVING count(*) > 3
SELECT qty % 2 = 0, count(*) FROM orders GROUP BY qty % 2 = 0 ORDER BY 1
SELECT count(*) + 1, sum(qty) / count(*), CAST(sum(qty) AS double) / count(*) FROM orders
SELECT upper(customer), sum(qty) FROM orders GROUP BY customer ORDER BY sum(qty) DESC, customer
SELECT checksum(customer) IS NOT NULL FROM orders
SELECT map_union(attrs) IS NOT NULL, cardinality(map_union(attrs)) FROM orders
SELECT sum(i) FROM (VALUES INTERVAL '1' DAY, INTERVAL '2' HOUR) t(i)
SELECT DISTINCT region FROM orders ORDER BY region
SELECT count(DISTINCT (customer, region)) FROM orders
SELECT customer, array_agg(amount ORDER BY amount DESC NULLS LAST) FROM orders GROUP BY customer ORDER BY customer
SELECT min(tags), max(ARRAY[qty]) FROM orders
SELECT sum(qty * amount) FROM orders WHERE region IN ('EU', 'US')
SELECT max(order_date) - min(order_date) FROM orders
SELECT avg(qty) > 2 AND count(*) = 4 FROM orders
