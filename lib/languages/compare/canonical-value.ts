import { fitBoolean, fits, fitTimestamp, readNumber } from '../file-format/value-kind.ts';
import type { ValueKind } from './comparison.ts';

/** How the values of a column are compared, by its type in both versions. */
export function kindOf(fromType: string, toType: string): ValueKind {
  const kind = kindOfType(fromType);
  return kind === kindOfType(toType) ? kind : 'text';
}

function kindOfType(type: string): ValueKind {
  if (type === 'bigint' || type === 'double' || type.startsWith('decimal')) return 'number';
  if (type === 'date' || type === 'timestamp') return 'time';
  return type === 'boolean' ? 'boolean' : 'text';
}

/** Returns the one way to write what a value means: `1`, `1.0` and `+1e0` are `1`. What is not of the kind stays as it is. */
export function canonicalValue(text: string, kind: ValueKind): string {
  if (kind === 'number') return canonicalNumber(text);
  if (kind === 'time') return canonicalTime(text);
  return kind === 'boolean' && fitBoolean(text, 0, text.length) === fits ? text.toLowerCase() : text;
}

/** Exponents beyond this are left as they are written: no table column has room for such a number. */
const exponentMax = 400;

function canonicalNumber(text: string): string {
  const shape = readNumber(text, 0, text.length);
  if (!shape) return text;
  // Most numbers of most files: plain digits.
  if (!shape.isPadded && !shape.hasPoint && !shape.hasExponent) return text === '-0' ? '0' : text;
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const shift = Number(exponent);
  if (Math.abs(shift) > exponentMax) return text;
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0');
  const integer = padded.slice(0, Math.max(point, 0)).replace(/^0+/, '') || '0';
  const decimals = padded.slice(Math.max(point, 0)).replace(/0+$/, '');
  const magnitude = decimals ? `${integer}.${decimals}` : integer;
  return sign === '-' && magnitude !== '0' ? `-${magnitude}` : magnitude;
}

/** Days and times as microseconds would lose what is below them: the instant's minute, then seconds as they are written. */
function canonicalTime(text: string): string {
  if (fitTimestamp(text, 0, text.length) !== fits) return text;
  const [, day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = ''] =
    /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(.*))?$/.exec(text) ?? [];
  const utc = Date.parse(`${day}T${hour}:${minute}:${second}Z`) - offsetMs(zone);
  const decimals = fraction.replace(/0+$/, '');
  return `${utc / 1000}${decimals && `.${decimals}`}`;
}

function offsetMs(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -size : size;
}
