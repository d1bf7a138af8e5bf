/** https://trino.io/docs/current/functions/aggregate.html and window.html */
export const AGGREGATE_FUNCTIONS = `
any_value(value) -> value | Any value that is not null | Une valeur quelconque non null
arbitrary(value) -> value | Any value that is not null | Une valeur quelconque non null
array_agg(value) -> array | All values as an array | Toutes les valeurs en un tableau
avg(x) -> double | The mean | La moyenne
bool_and(boolean) -> boolean | Whether all are true | Si toutes sont vraies
bool_or(boolean) -> boolean | Whether any is true | Si l’une est vraie
every(boolean) -> boolean | Whether all are true | Si toutes sont vraies
checksum(value) -> varbinary | A checksum that the order does not change | Une somme de contrôle que l’ordre ne change pas
count(value) -> bigint | How many are not null; count(*) counts rows | Combien ne sont pas null ; count(*) compte les lignes
count_if(boolean) -> bigint | How many are true | Combien sont vraies
geometric_mean(x) -> double | The geometric mean | La moyenne géométrique
listagg(text, separator) -> varchar | Texts as one: listagg(x, ',') WITHIN GROUP (ORDER BY x) | Des textes en un seul : listagg(x, ',') WITHIN GROUP (ORDER BY x)
max(value, n) -> value | The greatest, or the n greatest | La plus grande, ou les n plus grandes
min(value, n) -> value | The smallest, or the n smallest | La plus petite, ou les n plus petites
max_by(value, by, n) -> value | The value where another is greatest | La valeur là où une autre est la plus grande
min_by(value, by, n) -> value | The value where another is smallest | La valeur là où une autre est la plus petite
sum(x) -> number | The sum | La somme
bitwise_and_agg(x) -> bigint | Bits that are set in all | Les bits à 1 dans toutes
bitwise_or_agg(x) -> bigint | Bits that are set in any | Les bits à 1 dans l’une
histogram(value) -> map(value, bigint) | How often each value occurs | Combien de fois chaque valeur apparaît
numeric_histogram(buckets, x) -> map(double, double) | An approximate histogram | Un histogramme approché
map_agg(key, value) -> map | A map of keys and values | Une map de clés et de valeurs
map_union(map) -> map | All maps in one | Toutes les maps en une seule
multimap_agg(key, value) -> map(key, array) | A map of keys and all their values | Une map de clés et de toutes leurs valeurs
approx_distinct(value, error) -> bigint | About how many different values there are | Environ combien de valeurs différentes
approx_most_frequent(buckets, value, capacity) -> map(value, bigint) | The most frequent values, about | Les valeurs les plus fréquentes, environ
approx_percentile(x, percentage) -> number | About the value below which a share lies: 0.5 is the median | Environ la valeur sous laquelle se trouve une part : 0.5 est la médiane
approx_set(value) -> hyperloglog | A sketch to count different values with | Une esquisse pour compter des valeurs différentes
merge(sketch) -> sketch | Sketches in one | Des esquisses en une seule
qdigest_agg(x) -> qdigest | A sketch of quantiles | Une esquisse de quantiles
tdigest_agg(x) -> tdigest | A sketch of quantiles | Une esquisse de quantiles
value_at_quantile(digest, quantile) -> number | The value at a quantile of a sketch | La valeur à un quantile d’une esquisse
reduce_agg(value, state, (s, x) -> s, (s, s) -> s) -> state | One value of all, by functions of one’s own | Une valeur de toutes, par ses propres fonctions
corr(y, x) -> double | The correlation | La corrélation
covar_pop(y, x) -> double | The covariance of the population | La covariance de la population
covar_samp(y, x) -> double | The covariance of a sample | La covariance d’un échantillon
regr_intercept(y, x) -> double | Where the regression line meets the axis | L’ordonnée à l’origine de la régression
regr_slope(y, x) -> double | The slope of the regression line | La pente de la régression
kurtosis(x) -> double | The excess kurtosis | Le kurtosis normalisé
skewness(x) -> double | The skewness | L’asymétrie
stddev(x) -> double | The standard deviation of a sample | L’écart type d’un échantillon
stddev_samp(x) -> double | The standard deviation of a sample | L’écart type d’un échantillon
stddev_pop(x) -> double | The standard deviation of the population | L’écart type de la population
variance(x) -> double | The variance of a sample | La variance d’un échantillon
var_samp(x) -> double | The variance of a sample | La variance d’un échantillon
var_pop(x) -> double | The variance of the population | La variance de la population
grouping(column, ...) -> bigint | Which columns a row of GROUPING SETS is not grouped by | Par quelles colonnes une ligne de GROUPING SETS n’est pas groupée
cume_dist() -> double | The share of rows up to this one | La part des lignes jusqu’à celle-ci
dense_rank() -> bigint | The rank, without gaps | Le rang, sans trous
ntile(n) -> bigint | Which of n equal groups a row is in | Dans lequel de n groupes égaux se trouve une ligne
percent_rank() -> double | The rank from 0 to 1 | Le rang de 0 à 1
rank() -> bigint | The rank, with gaps after equals | Le rang, avec des trous après les égalités
row_number() -> bigint | The number of the row, from 1 | Le numéro de la ligne, à partir de 1
first_value(x) -> value | The first value of the window | La première valeur de la fenêtre
last_value(x) -> value | The last value of the window | La dernière valeur de la fenêtre
nth_value(x, offset) -> value | The value at an offset of the window | La valeur à une position de la fenêtre
lag(x, offset, default) -> value | The value so many rows before | La valeur tant de lignes avant
lead(x, offset, default) -> value | The value so many rows after | La valeur tant de lignes après
`;
