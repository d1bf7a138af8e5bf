import type { Log } from './service.ts';

/** Writes one JSON object a line. Values of fields are the caller's duty: never a secret, never a whole body. */
export function jsonLog(write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const at = (level: string) => (message: string, fields?: Record<string, unknown>) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

/** What of an error belongs in a log line: its chain of messages and its stack. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause === undefined ? undefined : errorFields(error.cause);
  return { error: `${error.name}: ${error.message}`, stack: error.stack, ...(cause && { cause }) };
}
