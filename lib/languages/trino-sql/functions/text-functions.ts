/** https://trino.io/docs/current/functions/string.html, regexp.html, url.html and binary.html */
export const TEXT_FUNCTIONS = `
chr(n) -> varchar | The character with a Unicode code point | Le caractère d’un point de code Unicode
codepoint(character) -> integer | The code point of a character | Le point de code d’un caractère
concat(value1, value2, ...) -> varchar | Texts, arrays or bytes one after the other; null if any is null | Textes, tableaux ou octets bout à bout ; null si l’un est null
concat_ws(separator, text1, text2, ...) -> varchar | Texts with a separator between them; nulls are left out | Textes joints par un séparateur, sans les null
format(format, value, ...) -> varchar | A text made by a format such as '%s: %.2f' | Un texte selon un format comme '%s: %.2f'
hamming_distance(text1, text2) -> bigint | At how many places two texts of one length differ | Le nombre de positions où deux textes de même longueur diffèrent
length(text) -> bigint | How many characters a text has, or bytes a binary | Le nombre de caractères d’un texte, ou d’octets
levenshtein_distance(text1, text2) -> bigint | How many edits make one text the other | Le nombre de modifications d’un texte à l’autre
lower(text) -> varchar | The text in lower case | Le texte en minuscules
upper(text) -> varchar | The text in upper case | Le texte en majuscules
lpad(text, size, padding) -> varchar | The text filled up on its left, or cut, to a size | Le texte complété à gauche, ou coupé, à une taille
rpad(text, size, padding) -> varchar | The text filled up on its right, or cut, to a size | Le texte complété à droite, ou coupé, à une taille
ltrim(text) -> varchar | The text without spaces on its left | Le texte sans espaces à gauche
rtrim(text) -> varchar | The text without spaces on its right | Le texte sans espaces à droite
trim(text) -> varchar | The text without spaces at both ends | Le texte sans espaces aux deux bouts
luhn_check(digits) -> boolean | Whether the check digit of a number is right | Si la clé de contrôle d’un numéro est juste
normalize(text, form) -> varchar | The text in a Unicode normal form (NFC, NFD, NFKC, NFKD) | Le texte en forme normale Unicode (NFC, NFD, NFKC, NFKD)
replace(text, search, replacement) -> varchar | The text with every occurrence replaced, or taken out | Le texte avec chaque occurrence remplacée, ou ôtée
reverse(value) -> varchar | A text, bytes or an array from its end to its start | Un texte, des octets ou un tableau à l’envers
soundex(text) -> varchar | A code for how an English word sounds | Un code de la prononciation anglaise d’un mot
split(text, delimiter, limit) -> array(varchar) | The pieces of a text between delimiters | Les morceaux d’un texte entre séparateurs
split_part(text, delimiter, index) -> varchar | One piece of a text, counted from 1 | Un morceau d’un texte, compté à partir de 1
split_to_map(text, entryDelimiter, keyValueDelimiter) -> map(varchar, varchar) | A map from a text such as 'a=1;b=2' | Une map à partir d’un texte comme 'a=1;b=2'
split_to_multimap(text, entryDelimiter, keyValueDelimiter) -> map(varchar, array(varchar)) | The same, with every value of a key | De même, avec toutes les valeurs d’une clé
strpos(text, search, instance) -> bigint | Where a text is first found, from 1; 0 where it is not | Où un texte se trouve d’abord, à partir de 1 ; 0 sinon
starts_with(text, prefix) -> boolean | Whether a text begins with another | Si un texte commence par un autre
substr(text, start, length) -> varchar | A part of a text; counted from 1, or from the end when negative | Une partie d’un texte ; comptée à partir de 1, ou de la fin si négatif
substring(text, start, length) -> varchar | A part of a text; counted from 1, or from the end when negative | Une partie d’un texte ; comptée à partir de 1, ou de la fin si négatif
translate(text, from, to) -> varchar | The text with each character of one set made that of another | Le texte avec chaque caractère d’un jeu changé en celui d’un autre
format_number(number) -> varchar | A number in short, such as 1.23M | Un nombre abrégé, comme 1.23M
word_stem(word, language) -> varchar | The stem of a word | La racine d’un mot
uuid() -> uuid | A random UUID | Un UUID aléatoire
regexp_like(text, pattern) -> boolean | Whether a pattern is found anywhere in a text | Si un motif se trouve dans un texte
regexp_count(text, pattern) -> bigint | How often a pattern is found | Combien de fois un motif se trouve
regexp_extract(text, pattern, group) -> varchar | The first match of a pattern, or of a group in it | La première occurrence d’un motif, ou d’un de ses groupes
regexp_extract_all(text, pattern, group) -> array(varchar) | Every match of a pattern, or of a group in it | Toutes les occurrences d’un motif, ou d’un de ses groupes
regexp_position(text, pattern, start, occurrence) -> integer | Where a pattern is found, from 1; -1 where it is not | Où un motif se trouve, à partir de 1 ; -1 sinon
regexp_replace(text, pattern, replacement) -> varchar | The text with every match replaced ($1 is a group) or taken out | Le texte avec chaque occurrence remplacée ($1 est un groupe) ou ôtée
regexp_split(text, pattern) -> array(varchar) | The pieces of a text between matches | Les morceaux d’un texte entre les occurrences
url_extract_fragment(url) -> varchar | What stands behind # in an address | Ce qui suit # dans une adresse
url_extract_host(url) -> varchar | The host of an address | L’hôte d’une adresse
url_extract_path(url) -> varchar | The path of an address | Le chemin d’une adresse
url_extract_port(url) -> bigint | The port of an address | Le port d’une adresse
url_extract_protocol(url) -> varchar | The protocol of an address | Le protocole d’une adresse
url_extract_query(url) -> varchar | What stands behind ? in an address | Ce qui suit ? dans une adresse
url_extract_parameter(url, name) -> varchar | The first value of a parameter of an address | La première valeur d’un paramètre d’une adresse
url_encode(text) -> varchar | The text as an address can hold it | Le texte tel qu’une adresse peut le porter
url_decode(text) -> varchar | The text that an address holds encoded | Le texte qu’une adresse porte encodé
to_utf8(text) -> varbinary | The bytes of a text | Les octets d’un texte
from_utf8(bytes, replacement) -> varchar | The text of bytes | Le texte d’une suite d’octets
to_hex(bytes) -> varchar | Bytes in hexadecimal | Des octets en hexadécimal
from_hex(text) -> varbinary | Bytes from hexadecimal | Des octets depuis l’hexadécimal
to_base64(bytes) -> varchar | Bytes in base64 | Des octets en base64
from_base64(text) -> varbinary | Bytes from base64 | Des octets depuis le base64
to_base64url(bytes) -> varchar | Bytes in base64 for addresses | Des octets en base64 pour adresses
from_base64url(text) -> varbinary | Bytes from base64 for addresses | Des octets depuis le base64 pour adresses
to_base32(bytes) -> varchar | Bytes in base32 | Des octets en base32
from_base32(text) -> varbinary | Bytes from base32 | Des octets depuis le base32
md5(bytes) -> varbinary | The MD5 hash | L’empreinte MD5
sha1(bytes) -> varbinary | The SHA-1 hash | L’empreinte SHA-1
sha256(bytes) -> varbinary | The SHA-256 hash | L’empreinte SHA-256
sha512(bytes) -> varbinary | The SHA-512 hash | L’empreinte SHA-512
crc32(bytes) -> bigint | The CRC-32 checksum | La somme de contrôle CRC-32
xxhash64(bytes) -> varbinary | The xxHash64 hash | L’empreinte xxHash64
murmur3(bytes) -> varbinary | The MurmurHash3 hash | L’empreinte MurmurHash3
hmac_md5(bytes, key) -> varbinary | The MD5 code of bytes under a key | Le code MD5 d’octets sous une clé
hmac_sha1(bytes, key) -> varbinary | The SHA-1 code of bytes under a key | Le code SHA-1 d’octets sous une clé
hmac_sha256(bytes, key) -> varbinary | The SHA-256 code of bytes under a key | Le code SHA-256 d’octets sous une clé
hmac_sha512(bytes, key) -> varbinary | The SHA-512 code of bytes under a key | Le code SHA-512 d’octets sous une clé
from_big_endian_32(bytes) -> integer | An integer from 4 bytes | Un entier depuis 4 octets
from_big_endian_64(bytes) -> bigint | An integer from 8 bytes | Un entier depuis 8 octets
to_big_endian_32(integer) -> varbinary | The 4 bytes of an integer | Les 4 octets d’un entier
to_big_endian_64(bigint) -> varbinary | The 8 bytes of an integer | Les 8 octets d’un entier
from_ieee754_32(bytes) -> real | A real from 4 bytes | Un real depuis 4 octets
from_ieee754_64(bytes) -> double | A double from 8 bytes | Un double depuis 8 octets
to_ieee754_32(real) -> varbinary | The 4 bytes of a real | Les 4 octets d’un real
to_ieee754_64(double) -> varbinary | The 8 bytes of a double | Les 8 octets d’un double
`;
