import type { FunctionTable } from './definition.ts';

const unary = (returns: string, ...names: string[]): FunctionTable =>
  Object.fromEntries(names.map((name) => [`${name}(varbinary) -> ${returns}`, `js_${name}($1)`]));
const decoders = (...names: string[]): FunctionTable =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}(varchar(x)) -> varbinary`, `js_${name}($1)`],
      [`${name}(varbinary) -> varbinary`, `js_${name}(decode($1))`],
    ]),
  );

/** https://trino.io/docs/current/functions/binary.html */
export const BINARY_FUNCTIONS: FunctionTable = {
  'to_utf8(varchar(x)) -> varbinary': 'encode($1)',
  'from_utf8(varbinary) -> varchar': 'js_from_utf8($1, chr(65533))',
  'from_utf8(varbinary, varchar(x)) -> varchar': 'js_from_utf8($1, $2)',
  'from_utf8(varbinary, bigint) -> varchar': 'js_from_utf8($1, chr(CAST($2 AS INTEGER)))',
  'to_hex(varbinary) -> varchar': 'hex($1)',
  'md5(varbinary) -> varbinary': 'unhex(md5($1))',
  'sha1(varbinary) -> varbinary': 'unhex(sha1($1))',
  'sha256(varbinary) -> varbinary': 'unhex(sha256($1))',
  'to_base64(varbinary) -> varchar': 'to_base64($1)',
  ...unary('varbinary', 'sha512'),
  ...unary('bigint', 'crc32', 'from_big_endian_64'),
  ...unary('integer', 'from_big_endian_32'),
  ...unary('varchar', 'to_base32', 'to_base64url'),
  ...unary('real', 'from_ieee754_32'),
  ...unary('double', 'from_ieee754_64'),
  ...decoders('from_hex', 'from_base64', 'from_base64url', 'from_base32'),
  'to_big_endian_32(integer) -> varbinary': 'js_to_big_endian_32($1)',
  'to_big_endian_64(bigint) -> varbinary': 'js_to_big_endian_64($1)',
  'to_ieee754_32(real) -> varbinary': 'js_to_ieee754_32($1)',
  'to_ieee754_64(double) -> varbinary': 'js_to_ieee754_64($1)',
  ...Object.fromEntries(
    ['md5', 'sha1', 'sha256', 'sha512'].map((hash) => [
      `hmac_${hash}(varbinary, varbinary) -> varbinary`,
      `js_hmac('${hash}', $1, $2)`,
    ]),
  ),
  'lpad(varbinary, bigint, varbinary) -> varbinary': "js_pad_binary('left', $1, $2, $3)",
  'rpad(varbinary, bigint, varbinary) -> varbinary': "js_pad_binary('right', $1, $2, $3)",
};
