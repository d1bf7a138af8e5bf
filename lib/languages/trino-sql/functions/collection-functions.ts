/** https://trino.io/docs/current/functions/array.html, map.html, lambda.html and json.html */
export const COLLECTION_FUNCTIONS = `
all_match(array, x -> boolean) -> boolean | Whether every element meets a condition | Si chaque élément remplit une condition
any_match(array, x -> boolean) -> boolean | Whether some element meets a condition | Si un élément remplit une condition
none_match(array, x -> boolean) -> boolean | Whether no element meets a condition | Si aucun élément ne remplit une condition
array_distinct(array) -> array | The elements, each once | Les éléments, une fois chacun
array_except(array1, array2) -> array | The elements of the first that the second has not | Les éléments du premier que le second n’a pas
array_histogram(array) -> map(element, bigint) | How often each element occurs | Combien de fois chaque élément apparaît
array_intersect(array1, array2) -> array | The elements of both | Les éléments des deux
array_join(array, delimiter, nullReplacement) -> varchar | The elements as one text | Les éléments en un seul texte
array_max(array) -> element | The greatest element | Le plus grand élément
array_min(array) -> element | The smallest element | Le plus petit élément
array_position(array, element) -> bigint | Where an element is first found, from 1; 0 where it is not | Où un élément se trouve d’abord, à partir de 1 ; 0 sinon
array_remove(array, element) -> array | The array without an element | Le tableau sans un élément
array_sort(array, (x, y) -> integer) -> array | The elements in order | Les éléments triés
array_union(array1, array2) -> array | The elements of either, each once | Les éléments de l’un ou l’autre, une fois chacun
arrays_overlap(array1, array2) -> boolean | Whether two arrays share an element | Si deux tableaux partagent un élément
cardinality(collection) -> bigint | How many elements or entries there are | Le nombre d’éléments ou d’entrées
combinations(array, n) -> array(array) | Every choice of n elements | Chaque choix de n éléments
contains(array, element) -> boolean | Whether an array holds an element | Si un tableau contient un élément
contains_sequence(array, sequence) -> boolean | Whether an array holds elements in this order | Si un tableau contient ces éléments à la suite
element_at(collection, key) -> value | An element, from 1, or a map’s value; null where there is none | Un élément, à partir de 1, ou la valeur d’une map ; null sinon
filter(array, x -> boolean) -> array | The elements that meet a condition | Les éléments qui remplissent une condition
flatten(arrays) -> array | Arrays of an array in one | Les tableaux d’un tableau en un seul
map(keys, values) -> map | A map of two arrays | Une map de deux tableaux
map_concat(map1, map2, ...) -> map | Maps in one; the last one’s value counts | Des maps en une seule ; la dernière valeur compte
map_entries(map) -> array(row) | The entries of a map as rows | Les entrées d’une map comme rows
map_filter(map, (k, v) -> boolean) -> map | The entries that meet a condition | Les entrées qui remplissent une condition
map_from_entries(rows) -> map | A map of rows of key and value | Une map de rows de clé et de valeur
multimap_from_entries(rows) -> map(key, array) | The same, with every value of a key | De même, avec toutes les valeurs d’une clé
map_keys(map) -> array | The keys of a map | Les clés d’une map
map_values(map) -> array | The values of a map | Les valeurs d’une map
map_zip_with(map1, map2, (k, v1, v2) -> value) -> map | Two maps in one, key by key | Deux maps en une seule, clé par clé
ngrams(array, n) -> array(array) | Every n elements that follow each other | Chaque suite de n éléments
reduce(array, state, (s, x) -> s, s -> result) -> result | One value of all elements | Une valeur de tous les éléments
repeat(element, count) -> array | An element so many times | Un élément tant de fois
sequence(start, stop, step) -> array | Numbers or dates from one to another | Des nombres ou des dates de l’un à l’autre
shuffle(array) -> array | The elements in random order | Les éléments dans un ordre aléatoire
slice(array, start, length) -> array | A part of an array, from 1 | Une partie d’un tableau, à partir de 1
transform(array, x -> value) -> array | A value made of each element | Une valeur faite de chaque élément
transform_keys(map, (k, v) -> key) -> map | A map with other keys | Une map avec d’autres clés
transform_values(map, (k, v) -> value) -> map | A map with other values | Une map avec d’autres valeurs
trim_array(array, count) -> array | The array without its last elements | Le tableau sans ses derniers éléments
zip(array1, array2, ...) -> array(row) | Arrays side by side, as rows | Des tableaux côte à côte, comme rows
zip_with(array1, array2, (x, y) -> value) -> array | A value made of each pair of elements | Une valeur faite de chaque paire d’éléments
json_parse(text) -> json | JSON from a text | Du JSON depuis un texte
json_format(json) -> varchar | JSON as a text | Du JSON en texte
json_extract(json, path) -> json | What a path such as '$.a[0]' leads to, as JSON | Ce que désigne un chemin comme '$.a[0]', en JSON
json_extract_scalar(json, path) -> varchar | What a path leads to, as a text | Ce que désigne un chemin, en texte
json_array_length(json) -> bigint | How many elements a JSON array has | Le nombre d’éléments d’un tableau JSON
json_array_get(json, index) -> json | An element of a JSON array, from 0 | Un élément d’un tableau JSON, à partir de 0
json_array_contains(json, value) -> boolean | Whether a JSON array holds a value | Si un tableau JSON contient une valeur
json_size(json, path) -> bigint | How many members are at a path | Le nombre de membres à un chemin
is_json_scalar(json) -> boolean | Whether JSON is a text, number, boolean or null | Si du JSON est un texte, un nombre, un booléen ou null
json_value(json, path) -> varchar | A scalar by an SQL/JSON path | Un scalaire par un chemin SQL/JSON
json_query(json, path) -> varchar | A part by an SQL/JSON path | Une partie par un chemin SQL/JSON
json_exists(json, path) -> boolean | Whether an SQL/JSON path leads anywhere | Si un chemin SQL/JSON mène quelque part
json_object(key : value, ...) -> varchar | A JSON object of keys and values | Un objet JSON de clés et de valeurs
json_array(value, ...) -> varchar | A JSON array of values | Un tableau JSON de valeurs
`;
