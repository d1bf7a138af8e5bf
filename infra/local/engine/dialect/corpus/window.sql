SELECT order_id, row_number() OVER (ORDER BY order_id DESC), rank() OVER (ORDER BY customer), dense_rank() OVER (ORDER BY customer) FROM orders ORDER BY order_id
SELECT order_id, lag(amount) OVER (ORDER BY order_id), lead(qty, 1, 0) OVER (ORDER BY order_id), lag(qty, 2) OVER (ORDER BY order_id) FROM orders ORDER BY 1
SELECT order_id, first_value(qty) OVER (PARTITION BY customer ORDER BY order_id), last_value(qty) OVER (PARTITION BY customer ORDER BY order_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM orders ORDER BY 1
SELECT order_id, nth_value(qty, 2) OVER (ORDER BY order_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM orders ORDER BY 1
SELECT order_id, ntile(2) OVER (ORDER BY order_id), percent_rank() OVER (ORDER BY qty), cume_dist() OVER (ORDER BY qty) FROM orders ORDER BY 1
SELECT order_id, sum(qty) OVER (ORDER BY order_id), sum(qty) OVER (), avg(qty) OVER (PARTITION BY region), count(*) OVER (PARTITION BY region) FROM orders ORDER BY 1
SELECT order_id, sum(amount) OVER (ORDER BY order_id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM orders ORDER BY 1
SELECT order_id, sum(qty) OVER (ORDER BY order_id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), max(qty) OVER (ORDER BY order_id ROWS 2 PRECEDING) FROM orders ORDER BY 1
SELECT order_id, sum(qty) OVER (ORDER BY order_date RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM orders ORDER BY 1
SELECT order_id, sum(qty) OVER (ORDER BY qty RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM orders ORDER BY 1
SELECT order_id, count(*) OVER (ORDER BY customer GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM orders ORDER BY 1
SELECT order_id, lag(amount) IGNORE NULLS OVER (ORDER BY order_id DESC), last_value(amount) IGNORE NULLS OVER (ORDER BY order_id) FROM orders ORDER BY 1
SELECT order_id, sum(qty) OVER w, avg(qty) OVER w FROM orders WINDOW w AS (PARTITION BY customer ORDER BY order_id) ORDER BY 1
SELECT customer, sum(qty) AS q, rank() OVER (ORDER BY sum(qty) DESC) FROM orders GROUP BY customer ORDER BY 2, 1
SELECT order_id, qty - avg(qty) OVER (), array_agg(qty) OVER (ORDER BY order_id) FROM orders ORDER BY 1
SELECT * FROM (SELECT order_id, row_number() OVER (PARTITION BY customer ORDER BY order_id DESC) AS rn FROM orders) WHERE rn = 1 ORDER BY order_id
SELECT order_id, max_by(customer, qty) OVER (ORDER BY order_id), min(customer) OVER (ORDER BY order_id) FROM orders ORDER BY 1
SELECT order_id, row_number() OVER (ORDER BY amount NULLS FIRST), row_number() OVER (ORDER BY amount DESC) FROM orders ORDER BY 1
SELECT order_id, count(amount) OVER (PARTITION BY region ORDER BY order_id), typeof(sum(qty) OVER ()) FROM orders ORDER BY 1
