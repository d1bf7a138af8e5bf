SELECT true AND NULL, false AND NULL, true OR NULL, NULL OR NULL, NOT NULL, NOT true
SELECT NULL = NULL, NULL <> 1, 1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL, 1 IS DISTINCT FROM 1
SELECT 1 IN (1, 2), 3 NOT IN (1, 2), NULL IN (1), 1 IN (NULL, 2), 1 NOT IN (NULL, 2), 'a' IN ('a', 'b')
SELECT NULL IS NULL, 1 IS NOT NULL, amount IS NULL FROM orders ORDER BY order_id
SELECT CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END, CASE WHEN false THEN 1 END, CASE WHEN NULL THEN 1 ELSE 2 END, CASE 1 WHEN 1.0 THEN 'same' END
SELECT coalesce(NULL, NULL, 3), nullif(1, 1), nullif(1, 2), if(NULL, 1, 2), coalesce(amount, 0) FROM orders WHERE order_id = 4
SELECT 1 < 2, 2 <= 2, 3 > 4, 3 >= 3, 1 <> 2, 1 != 1
SELECT EXISTS (SELECT 1 FROM orders WHERE qty > 100), EXISTS (SELECT 1), NOT EXISTS (SELECT 1 WHERE false)
SELECT 1 = ANY (SELECT qty FROM orders), 1 = ALL (SELECT qty FROM orders), 0 < ALL (SELECT qty FROM orders), 5 >= SOME (SELECT qty FROM orders)
SELECT qty IN (SELECT 1 UNION SELECT 2), qty NOT IN (SELECT 5) FROM orders ORDER BY order_id
SELECT count(*) FROM orders WHERE NOT (region = 'EU')
SELECT count(*) FROM orders WHERE region = 'EU' OR amount IS NULL AND qty = 3
SELECT true = true, true > false, (1 = 1) = (2 = 2)
SELECT order_id FROM orders WHERE NULL
SELECT 1 WHERE true AND (false OR NOT false)
SELECT greatest(true, false), least('b', 'a', 'c'), greatest(1.5, 2)
SELECT order_id FROM orders WHERE amount BETWEEN 20 AND 60 ORDER BY 1
SELECT order_id FROM orders WHERE region <> 'EU' ORDER BY 1
SELECT order_id FROM orders WHERE region IS DISTINCT FROM 'EU' ORDER BY 1
SELECT order_id FROM orders WHERE customer IN ('bob', 'carol') AND qty < 3
SELECT order_id FROM orders WHERE NOT (customer = 'alice' OR qty = 3)
SELECT order_id FROM orders WHERE customer || region = 'aliceEU' ORDER BY 1
SELECT order_id FROM orders WHERE ts > TIMESTAMP '2024-01-16 00:00:00' ORDER BY 1
SELECT order_id FROM orders WHERE order_date = DATE '2024-02-01' OR ts IS NULL ORDER BY 1
SELECT order_id FROM orders WHERE try(1 / (qty - 1)) > 0 ORDER BY 1
SELECT if(qty > 2, 'many', 'few'), count(*) FROM orders GROUP BY 1 ORDER BY 1
SELECT order_id, coalesce(region, 'none'), nullif(customer, 'alice') FROM orders ORDER BY 1
SELECT order_id FROM orders WHERE coalesce(region, '') = '' ORDER BY 1
SELECT qty = 5 AND amount < 30, qty = 5 OR amount < 30 FROM orders ORDER BY order_id
SELECT CASE WHEN qty > 3 THEN 'big' WHEN qty > 1 THEN 'middle' ELSE 'small' END AS size, sum(qty) FROM orders GROUP BY 1 ORDER BY 1
