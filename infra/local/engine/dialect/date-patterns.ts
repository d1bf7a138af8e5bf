/** Patterns of dates. */

/**
 * MySQL's, used by date_format and date_parse, as a pattern of DuckDB's strftime; undefined where it has no such letter.
 * https://trino.io/docs/current/functions/datetime.html#mysql-date-functions
 */
export function fromMysqlPattern(pattern: string): string | undefined {
  let isKnown = true;
  const translated = pattern.replace(/%(.)/g, (_, letter: string) => {
    const known = MYSQL[letter];
    if (known === undefined) isKnown = false;
    return known ?? letter;
  });
  return isKnown ? translated : undefined;
}

const MYSQL: Record<string, string> = {
  Y: '%Y',
  y: '%y',
  m: '%m',
  d: '%d',
  H: '%H',
  a: '%a',
  b: '%b',
  f: '%f',
  j: '%j',
  p: '%p',
  S: '%S',
  '%': '%%',
  W: '%A',
  M: '%B',
  e: '%-d',
  i: '%M',
  s: '%S',
  k: '%-H',
  h: '%I',
  I: '%I',
  l: '%-I',
  c: '%-m',
  r: '%I:%M:%S %p',
  T: '%H:%M:%S',
  v: '%V',
  x: '%G',
};

/** Joda's letters that the engine formats and reads. */
export function isKnownJodaPattern(pattern: string): boolean {
  return /^(?:'[^']*'|y+|x+|M+|d+|D+|E+|e+|w+|H+|h+|k+|K+|m+|s+|S+|a+|Z+|z+|[^A-Za-z'])*$/.test(pattern);
}
