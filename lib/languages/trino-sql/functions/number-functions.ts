/** https://trino.io/docs/current/functions/math.html, bitwise.html and conditional.html */
export const NUMBER_FUNCTIONS = `
abs(x) -> number | The absolute value | La valeur absolue
acos(x) -> double | The arc cosine, in radians | L’arc cosinus, en radians
asin(x) -> double | The arc sine, in radians | L’arc sinus, en radians
atan(x) -> double | The arc tangent, in radians | L’arc tangente, en radians
atan2(y, x) -> double | The angle of a point, in radians | L’angle d’un point, en radians
cos(x) -> double | The cosine | Le cosinus
cosh(x) -> double | The hyperbolic cosine | Le cosinus hyperbolique
sin(x) -> double | The sine | Le sinus
sinh(x) -> double | The hyperbolic sine | Le sinus hyperbolique
tan(x) -> double | The tangent | La tangente
tanh(x) -> double | The hyperbolic tangent | La tangente hyperbolique
degrees(x) -> double | Radians to degrees | Des radians en degrés
radians(x) -> double | Degrees to radians | Des degrés en radians
cbrt(x) -> double | The cube root | La racine cubique
sqrt(x) -> double | The square root | La racine carrée
exp(x) -> double | e to the power of x | e à la puissance x
ln(x) -> double | The natural logarithm | Le logarithme naturel
log(base, x) -> double | The logarithm to a base | Le logarithme dans une base
log2(x) -> double | The logarithm to base 2 | Le logarithme en base 2
log10(x) -> double | The logarithm to base 10 | Le logarithme en base 10
pow(x, p) -> double | x to the power of p | x à la puissance p
power(x, p) -> double | x to the power of p | x à la puissance p
ceil(x) -> number | The next whole number upwards | L’entier supérieur
ceiling(x) -> number | The next whole number upwards | L’entier supérieur
floor(x) -> number | The next whole number downwards | L’entier inférieur
round(x, decimals) -> number | x rounded, to so many decimals | x arrondi, à tant de décimales
truncate(x, decimals) -> number | x without what follows the point | x sans ce qui suit la virgule
sign(x) -> number | -1, 0 or 1 | -1, 0 ou 1
mod(n, m) -> number | The remainder of n divided by m | Le reste de n divisé par m
e() -> double | Euler’s number | Le nombre d’Euler
pi() -> double | Pi | Pi
nan() -> double | Not a number | Pas un nombre (NaN)
infinity() -> double | Positive infinity | L’infini positif
is_nan(x) -> boolean | Whether x is not a number | Si x n’est pas un nombre
is_finite(x) -> boolean | Whether x is finite | Si x est fini
is_infinite(x) -> boolean | Whether x is infinite | Si x est infini
rand(n, m) -> number | A random number: from 0 to 1, below n, or from n to m | Un nombre aléatoire : de 0 à 1, sous n, ou de n à m
random(n, m) -> number | A random number: from 0 to 1, below n, or from n to m | Un nombre aléatoire : de 0 à 1, sous n, ou de n à m
to_base(x, radix) -> varchar | An integer in another base | Un entier dans une autre base
from_base(text, radix) -> bigint | An integer from another base | Un entier depuis une autre base
width_bucket(x, low, high, count) -> bigint | Which of so many equal intervals holds x | Lequel de tant d’intervalles égaux contient x
normal_cdf(mean, deviation, x) -> double | The normal distribution’s share below x | La part de la loi normale sous x
inverse_normal_cdf(mean, deviation, p) -> double | Below which x a share p of the normal distribution lies | Sous quel x se trouve une part p de la loi normale
beta_cdf(a, b, x) -> double | The beta distribution’s share below x | La part de la loi bêta sous x
inverse_beta_cdf(a, b, p) -> double | Below which x a share p of the beta distribution lies | Sous quel x se trouve une part p de la loi bêta
wilson_interval_lower(successes, trials, z) -> double | The lower end of a proportion’s Wilson interval | La borne inférieure de l’intervalle de Wilson d’une proportion
wilson_interval_upper(successes, trials, z) -> double | The upper end of a proportion’s Wilson interval | La borne supérieure de l’intervalle de Wilson d’une proportion
cosine_similarity(x, y) -> double | How alike two sparse vectors are | La ressemblance de deux vecteurs creux
bit_count(x, bits) -> bigint | How many bits are set | Le nombre de bits à 1
bitwise_and(x, y) -> bigint | Bits that are set in both | Les bits à 1 dans les deux
bitwise_or(x, y) -> bigint | Bits that are set in either | Les bits à 1 dans l’un ou l’autre
bitwise_xor(x, y) -> bigint | Bits that are set in one of the two | Les bits à 1 dans un seul des deux
bitwise_not(x) -> bigint | Every bit turned over | Chaque bit inversé
bitwise_left_shift(value, shift) -> bigint | Bits moved to the left | Les bits décalés à gauche
bitwise_right_shift(value, shift) -> bigint | Bits moved to the right, zeros following | Les bits décalés à droite, suivis de zéros
bitwise_right_shift_arithmetic(value, shift) -> bigint | Bits moved to the right, the sign kept | Les bits décalés à droite, signe gardé
greatest(value1, value2, ...) -> value | The greatest; null if any is null | La plus grande ; null si l’une est null
least(value1, value2, ...) -> value | The smallest; null if any is null | La plus petite ; null si l’une est null
coalesce(value1, value2, ...) -> value | The first that is not null | La première qui n’est pas null
nullif(value1, value2) -> value | The first, or null where both are equal | La première, ou null si les deux sont égales
if(condition, thenValue, elseValue) -> value | One value where a condition holds, else another or null | Une valeur si une condition est vraie, sinon une autre ou null
try(expression) -> value | The value, or null where it fails | La valeur, ou null si elle échoue
cast(value AS type) -> type | The value in another type; fails where it has none | La valeur dans un autre type ; échoue si impossible
try_cast(value AS type) -> type | The value in another type, or null where it has none | La valeur dans un autre type, ou null si impossible
typeof(value) -> varchar | The name of a value’s type | Le nom du type d’une valeur
`;
