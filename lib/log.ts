import 'server-only';
import { redactMember } from '@/lib/redact';

type Fields = Record<string, unknown>;

/** One JSON object a line on stderr, so that stdout stays for what a person must read. */
function write(level: 'info' | 'warn' | 'error', message: string, fields: Fields = {}) {
  const line = { time: new Date().toISOString(), level, message, ...fields };
  process.stderr.write(`${JSON.stringify(line, plain)}\n`);
}

/** No secret is ever logged. Errors have no enumerable members: without this a logged cause would be `{}`. */
function plain(key: string, value: unknown) {
  if (!(value instanceof Error)) return redactMember(key, value);
  const { name, message, stack, cause } = value;
  return { name, message, stack, cause };
}

export const log = {
  info: (message: string, fields?: Fields) => write('info', message, fields),
  warn: (message: string, fields?: Fields) => write('warn', message, fields),
  error: (message: string, fields?: Fields) => write('error', message, fields),
};
