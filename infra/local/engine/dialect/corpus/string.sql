SELECT 'a' || 'b', concat('a', 'b', 'c'), concat('a', NULL), 'x' || NULL, typeof('a' || 'b')
SELECT length('héllo'), length(''), lower('ÀB'), upper('éa'), reverse('abc'), char_length FROM (VALUES 1) t(char_length)
SELECT substr('hello', 2), substr('hello', 2, 3), substr('hello', -3), substr('hello', -3, 2), substr('hello', 0), substr('hello', 10), substring('hello' FROM 2 FOR 2)
SELECT trim('  a '), ltrim('  a '), rtrim(' a  '), trim(BOTH 'x' FROM 'xxaxx'), trim(LEADING 'x' FROM 'xxa'), trim(TRAILING 'x' FROM 'axx'), trim('xya', 'xy')
SELECT lpad('7', 3, '0'), rpad('a', 3, 'xy'), lpad('hello', 2, 'x'), rpad('', 2, 'z')
SELECT replace('aXbX', 'X'), replace('aXbX', 'X', 'yy'), replace('abc', '', '-')
SELECT position('l' IN 'hello'), strpos('hello', 'l'), strpos('hello', 'z'), strpos('hello', 'l', 2), strpos('hello', 'l', -1)
SELECT split('a,b,c', ','), split('a,b,c', ',', 2), split_part('a,b,c', ',', 2), split_part('a,b', ',', 5)
SELECT split_to_map('a=1,b=2', ',', '='), split_to_multimap('a=1,a=2,b=3', ',', '=')
SELECT starts_with('hello', 'he'), starts_with('hello', 'lo'), translate('abcd', 'abc', 'xy'), chr(65), codepoint('A'), chr(8364)
SELECT levenshtein_distance('kitten', 'sitting'), hamming_distance('abc', 'abd'), soundex('Robert'), soundex('Rupert')
SELECT luhn_check('79927398713'), luhn_check('79927398714'), normalize('é', NFD) = 'é', normalize('e')
SELECT concat_ws(',', 'a', NULL, 'b'), concat_ws(',', ARRAY['x', NULL, 'y']), concat_ws('-', 'only')
SELECT 'abc' LIKE 'a%', 'abc' LIKE '_b_', 'abc' LIKE 'b%', 'a%c' LIKE 'a\%c' ESCAPE '\', 'abc' NOT LIKE 'x%', NULL LIKE 'a'
SELECT 'a' < 'b', 'a' < 'B', 'abc' = 'ABC', 'a' <> 'a ', '' IS NULL
SELECT CAST('abc' AS char(5)), length(CAST('abc' AS char(5))), CAST('abc' AS char(5)) = 'abc', CAST('a' AS char(3)) || 'b', typeof(CAST('a' AS char(3)))
SELECT CAST('hello' AS varchar(2)), typeof(CAST('hello' AS varchar(2))), typeof('hello'), typeof(upper('abc')), typeof(substr('hello', 2))
SELECT format('%s is %d years', 'Al', 42), format('%.2f', 3.14159e0), format('%05d', 42), format('%,d', 1234567), format('%x', 255), format('%10s|%-5s|', 'a', 'b'), format('%b', true), format('%.1f', 2.25)
SELECT format('%%'||'%s', 1), format('%e', 12345.678e0), format('%+d', 5)
SELECT upper(customer), length(customer), customer || '-' || region FROM orders ORDER BY order_id
SELECT customer FROM orders WHERE customer LIKE 'a%' OR customer LIKE '%o_' ORDER BY order_id
SELECT 'it''s', 'a"b', '\n', '?'
SELECT word FROM UNNEST(split('the quick fox', ' ')) t(word) ORDER BY length(word), word
SELECT to_utf8('é'), from_utf8(to_utf8('é')), from_utf8(X'61ff62'), from_utf8(X'61ff62', '?')
SELECT hamming_distance('', ''), levenshtein_distance('', 'abc'), reverse('')
SELECT substr('日本語', 2, 1), length('日本語'), strpos('日本語', '語'), lpad('語', 3, '日')
SELECT char_col, typeof(char_col) FROM (VALUES CAST('x' AS char(4))) t(char_col)
SELECT coalesce(NULL, 'a'), nullif('a', 'a'), nullif('a', 'b'), if(1 = 1, 'y'), if(1 = 2, 'y'), if(false, 1, 2)
SELECT customer, substr(customer, 1, 1), upper(substr(customer, 1, 1)) || substr(customer, 2) FROM orders ORDER BY order_id
SELECT split_part(dt, '-', 1), CAST(split_part(dt, '-', 2) AS integer) FROM orders ORDER BY order_id
SELECT concat(customer, ':', CAST(qty AS varchar)) FROM orders ORDER BY order_id
SELECT length(trim(concat(' ', customer, ' '))) FROM orders ORDER BY order_id
SELECT replace(dt, '-', '/'), reverse(dt), strpos(dt, '-') FROM orders WHERE order_id = 1
SELECT lower('ABC') = 'abc', upper(NULL), trim(NULL), length(NULL), concat('a', 'b') = 'ab'
SELECT array_join(array_agg(customer ORDER BY order_id), '|') FROM orders
SELECT rpad(customer, 6, '.'), lpad(CAST(qty AS varchar), 3, '0') FROM orders ORDER BY order_id
SELECT customer LIKE '%li%', customer NOT LIKE 'b%', region LIKE '__' FROM orders ORDER BY order_id
SELECT format('%s-%03d', customer, qty) FROM orders ORDER BY order_id
SELECT transform(split('1,2,3', ','), x -> CAST(x AS integer) * 2)
SELECT '' = '', length(' '), ' a' < 'a', 'Z' < 'a', 'é' > 'z'
