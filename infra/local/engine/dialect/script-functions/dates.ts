import { invalidArgument, type Script } from './script.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** What a pattern has read. */
interface Parts {
  year: number;
  month: number;
  day: number;
  dayOfYear?: number;
  hour: number;
  minute: number;
  second: number;
  micros: number;
  isAfternoon?: boolean;
  zone?: string;
}

type Reader = [RegExp, (parts: Parts, text: string) => void];

const number = (digits: string, set: (parts: Parts, value: number) => void): Reader => [
  new RegExp(`\\d${digits}`, 'y'),
  (parts, text) => set(parts, Number(text)),
];

const nameOf = (names: string[], set?: (parts: Parts, index: number) => void): Reader => [
  new RegExp(names.flatMap((name) => [name, name.slice(0, 3)]).join('|'), 'iy'),
  (parts, text) =>
    set?.(
      parts,
      names.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase().slice(0, 3))),
    ),
];

const hour = number('{1,2}', (parts, value) => {
  parts.hour = value;
});
const minute = number('{1,2}', (parts, value) => {
  parts.minute = value;
});
const second = number('{1,2}', (parts, value) => {
  parts.second = value;
});
const month = number('{1,2}', (parts, value) => {
  parts.month = value;
});
const day = number('{1,2}', (parts, value) => {
  parts.day = value;
});
const year = number('{1,4}', (parts, value) => {
  parts.year = value;
});
const shortYear = number('{2}', (parts, value) => {
  parts.year = value + (value < 70 ? 2000 : 1900);
});
const monthName = nameOf(MONTHS, (parts, index) => {
  parts.month = index + 1;
});
const fraction: Reader = [
  /\d{1,9}/y,
  (parts, text) => {
    parts.micros = Number(text.padEnd(6, '0').slice(0, 6));
  },
];
const half: Reader = [
  /[AP]M/iy,
  (parts, text) => {
    parts.isAfternoon = text.toLowerCase() === 'pm';
  },
];
const dayOfYear = number('{1,3}', (parts, value) => {
  parts.dayOfYear = value;
});
const zone: Reader = [
  /Z|[+-]\d{2}:?\d{2}|[A-Za-z_]+(?:\/[A-Za-z_]+)*/y,
  (parts, text) => {
    parts.zone = text;
  },
];

const MYSQL: Record<string, Reader> = {
  Y: year,
  y: shortYear,
  m: month,
  c: month,
  d: day,
  e: day,
  H: hour,
  k: hour,
  h: hour,
  I: hour,
  l: hour,
  i: minute,
  s: second,
  S: second,
  f: fraction,
  p: half,
  M: monthName,
  b: monthName,
  a: nameOf(DAYS),
  W: nameOf(DAYS),
  j: dayOfYear,
};

function mysqlParts(pattern: string): (string | Reader)[] {
  return [
    ...pattern
      .replaceAll('%T', '%H:%i:%s')
      .replaceAll('%r', '%h:%i:%s %p')
      .matchAll(/%(.)|[^%]+/gs),
  ].map(([text, letter]) => {
    if (letter === undefined) return text;
    const reader = MYSQL[letter];
    if (!reader && 'DUuVvwXx'.includes(letter)) throw invalidArgument(`%${letter} not supported in date format string`);
    return reader ?? letter;
  });
}

function jodaReader(letters: string): Reader | undefined {
  switch (letters[0]) {
    case 'y':
    case 'x':
      return letters.length === 2 ? shortYear : year;
    case 'M':
      return letters.length >= 3 ? monthName : month;
    case 'd':
      return day;
    case 'D':
      return dayOfYear;
    case 'E':
      return nameOf(DAYS);
    case 'H':
    case 'h':
    case 'k':
    case 'K':
      return hour;
    case 'm':
      return minute;
    case 's':
      return second;
    case 'S':
      return fraction;
    case 'a':
      return half;
    case 'Z':
    case 'z':
      return zone;
    default:
      return undefined;
  }
}

