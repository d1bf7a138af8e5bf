/**
 * Writes one line as the native engine logs it; the CLI reads them from stderr.
 * @param {'INFO' | 'ERROR'} level
 * @param {string} message
 * @param {Record<string, unknown>} [fields]
 */
export function logLine(level, message, fields = {}) {
  const timestamp = new Date().toISOString();
  const line = { timestamp, level, fields: { message, ...fields }, target: 'schema_engine::logger' };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
