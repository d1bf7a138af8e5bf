SELECT DATE '2024-01-15', TIMESTAMP '2024-01-15 10:30:00', TIMESTAMP '2024-01-15 10:30:00.123', TIME '10:30:00', typeof(TIMESTAMP '2024-01-15 10:30:00.123456')
SELECT year(DATE '2024-02-29'), month(DATE '2024-02-29'), day(DATE '2024-02-29'), quarter(DATE '2024-02-29'), week(DATE '2024-12-30'), day_of_week(DATE '2024-01-14'), day_of_year(DATE '2024-12-31'), year_of_week(DATE '2024-12-30')
SELECT hour(ts), minute(ts), second(ts), millisecond(ts) FROM orders WHERE order_id = 1
SELECT extract(YEAR FROM DATE '2024-01-15'), extract(DOW FROM DATE '2024-01-14'), extract(HOUR FROM TIMESTAMP '2024-01-15 10:30:00'), extract(DOY FROM DATE '2024-02-01'), extract(WEEK FROM DATE '2024-01-08')
SELECT DATE '2024-01-31' + INTERVAL '1' MONTH, DATE '2024-03-31' - INTERVAL '1' MONTH, DATE '2024-01-15' + INTERVAL '10' DAY, INTERVAL '1' YEAR + DATE '2024-02-29'
SELECT TIMESTAMP '2024-01-31 00:00:00' - INTERVAL '36' HOUR, TIMESTAMP '2024-01-31 12:00:00' + INTERVAL '1' MONTH, TIME '10:00:00' + INTERVAL '3' HOUR
SELECT TIMESTAMP '2024-01-02 00:00:00' - TIMESTAMP '2024-01-01 12:30:00', DATE '2024-01-15' - DATE '2024-01-10'
SELECT INTERVAL '1' DAY + INTERVAL '2' HOUR, INTERVAL '3' DAY * 2, 2 * INTERVAL '1' YEAR, INTERVAL '1' DAY / 2, -INTERVAL '1' DAY, INTERVAL '-1' MONTH
SELECT INTERVAL '1' YEAR, INTERVAL '14' MONTH, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1 02:03:04.567' DAY TO SECOND, INTERVAL '90' MINUTE, INTERVAL '1.5' SECOND
SELECT date_trunc('month', DATE '2024-02-15'), date_trunc('week', DATE '2024-02-15'), date_trunc('hour', TIMESTAMP '2024-02-15 10:30:45'), date_trunc('quarter', TIMESTAMP '2024-05-15 10:30:45'), date_trunc('year', DATE '2024-02-15')
SELECT date_add('day', 7, DATE '2024-01-15'), date_add('month', -1, DATE '2024-03-31'), date_add('hour', 3, TIMESTAMP '2024-01-15 23:00:00'), date_add('quarter', 1, DATE '2024-01-31'), date_add('second', 90, TIMESTAMP '2024-01-01 00:00:00')
SELECT date_diff('day', DATE '2024-01-15', DATE '2024-02-01'), date_diff('month', DATE '2024-01-31', DATE '2024-02-29'), date_diff('hour', TIMESTAMP '2024-01-15 10:59:00', TIMESTAMP '2024-01-15 11:01:00'), date_diff('year', DATE '2020-06-01', DATE '2024-05-31'), date_diff('second', TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 00:01:01')
SELECT date_diff('day', DATE '2024-02-01', DATE '2024-01-15'), date_diff('week', DATE '2024-01-01', DATE '2024-01-31'), date_diff('quarter', DATE '2023-12-31', DATE '2024-04-01')
SELECT date_format(TIMESTAMP '2024-01-05 09:03:02.123', '%Y-%m-%d %H:%i:%s'), date_format(TIMESTAMP '2024-01-05 09:03:02.123', '%y %M %b %c %e %k %h %I %l %S %f %p %W %a %j'), date_format(TIMESTAMP '2024-01-05 13:03:02', '%r %T %v %x'), date_format(DATE '2024-01-05', '%d/%m/%Y')
SELECT date_parse('2024-01-15 10:30', '%Y-%m-%d %H:%i'), date_parse('15/Jan/2024', '%d/%b/%Y'), date_parse('01/15/24 03:04:05 PM', '%m/%d/%y %h:%i:%s %p'), typeof(date_parse('2024', '%Y'))
SELECT format_datetime(TIMESTAMP '2024-01-05 09:03:02.123', 'yyyy-MM-dd HH:mm:ss.SSS'), format_datetime(TIMESTAMP '2024-01-05 09:03:02', 'EEE, d MMM yyyy h:mm a'), format_datetime(TIMESTAMP '2024-01-05 09:03:02', 'yyyy''T''DDD')
SELECT parse_datetime('2024-01-15 10:30', 'yyyy-MM-dd HH:mm'), parse_datetime('2024-01-15 10:30 +09:00', 'yyyy-MM-dd HH:mm Z')
SELECT from_unixtime(0), from_unixtime(1705314600.5), from_unixtime(0, 'Asia/Tokyo'), to_unixtime(TIMESTAMP '2024-01-15 10:30:00'), from_unixtime(1.5, 2, 30)
SELECT from_iso8601_timestamp('2024-01-15T10:30:00Z'), from_iso8601_timestamp('2024-01-15T10:30:00.123+02:00'), from_iso8601_timestamp('2024-01-15'), from_iso8601_date('2024-01-15'), from_iso8601_date('2024-W03-1')
SELECT to_iso8601(DATE '2024-01-15'), to_iso8601(TIMESTAMP '2024-01-15 10:30:00.123'), to_iso8601(TIMESTAMP '2024-01-15 10:30:00 UTC'), to_iso8601(TIMESTAMP '2024-01-15 10:30:00 Asia/Tokyo')
SELECT TIMESTAMP '2024-01-15 10:30:00' AT TIME ZONE 'Asia/Tokyo', TIMESTAMP '2024-01-15 10:30:00 UTC' AT TIME ZONE 'America/New_York', TIMESTAMP '2024-07-15 10:30:00 UTC' AT TIME ZONE 'America/New_York'
SELECT at_timezone(TIMESTAMP '2024-01-15 10:30:00 UTC', 'Europe/Paris'), with_timezone(TIMESTAMP '2024-01-15 10:30:00', 'Europe/Paris'), TIMESTAMP '2024-01-15 10:30:00 +02:00'
SELECT hour(TIMESTAMP '2024-01-15 22:30:00 UTC' AT TIME ZONE 'Asia/Tokyo'), day(TIMESTAMP '2024-01-15 22:30:00 UTC' AT TIME ZONE 'Asia/Tokyo'), date(TIMESTAMP '2024-01-15 22:30:00 UTC' AT TIME ZONE 'Asia/Tokyo')
SELECT TIMESTAMP '2024-01-15 10:00:00 UTC' = TIMESTAMP '2024-01-15 19:00:00 Asia/Tokyo', TIMESTAMP '2024-01-15 10:00:00 UTC' < TIMESTAMP '2024-01-15 11:00:00 UTC', TIMESTAMP '2024-01-15 10:00:00' = TIMESTAMP '2024-01-15 10:00:00 UTC'
SELECT timezone_hour(TIMESTAMP '2024-01-15 10:30:00 Asia/Kolkata'), timezone_minute(TIMESTAMP '2024-01-15 10:30:00 Asia/Kolkata'), current_timezone()
SELECT date_format(TIMESTAMP '2024-01-15 10:30:00 UTC' AT TIME ZONE 'Asia/Tokyo', '%Y-%m-%d %H:%i'), date_trunc('day', TIMESTAMP '2024-01-15 22:30:00 UTC' AT TIME ZONE 'Asia/Tokyo')
SELECT format_datetime(TIMESTAMP '2024-01-15 10:30:00 Asia/Tokyo', 'yyyy-MM-dd HH:mm Z'), format_datetime(TIMESTAMP '2024-01-15 10:30:00 Asia/Tokyo', 'ZZ ZZZ')
SELECT last_day_of_month(DATE '2024-02-10'), last_day_of_month(TIMESTAMP '2023-02-10 10:00:00'), date('2024-01-15'), date(TIMESTAMP '2024-01-15 23:59:59')
SELECT CAST('2024-01-15' AS date), CAST('2024-01-15 10:30:00' AS timestamp), CAST(DATE '2024-01-15' AS timestamp), CAST(TIMESTAMP '2024-01-15 10:30:00' AS date), CAST(TIMESTAMP '2024-01-15 10:30:00' AS time)
SELECT CAST(TIMESTAMP '2024-01-15 10:30:00.5' AS varchar), CAST(DATE '2024-01-15' AS varchar), CAST(TIMESTAMP '2024-01-15 10:30:00.123' AS timestamp(0)), CAST('2024-01-15 10:30:00 UTC' AS timestamp with time zone)
SELECT DATE '2024-01-15' = TIMESTAMP '2024-01-15 00:00:00', DATE '2024-01-15' < DATE '2024-01-16', DATE '2024-01-15' BETWEEN DATE '2024-01-01' AND DATE '2024-01-31'
SELECT current_date = date(now()), current_date <= DATE '2999-01-01', now() > TIMESTAMP '2020-01-01 00:00:00 UTC', typeof(now()), typeof(current_timestamp), typeof(localtimestamp), typeof(current_date)
SELECT human_readable_seconds(96), human_readable_seconds(3762), human_readable_seconds(56363463), to_milliseconds(INTERVAL '1' DAY), parse_duration('42.8ms'), parse_duration('3.5d')
SELECT date_trunc('month', order_date), count(*) FROM orders GROUP BY 1 ORDER BY 1
SELECT order_id, date_format(ts, '%H:%i') FROM orders WHERE ts IS NOT NULL ORDER BY order_id
SELECT count(*) FROM orders WHERE order_date >= DATE '2024-01-16' AND order_date < DATE '2024-02-05'
SELECT day(INTERVAL '49' HOUR), hour(INTERVAL '49' HOUR), year(INTERVAL '14' MONTH), month(INTERVAL '14' MONTH), minute(INTERVAL '90' SECOND)
SELECT max(ts), min(ts) FROM orders
SELECT DATE '2024-01-15' + INTERVAL '48' HOUR, TIMESTAMP '2024-01-15 00:00:00 UTC' + INTERVAL '1' DAY
SELECT date_add('millisecond', 1500, TIMESTAMP '2024-01-01 00:00:00.000'), date_diff('millisecond', TIMESTAMP '2024-01-01 00:00:00.000', TIMESTAMP '2024-01-01 00:00:01.500')
SELECT TIMESTAMP '2024-03-10 01:30:00 America/New_York' + INTERVAL '1' HOUR, TIMESTAMP '2024-11-03 00:30:00 America/New_York' + INTERVAL '1' DAY
SELECT parse_data_size('1kB'), parse_data_size('2.3MB')
SELECT TIME '10:30:00' < TIME '11:00:00', hour(TIME '10:30:00'), TIME '10:30:00' - TIME '09:00:00', date_trunc('hour', TIME '10:30:00')
SELECT year(order_date), month(order_date), day(order_date) FROM orders ORDER BY order_id
SELECT date_trunc('week', order_date), date_trunc('month', ts) FROM orders ORDER BY order_id
SELECT date_diff('day', order_date, DATE '2024-03-01') FROM orders ORDER BY order_id
SELECT order_date + INTERVAL '1' DAY, order_date - INTERVAL '1' MONTH FROM orders ORDER BY order_id
SELECT date_add('day', qty, order_date) FROM orders ORDER BY order_id
SELECT CAST(dt AS date) = order_date FROM orders ORDER BY order_id
SELECT date_format(order_date, '%Y/%m'), count(*) FROM orders GROUP BY 1 ORDER BY 1
SELECT to_unixtime(ts), from_unixtime(to_unixtime(ts)) FROM orders WHERE ts IS NOT NULL ORDER BY order_id
SELECT ts AT TIME ZONE 'Europe/Paris' FROM orders WHERE order_id = 1
SELECT day_of_week(order_date), day_of_year(order_date), week(order_date) FROM orders ORDER BY order_id
SELECT extract(QUARTER FROM order_date), extract(DAY FROM order_date) FROM orders ORDER BY order_id
SELECT min(order_date), max(order_date), date_diff('day', min(order_date), max(order_date)) FROM orders
SELECT CAST(ts AS date), CAST(ts AS varchar) FROM orders ORDER BY order_id
SELECT DATE '2024-02-29' + INTERVAL '1' YEAR, DATE '2023-12-31' + INTERVAL '2' MONTH, last_day_of_month(DATE '2024-02-01')
