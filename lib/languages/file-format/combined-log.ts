/**
 * The access log of Apache and nginx: `combined`, or `common`, which lacks the last two fields.
 * https://httpd.apache.org/docs/2.4/logs.html#combined
 */

/**
 * One line; its groups are the columns in order, with `request` whole. Without look-around or back references, so that
 * RE2, Java and Python read it the same.
 */
export const combinedLogPattern =
  '^(\\S+) (\\S+) (\\S+) \\[(\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2} [+-]\\d{4})\\] "((?:[^"\\\\]|\\\\.)*)" (\\d{3}) (\\d+|-)(?: "((?:[^"\\\\]|\\\\.)*)" "((?:[^"\\\\]|\\\\.)*)")?\\s*$';

/** The columns of such a log's table. `-` is empty; `time` is in UTC; `request` is split into its three words. */
export const combinedLogColumns = [
  { name: 'remote_host', type: 'string', required: true },
  { name: 'identity', type: 'string', required: false },
  { name: 'remote_user', type: 'string', required: false },
  { name: 'time', type: 'timestamp', required: true },
  { name: 'method', type: 'string', required: false },
  { name: 'path', type: 'string', required: false },
  { name: 'protocol', type: 'string', required: false },
  { name: 'status', type: 'bigint', required: true },
  { name: 'bytes', type: 'bigint', required: false },
  { name: 'referer', type: 'string', required: false },
  { name: 'user_agent', type: 'string', required: false },
] as const;

const line = new RegExp(combinedLogPattern);

export function isCombinedLogLine(text: string): boolean {
  return line.test(text);
}

/** One line's fields, as many as there are columns; undefined where it is no line of a log. `-` is nothing. */
export function readCombinedLogLine(text: string): (string | null)[] | undefined {
  const groups = line.exec(text)?.slice(1);
  if (!groups) return undefined;
  const [method, path, protocol] = (groups[4] ?? '').split(' ');
  const fields = [...groups.slice(0, 4), method, path, protocol, ...groups.slice(5)];
  return fields.map((field) => (field === undefined || field === '' || field === '-' ? null : field));
}

const linesTried = 20;

/** True when most of the first lines are lines of an access log. */
export function isCombinedLog(text: string): boolean {
  const lines = text
    .slice(0, 64 * 1024)
    .split(/\r?\n/, linesTried + 1)
    .slice(0, linesTried)
    .filter((one) => one.trim() !== '');
  return lines.length > 0 && lines.filter(isCombinedLogLine).length >= 0.8 * lines.length;
}
