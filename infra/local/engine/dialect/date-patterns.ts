/** Patterns of dates, rewritten for DuckDB's strftime and strptime. */

/** MySQL's, used by date_format and date_parse: https://trino.io/docs/current/functions/datetime.html#mysql-date-functions */
export function fromMysqlPattern(pattern: string): string {
  return pattern.replace(/%(.)/g, (whole, letter: string) => MYSQL[letter] ?? whole);
}

const MYSQL: Record<string, string> = {
  W: '%A',
  M: '%B',
  e: '%-d',
  i: '%M',
  s: '%S',
  k: '%-H',
  h: '%I',
  l: '%-I',
  c: '%-m',
  r: '%I:%M:%S %p',
  T: '%H:%M:%S',
  v: '%V',
  x: '%G',
};

/** Joda's, used by format_datetime and parse_datetime. */
export function fromJodaPattern(pattern: string): string {
  return pattern.replace(
    /'([^']*)'|yyyy|yy|y|MMMM|MMM|MM|M|dd|d|EEEE|EEE|HH|H|hh|h|mm|m|ss|s|SSS|a|ZZ|Z/g,
    (letters, quoted: string | undefined) => quoted ?? JODA[letters] ?? letters,
  );
}

const JODA: Record<string, string> = {
  yyyy: '%Y',
  yy: '%y',
  y: '%Y',
  MMMM: '%B',
  MMM: '%b',
  MM: '%m',
  M: '%-m',
  dd: '%d',
  d: '%-d',
  EEEE: '%A',
  EEE: '%a',
  HH: '%H',
  H: '%-H',
  hh: '%I',
  h: '%-I',
  mm: '%M',
  m: '%-M',
  ss: '%S',
  s: '%-S',
  SSS: '%g',
  a: '%p',
  ZZ: '%z',
  Z: '%z',
};