function jodaParts(pattern: string): (string | Reader)[] {
  return [...pattern.matchAll(/'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+/g)].map(([text, quoted, letter]) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted;
    return letter === undefined ? text : (jodaReader(text) ?? text);
  });
}

function read(text: string, pattern: (string | Reader)[]): Parts {
  const parts: Parts = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, micros: 0 };
  let at = 0;
  const fail = () =>
    invalidArgument(
      at === 0 ? `Invalid format: "${text}"` : `Invalid format: "${text}" is malformed at "${text.slice(at)}"`,
    );
  for (const part of pattern) {
    if (typeof part === 'string') {
      if (!text.startsWith(part, at))
        throw text.length === at ? invalidArgument(`Invalid format: "${text}" is too short`) : fail();
      at += part.length;
      continue;
    }
    const [expression, set] = part;
    expression.lastIndex = at;
    const match = expression.exec(text);
    if (!match) throw text.length === at ? invalidArgument(`Invalid format: "${text}" is too short`) : fail();
    set(parts, match[0]);
    at += match[0].length;
  }
  if (at < text.length) throw fail();
  return checked(parts, text);
}

function checked(parts: Parts, text: string): Parts {
  if (parts.isAfternoon !== undefined) parts.hour = (parts.hour % 12) + (parts.isAfternoon ? 12 : 0);
  const lastDay = new Date(Date.UTC(parts.year, parts.month, 0)).getUTCDate();
  const limits: [string, number, number, number][] = [
    ['monthOfYear', parts.month, 1, 12],
    ['dayOfMonth', parts.day, 1, lastDay],
    ['hourOfDay', parts.hour, 0, 23],
    ['minuteOfHour', parts.minute, 0, 59],
    ['secondOfMinute', parts.second, 0, 59],
  ];
  for (const [name, value, low, high] of limits) {
    if (value < low || value > high)
      throw invalidArgument(`Cannot parse "${text}": Value ${value} for ${name} must be in the range [${low},${high}]`);
  }
  return parts;
}

function microsOf(parts: Parts): bigint {
  const date = new Date(0);
  date.setUTCFullYear(parts.year, parts.dayOfYear === undefined ? parts.month - 1 : 0, parts.dayOfYear ?? parts.day);
  date.setUTCHours(parts.hour, parts.minute, parts.second);
  return BigInt(date.getTime()) * 1000n + BigInt(parts.micros);
}

/** `clock|zone`, which the macro trino_parsed takes apart. */
function zoned(parts: Parts): string {
  const clock = new Date(Number(microsOf({ ...parts, micros: 0 }) / 1000n))
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
  return `${clock}.${String(parts.micros).padStart(6, '0')}|${zoneName(parts.zone ?? 'UTC')}`;
}

