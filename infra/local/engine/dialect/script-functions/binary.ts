import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { invalidArgument, type Script } from './script.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytesOf(length: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return bytes;
}

function view(bytes: Uint8Array, length: number): DataView {
  if (bytes.length !== length) throw invalidArgument(`expected ${length}-byte input, but got instead: ${bytes.length}`);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decode(text: string, encoding: 'base64' | 'base64url'): Uint8Array {
  const pattern = encoding === 'base64' ? /^[A-Za-z0-9+/]*={0,2}$/ : /^[A-Za-z0-9_-]*={0,2}$/;
  if (!pattern.test(text)) throw invalidArgument('Illegal base64 character');
  return new Uint8Array(Buffer.from(text, encoding));
}

export const BINARY_SCRIPTS: Record<string, Script> = {
  js_sha512: {
    takes: ['bytes'],
    gives: 'bytes',
    run: (bytes: Uint8Array) => new Uint8Array(createHash('sha512').update(bytes).digest()),
  },
  js_hmac: {
    takes: ['text', 'bytes', 'bytes'],
    gives: 'bytes',
    run: (hash: string, bytes: Uint8Array, key: Uint8Array) =>
      new Uint8Array(createHmac(hash, key).update(bytes).digest()),
  },
  js_crc32: { takes: ['bytes'], gives: 'bigint', run: (bytes: Uint8Array) => BigInt(crc32(bytes)) },
  js_from_hex: {
    takes: ['text'],
    gives: 'bytes',
    run: (text: string) => {
      if (text.length % 2 !== 0) throw invalidArgument(`Invalid input length ${text.length}`);
      if (!/^[0-9A-Fa-f]*$/.test(text))
        throw invalidArgument(`Invalid hex character: ${/[^0-9A-Fa-f]/.exec(text)?.[0] ?? ''}`);
      return new Uint8Array(Buffer.from(text, 'hex'));
    },
  },
  js_from_base64: { takes: ['text'], gives: 'bytes', run: (text: string) => decode(text, 'base64') },
  js_from_base64url: { takes: ['text'], gives: 'bytes', run: (text: string) => decode(text, 'base64url') },
  js_to_base64url: {
    takes: ['bytes'],
    gives: 'text',
    run: (bytes: Uint8Array) => {
      const text = Buffer.from(bytes).toString('base64url');
      return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
    },
  },
  js_to_base32: {
    takes: ['bytes'],
    gives: 'text',
    run: (bytes: Uint8Array) => {
      const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
      const text = (bits.match(/.{1,5}/g) ?? [])
        .map((part) => BASE32[Number.parseInt(part.padEnd(5, '0'), 2)])
        .join('');
      return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
    },
  },
  js_from_base32: {
    takes: ['text'],
    gives: 'bytes',
    run: (text: string) => {
      const letters = text.replace(/=+$/, '');
      if (!/^[A-Z2-7]*$/.test(letters)) throw invalidArgument('Invalid input string');
      const bits = [...letters].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
      return new Uint8Array((bits.match(/.{8}/g) ?? []).map((part) => Number.parseInt(part, 2)));
    },
  },
  js_from_utf8: {
    takes: ['bytes', 'text'],
    gives: 'text',
    run: (bytes: Uint8Array, by: string) => new TextDecoder().decode(bytes).replaceAll('\uFFFD', by),
  },
  js_to_big_endian_32: {
    takes: ['integer'],
    gives: 'bytes',
    run: (value: number) => bytesOf(4, (data) => data.setInt32(0, value)),
  },
  js_to_big_endian_64: {
    takes: ['bigint'],
    gives: 'bytes',
    run: (value: bigint) => bytesOf(8, (data) => data.setBigInt64(0, value)),
  },
  js_from_big_endian_32: { takes: ['bytes'], gives: 'integer', run: (bytes: Uint8Array) => view(bytes, 4).getInt32(0) },
  js_from_big_endian_64: {
    takes: ['bytes'],
    gives: 'bigint',
    run: (bytes: Uint8Array) => view(bytes, 8).getBigInt64(0),
  },
  js_to_ieee754_32: {
    takes: ['real'],
    gives: 'bytes',
    run: (value: number) => bytesOf(4, (data) => data.setFloat32(0, value)),
  },
  js_to_ieee754_64: {
    takes: ['double'],
    gives: 'bytes',
    run: (value: number) => bytesOf(8, (data) => data.setFloat64(0, value)),
  },
  js_from_ieee754_32: { takes: ['bytes'], gives: 'real', run: (bytes: Uint8Array) => view(bytes, 4).getFloat32(0) },
  js_from_ieee754_64: { takes: ['bytes'], gives: 'double', run: (bytes: Uint8Array) => view(bytes, 8).getFloat64(0) },
  js_reverse_binary: { takes: ['bytes'], gives: 'bytes', run: (bytes: Uint8Array) => bytes.slice().reverse() },
  js_substr_binary: {
    takes: ['bytes', 'bigint', 'bigint'],
    gives: 'bytes',
    run: (bytes: Uint8Array, start: bigint, length: bigint) => {
      if (start === 0n || length <= 0n) return new Uint8Array();
      const from = start > 0n ? Number(start) - 1 : bytes.length + Number(start);
      return from < 0 ? new Uint8Array() : bytes.slice(from, from + Number(length));
    },
  },
  js_pad_binary: {
    takes: ['text', 'bytes', 'bigint', 'bytes'],
    gives: 'bytes',
    run: (side: string, bytes: Uint8Array, size: bigint, by: Uint8Array) => {
      const length = Number(size);
      if (by.length === 0) throw invalidArgument('Padding bytes must not be empty');
      if (bytes.length >= length) return bytes.slice(0, length);
      const pad = Uint8Array.from({ length: length - bytes.length }, (_, index) => by[index % by.length] as number);
      return side === 'left' ? Uint8Array.from([...pad, ...bytes]) : Uint8Array.from([...bytes, ...pad]);
    },
  },
};
