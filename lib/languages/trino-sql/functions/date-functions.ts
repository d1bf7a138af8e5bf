/** https://trino.io/docs/current/functions/datetime.html */
export const DATE_FUNCTIONS = `
year(date) -> bigint | The year | L’année
quarter(date) -> bigint | The quarter, 1 to 4 | Le trimestre, de 1 à 4
month(date) -> bigint | The month, 1 to 12 | Le mois, de 1 à 12
week(date) -> bigint | The ISO week, 1 to 53 | La semaine ISO, de 1 à 53
week_of_year(date) -> bigint | The ISO week, 1 to 53 | La semaine ISO, de 1 à 53
year_of_week(date) -> bigint | The year of the ISO week | L’année de la semaine ISO
yow(date) -> bigint | The year of the ISO week | L’année de la semaine ISO
day(date) -> bigint | The day of the month | Le jour du mois
day_of_month(date) -> bigint | The day of the month | Le jour du mois
day_of_week(date) -> bigint | The day of the week, Monday is 1 | Le jour de la semaine, lundi est 1
dow(date) -> bigint | The day of the week, Monday is 1 | Le jour de la semaine, lundi est 1
day_of_year(date) -> bigint | The day of the year | Le jour de l’année
doy(date) -> bigint | The day of the year | Le jour de l’année
hour(timestamp) -> bigint | The hour, 0 to 23 | L’heure, de 0 à 23
minute(timestamp) -> bigint | The minute | La minute
second(timestamp) -> bigint | The second | La seconde
millisecond(timestamp) -> bigint | The millisecond | La milliseconde
timezone_hour(timestamp) -> bigint | The hours of the zone’s offset | Les heures du décalage du fuseau
timezone_minute(timestamp) -> bigint | The minutes of the zone’s offset | Les minutes du décalage du fuseau
extract(field FROM date) -> bigint | One field, such as YEAR or HOUR | Un champ, comme YEAR ou HOUR
date(value) -> date | A value as a date | Une valeur comme date
date_add(unit, count, timestamp) -> timestamp | So many units later: date_add('day', 7, d) | Tant d’unités plus tard : date_add('day', 7, d)
date_diff(unit, timestamp1, timestamp2) -> bigint | How many whole units from the first to the second | Combien d’unités entières du premier au second
date_trunc(unit, timestamp) -> timestamp | The beginning of a unit: date_trunc('month', d) | Le début d’une unité : date_trunc('month', d)
date_format(timestamp, format) -> varchar | A text by MySQL’s format: '%Y-%m-%d' | Un texte au format de MySQL : '%Y-%m-%d'
date_parse(text, format) -> timestamp(3) | A timestamp from a text in MySQL’s format | Un timestamp depuis un texte au format de MySQL
format_datetime(timestamp, format) -> varchar | A text by Java’s format: 'yyyy-MM-dd' | Un texte au format de Java : 'yyyy-MM-dd'
parse_datetime(text, format) -> timestamp with time zone | A timestamp from a text in Java’s format | Un timestamp depuis un texte au format de Java
from_unixtime(seconds, zone) -> timestamp(3) with time zone | The moment of seconds since 1970 | L’instant de secondes depuis 1970
from_unixtime_nanos(nanoseconds) -> timestamp(9) with time zone | The moment of nanoseconds since 1970 | L’instant de nanosecondes depuis 1970
to_unixtime(timestamp) -> double | Seconds since 1970 | Les secondes depuis 1970
to_milliseconds(interval) -> bigint | The milliseconds of an interval | Les millisecondes d’un intervalle
from_iso8601_timestamp(text) -> timestamp(3) with time zone | A moment from an ISO 8601 text | Un instant depuis un texte ISO 8601
from_iso8601_timestamp_nanos(text) -> timestamp(9) with time zone | A moment from an ISO 8601 text, to the nanosecond | Un instant depuis un texte ISO 8601, à la nanoseconde
from_iso8601_date(text) -> date | A date from an ISO 8601 text | Une date depuis un texte ISO 8601
to_iso8601(date) -> varchar | An ISO 8601 text | Un texte ISO 8601
at_timezone(timestamp, zone) -> timestamp with time zone | The same moment in another zone | Le même instant dans un autre fuseau
with_timezone(timestamp, zone) -> timestamp with time zone | The same wall clock, in a zone | La même heure affichée, dans un fuseau
last_day_of_month(date) -> date | The last day of the month | Le dernier jour du mois
now() -> timestamp(3) with time zone | The moment at which the query began | L’instant où la requête a commencé
current_timezone() -> varchar | The zone of the session | Le fuseau de la session
human_readable_seconds(seconds) -> varchar | A duration in words | Une durée en mots
parse_duration(text) -> interval | A duration from a text such as '3.5h' | Une durée depuis un texte comme '3.5h'
parse_data_size(text) -> decimal(38) | Bytes from a text such as '2.3MB' | Des octets depuis un texte comme '2.3MB'
parse_presto_data_size(text) -> decimal(38) | Bytes from a text such as '2.3MB' | Des octets depuis un texte comme '2.3MB'
`;
