import { invalidArgument, type Script } from './script.ts';

const URL_PATTERN =
  /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/(?:([^/?#@]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const URL_PARTS: Record<string, number> = { protocol: 1, host: 3, port: 4, path: 5, query: 6, fragment: 7 };

/** As java.net.URI reads it: a text with spaces or brackets is no URL. */
function urlPart(url: string, part: string): string | undefined {
  if (/[\s<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})/.test(url)) return undefined;
  const match = URL_PATTERN.exec(url);
  const found = match?.[URL_PARTS[part] as number];
  if (part === 'host' || part === 'port') return found || undefined;
  const decoded =
    found === undefined ? (part === 'query' || part === 'fragment' || part === 'protocol' ? '' : found) : found;
  return decoded === undefined
    ? undefined
    : part === 'path' || part === 'query' || part === 'fragment'
      ? unescapePercent(decoded)
      : decoded;
}

function unescapePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface FormatArgument {
  t: string;
  v: string | null;
}

export const TEXT_SCRIPTS: Record<string, Script> = {
  js_format: {
    takes: ['text', 'text'],
    gives: 'text',
    run: (pattern: string, args: string) => format(pattern, JSON.parse(args) as FormatArgument[]),
  },
  js_format_number: { takes: ['double'], gives: 'text', run: (value: number) => shortNumber(value) },
  js_luhn: {
    takes: ['text'],
    gives: 'boolean',
    run: (text: string) => {
      if (!/^\d+$/.test(text)) throw invalidArgument(`Invalid character: '${/\D/.exec(text)?.[0] ?? ''}'`);
      const sum = [...text].reverse().reduce((total, digit, index) => {
        const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
        return total + (value > 9 ? value - 9 : value);
      }, 0);
      return sum % 10 === 0;
    },
  },
  js_normalize: { takes: ['text', 'text'], gives: 'text', run: (text: string, form: string) => text.normalize(form) },
  js_replace: {
    takes: ['text', 'text', 'text'],
    gives: 'text',
    run: (text: string, _search: string, by: string) => by + [...text].map((letter) => letter + by).join(''),
  },
  js_soundex: { takes: ['text'], gives: 'text', run: soundex },
  js_strpos: {
    takes: ['text', 'text', 'bigint'],
    gives: 'bigint',
    run: (text: string, search: string, instance: bigint) => {
      if (instance === 0n) throw invalidArgument("'instance' must be a positive or negative number.");
      let at = instance > 0n ? -1 : text.length + 1;
      for (let count = instance > 0n ? instance : -instance; count > 0n; count--) {
        at = instance > 0n ? text.indexOf(search, at + 1) : at === 0 ? -1 : text.lastIndexOf(search, at - 1);
        if (at < 0) return 0n;
      }
      return BigInt([...text.slice(0, at)].length + 1);
    },
  },
  js_url_part: { takes: ['text', 'text'], gives: 'text', run: urlPart },
  js_url_parameter: {
    takes: ['text', 'text'],
    gives: 'text',
    run: (url: string, name: string) => {
      const query = URL_PATTERN.exec(url)?.[6];
      if (query === undefined || urlPart(url, 'query') === undefined) return undefined;
      for (const pair of query.split('&')) {
        const [key = '', ...value] = pair.split('=');
        if (unescapePercent(key) === name) return unescapePercent(value.join('='));
      }
      return undefined;
    },
  },
  // Java's URLEncoder: a space is a plus, and of the marks only these four stay.
  js_url_encode: {
    takes: ['text'],
    gives: 'text',
    run: (text: string) =>
      encodeURIComponent(text)
        .replaceAll('%20', '+')
        .replaceAll(/[!'()~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
  },
  js_url_decode: {
    takes: ['text'],
    gives: 'text',
    run: (text: string) => {
      try {
        return decodeURIComponent(text.replaceAll('+', ' '));
      } catch {
        const wrong = /%(?![0-9A-Fa-f]{2})(.{0,2})/.exec(text)?.[1] ?? '';
        throw invalidArgument(
          `URLDecoder: Illegal hex characters in escape (%) pattern - Error at index ${/^[0-9A-Fa-f]/.test(wrong) ? 1 : 0} in: "${wrong}"`,
        );
      }
    },
  },
};

const UNITS = ['', 'K', 'M', 'B', 'T', 'Q'];

function shortNumber(value: number): string {
  let [left, unit] = [Math.abs(value), 0];
  while (left >= 1000 && unit < UNITS.length - 1) {
    left /= 1000;
    unit += 1;
  }
  const digits = left >= 100 ? 0 : left >= 10 ? 1 : 2;
  const text = String(Number(left.toFixed(digits)));
  return `${value < 0 ? '-' : ''}${text}${UNITS[unit]}`;
}

function soundex(text: string): string {
  const letters = text.toUpperCase().replaceAll(/[^A-Z]/g, '');
  if (letters === '') return '';
  const code = (letter: string) => '01230120022455012623010202'[letter.charCodeAt(0) - 65] as string;
  let result = letters[0] as string;
  let last = code(result);
  for (const letter of letters.slice(1)) {
    const next = code(letter);
    if (next !== '0' && next !== last) result += next;
    if (letter !== 'H' && letter !== 'W') last = next;
    if (result.length === 4) break;
  }
  return result.padEnd(4, '0');
}

/** Java's String.format, for what SQL values can be. */
function format(pattern: string, args: FormatArgument[]): string {
  let next = 0;
  return pattern.replaceAll(
    /%(?:(\d+)\$)?([-+ 0,(#]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g,
    (_, position?: string, flags = '', width?: string, precision?: string, kind = '') => {
      if (kind === '%') return '%';
      if (kind === 'n') return '\n';
      const arg = args[position ? Number(position) - 1 : next++];
      if (!arg)
        throw invalidArgument(
          `Invalid format string: ${pattern} (MissingFormatArgumentException: Format specifier '%${kind}')`,
        );
      const text = formatOne(arg, flags as string, precision, kind as string, pattern);
      const size = Number(width ?? 0);
      if ((flags as string).includes('-')) return text.padEnd(size);
      if (!(flags as string).includes('0') || arg.v === null) return text.padStart(size);
      const sign = /^[+-]/.exec(text)?.[0] ?? '';
      return sign + text.slice(sign.length).padStart(size - sign.length, '0');
    },
  );
}

function formatOne(
  { t, v }: FormatArgument,
  flags: string,
  precision: string | undefined,
  kind: string,
  pattern: string,
): string {
  if (v === null) return kind === 'b' ? 'false' : 'null';
  const isWhole = ['tinyint', 'smallint', 'integer', 'bigint'].includes(t);
  const isNumber = isWhole || ['double', 'real', 'decimal'].includes(t);
  const mismatch = () =>
    invalidArgument(
      `Invalid format string: ${pattern} (IllegalFormatConversion: ${kind} != java.lang.${isWhole ? 'Long' : t === 'double' ? 'Double' : 'String'})`,
    );
  switch (kind) {
    case 'd':
      if (!isWhole) throw mismatch();
      return signed(BigInt(v) < 0n, grouped(v.replace('-', ''), flags), flags);
    case 'f': {
      if (!isNumber || isWhole) throw mismatch();
      const fixed =
        t === 'decimal' ? fixedDecimal(v, Number(precision ?? 6)) : Math.abs(Number(v)).toFixed(Number(precision ?? 6));
      return signed(v.startsWith('-'), grouped(fixed, flags), flags);
    }
    case 'e':
    case 'E': {
      if (!isNumber || isWhole) throw mismatch();
      const text = Number(v)
        .toExponential(Number(precision ?? 6))
        .replace(/e([+-])(\d)$/, 'e$10$2');
      return kind === 'E' ? text.toUpperCase() : text;
    }
    case 'x':
    case 'X': {
      if (!isWhole) throw mismatch();
      const text = BigInt.asUintN(64, BigInt(v)).toString(16);
      return kind === 'X' ? text.toUpperCase() : text;
    }
    case 'o':
      if (!isWhole) throw mismatch();
      return BigInt.asUintN(64, BigInt(v)).toString(8);
    case 's':
    case 'S': {
      const text = precision === undefined ? v : v.slice(0, Number(precision));
      return kind === 'S' ? text.toUpperCase() : text;
    }
    case 'b':
      return t === 'boolean' ? v : 'true';
    case 'c':
      if (!isWhole) throw mismatch();
      return String.fromCodePoint(Number(v));
    default:
      throw invalidArgument(
        `Invalid format string: ${pattern} (UnknownFormatConversionException: Conversion = '${kind}')`,
      );
  }
}

function fixedDecimal(text: string, digits: number): string {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  const rounded = kept + (Number(fraction[digits] ?? '0') >= 5 ? 1n : 0n);
  const all = rounded.toString().padStart(digits + 1, '0');
  return digits === 0 ? all : `${all.slice(0, -digits)}.${all.slice(-digits)}`;
}

function grouped(digits: string, flags: string): string {
  if (!flags.includes(',')) return digits;
  const [whole = '', fraction] = digits.split('.');
  const separated = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

function signed(isNegative: boolean, text: string, flags: string): string {
  if (isNegative) return flags.includes('(') ? `(${text})` : `-${text}`;
  return flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;
}