function zoneName(text: string): string {
  if (/^(?:Z|UTC|[+-]00:?00)$/i.test(text)) return 'UTC';
  const offset = /^([+-]\d{2}):?(\d{2})$/.exec(text);
  if (offset) return `${offset[1]}:${offset[2]}`;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch {
    throw invalidArgument(`'${text}' is not a valid time zone`);
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function offsetText(minutes: number, separator: string): string {
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${separator}${two(Math.abs(minutes) % 60)}`;
}

function joda(local: bigint, instant: bigint, zoneText: string, pattern: string): string {
  const date = new Date(Number(local / 1000n));
  const micros = Number(((local % 1_000_000n) + 1_000_000n) % 1_000_000n);
  const minutes = Number((local - instant) / 60_000_000n);
  const padded = (value: number, length: number) => String(value).padStart(length, '0');
  return pattern.replaceAll(/'([^']*)'|([A-Za-z])\2*/g, (letters: string, quoted?: string, letter?: string) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted;
    switch (letter) {
      case 'y':
        return letters.length === 2
          ? padded(date.getUTCFullYear() % 100, 2)
          : padded(date.getUTCFullYear(), letters.length);
      case 'x':
        return padded(isoWeek(date).year, letters.length);
      case 'w':
        return padded(isoWeek(date).week, letters.length);
      case 'M':
        return letters.length >= 3
          ? (MONTHS[date.getUTCMonth()] as string).slice(0, letters.length === 3 ? 3 : undefined)
          : padded(date.getUTCMonth() + 1, letters.length);
      case 'd':
        return padded(date.getUTCDate(), letters.length);
      case 'D':
        return padded(
          Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1,
          letters.length,
        );
      case 'E':
        return (DAYS[date.getUTCDay()] as string).slice(0, letters.length <= 3 ? 3 : undefined);
      case 'e':
        return padded(date.getUTCDay() || 7, letters.length);
      case 'H':
        return padded(date.getUTCHours(), letters.length);
      case 'k':
        return padded(date.getUTCHours() || 24, letters.length);
      case 'h':
        return padded(date.getUTCHours() % 12 || 12, letters.length);
      case 'K':
        return padded(date.getUTCHours() % 12, letters.length);
      case 'm':
        return padded(date.getUTCMinutes(), letters.length);
      case 's':
        return padded(date.getUTCSeconds(), letters.length);
      case 'S':
        return padded(Math.floor(micros / 1000), 3)
          .padEnd(letters.length, '0')
          .slice(0, letters.length);
      case 'a':
        return date.getUTCHours() < 12 ? 'AM' : 'PM';
      case 'Z':
        return letters.length >= 3 ? zoneText : offsetText(minutes, letters.length === 2 ? ':' : '');
      case 'z':
        return zoneText;
      default:
        return letters;
    }
  });
}

function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getTime());
  thursday.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return { year: thursday.getUTCFullYear(), week: Math.ceil(((thursday.getTime() - first) / 86_400_000 + 1) / 7) };
}

const MYSQL_JODA: Record<string, string> = {
  Y: 'yyyy',
  y: 'yy',
  m: 'MM',
  c: 'M',
  d: 'dd',
  e: 'd',
  H: 'HH',
  k: 'H',
  h: 'hh',
  I: 'hh',
  l: 'h',
  i: 'mm',
  s: 'ss',
  S: 'ss',
  p: 'a',
  M: 'MMMM',
  b: 'MMM',
  a: 'E',
  W: 'EEEE',
  j: 'DDD',
  T: 'HH:mm:ss',
  r: 'hh:mm:ss a',
  v: 'ww',
  x: 'xxxx',
  f: 'SSSSSS',
};

const DURATION: Record<string, number> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const SIZES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];

export const DATE_SCRIPTS: Record<string, Script> = {
  js_date_parse: {
    takes: ['text', 'text'],
    gives: 'bigint',
    run: (text: string, pattern: string) => (microsOf(read(text, mysqlParts(pattern))) / 1000n) * 1000n,
  },
  js_date_format: {
    takes: ['bigint', 'text'],
    gives: 'text',
    run: (micros: bigint, pattern: string) =>
      pattern.replaceAll(/%(.)/g, (_, letter: string) => {
        if ('DUuVwX'.includes(letter)) throw invalidArgument(`%${letter} not supported in date format string`);
        return MYSQL_JODA[letter] ? joda(micros, micros, 'UTC', MYSQL_JODA[letter]) : letter;
      }),
  },
  js_joda_parse: {
    takes: ['text', 'text'],
    gives: 'text',
    run: (text: string, pattern: string) => zoned(read(text, jodaParts(pattern))),
  },
  js_joda_format: { takes: ['bigint', 'bigint', 'text', 'text'], gives: 'text', run: joda },
  js_iso_date: {
    takes: ['text'],
    gives: 'text',
    run: (text: string) => {
      const week = /^(\d{4})-W(\d{2})(?:-(\d))?$/.exec(text);
      if (week) {
        const fourth = new Date(Date.UTC(Number(week[1]), 0, 4));
        const monday = fourth.getTime() - ((fourth.getUTCDay() || 7) - 1) * 86_400_000;
        return new Date(monday + ((Number(week[2]) - 1) * 7 + Number(week[3] ?? 1) - 1) * 86_400_000)
          .toISOString()
          .slice(0, 10);
      }
      const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-(\d{3}))?$/.exec(text);
      if (!match) throw invalidArgument(`Invalid format: "${text}"`);
      const parts = checked(
        {
          year: Number(match[1]),
          month: Number(match[2] ?? 1),
          day: Number(match[3] ?? 1),
          hour: 0,
          minute: 0,
          second: 0,
          micros: 0,
          ...(match[4] ? { dayOfYear: Number(match[4]) } : {}),
        },
        text,
      );
      return new Date(Number(microsOf(parts) / 1000n)).toISOString().slice(0, 10);
    },
  },
  js_iso_timestamp: {
    takes: ['text'],
    gives: 'text',
    run: (text: string) => {
      const match =
        /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/.exec(
          text,
        );
      if (!match) throw invalidArgument(`Invalid format: "${text}"`);
      const [, years, months, days, hours, minutes, seconds, digits, zoneText] = match;
      const parts = checked(
        {
          year: Number(years),
          month: Number(months ?? 1),
          day: Number(days ?? 1),
          hour: Number(hours ?? 0),
          minute: Number(minutes ?? 0),
          second: Number(seconds ?? 0),
          micros: Number((digits ?? '').padEnd(3, '0').slice(0, 3)) * 1000,
        },
        text,
      );
      return zoned({
        ...parts,
        zone: zoneText && /^[+-]\d{2}$/.test(zoneText) ? `${zoneText}:00` : (zoneText ?? 'UTC'),
      });
    },
  },
  js_zoned_timestamp: {
    takes: ['text'],
    gives: 'text',
    run: (text: string) => {
      const match =
        /^\s*(\d+)-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6}))?)?)?(?:\s*(\S+))?\s*$/.exec(
          text,
        );
      if (!match) throw new Error(`INVALID_CAST_ARGUMENT: Value cannot be cast to timestamp with time zone: ${text}`);
      const [, years, months, days, hours, minutes, seconds, digits, zoneText] = match;
      return zoned({
        year: Number(years),
        month: Number(months),
        day: Number(days),
        hour: Number(hours ?? 0),
        minute: Number(minutes ?? 0),
        second: Number(seconds ?? 0),
        micros: Number((digits ?? '').padEnd(6, '0')),
        zone: zoneText ?? 'UTC',
      });
    },
  },
  js_zone: { takes: ['text'], gives: 'text', run: zoneName },
  js_offset: {
    takes: ['bigint'],
    gives: 'text',
    run: (minutes: bigint) => (minutes === 0n ? 'UTC' : offsetText(Number(minutes), ':')),
  },
  js_human_seconds: {
    takes: ['double'],
    gives: 'text',
    run: (seconds: number) => {
      let left = Math.abs(Math.round(seconds));
      const units: [string, number][] = [
        ['week', 604_800],
        ['day', 86_400],
        ['hour', 3600],
        ['minute', 60],
        ['second', 1],
      ];
      const words = units.flatMap(([unit, size]) => {
        const count = Math.floor(left / size);
        left -= count * size;
        return count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`];
      });
      return words.length === 0 ? '0 seconds' : words.join(', ');
    },
  },
  js_parse_duration: {
    takes: ['text'],
    gives: 'bigint',
    run: (text: string) => {
      const match = /^\s*(\d+(?:\.\d+)?)\s*(ns|us|ms|s|m|h|d)\s*$/.exec(text);
      if (!match) throw invalidArgument(`duration is not a valid data duration string: ${text}`);
      return BigInt(Math.round(Number(match[1]) * (DURATION[match[2] as string] as number)));
    },
  },
  js_parse_data_size: {
    takes: ['text'],
    gives: 'text',
    run: (text: string) => {
      const match = /^(\d+(?:\.\d+)?)(B|kB|MB|GB|TB|PB|EB|ZB|YB)$/.exec(text);
      if (!match) throw invalidArgument(`Invalid data size: '${text}'`);
      const factor = 1024n ** BigInt(SIZES.indexOf(match[2] as string));
      const [whole = '0', digits = ''] = (match[1] as string).split('.');
      return String((BigInt(whole + digits) * factor) / 10n ** BigInt(digits.length));
    },
  },
};
