import type { ContractColumn } from '../../../../../lib/languages/contract/contract.ts';
import type { FileFormat } from '../../../../../lib/languages/contract/format.ts';
import { combinedLogPattern } from '../../../../../lib/languages/file-format/combined-log.ts';
import { headerKey } from '../../../../../lib/languages/file-format/header-key.ts';
import { castSql } from '../../../../../lib/languages/job-graph/cast-sql.ts';
import { quoteName, quoteText } from '../../../../../lib/languages/job-graph/sql-text.ts';
import { contractStop } from './value-sql.ts';

type LogFormat = Extract<FileFormat, { type: 'combined-log' }>;

const groups = [
  'remote_host',
  'identity',
  'remote_user',
  'time',
  'request',
  'status',
  'bytes',
  'referer',
  'user_agent',
];
const request = '^(\\S+)(?: (\\S+))?(?: (\\S+))?';

/** The columns that a log has, each from the groups of its line. */
const expressions: Record<string, { sql: string; type: string }> = {
  remote_host: text('remote_host'),
  identity: text('identity'),
  remote_user: text('remote_user'),
  time: { sql: `CAST(strptime(line.time, '%d/%b/%Y:%H:%M:%S %z') AS TIMESTAMP)`, type: 'timestamp' },
  method: { sql: requestWord(1), type: 'string' },
  path: { sql: requestWord(2), type: 'string' },
  protocol: { sql: requestWord(3), type: 'string' },
  status: { sql: 'CAST(line.status AS BIGINT)', type: 'bigint' },
  bytes: { sql: `CAST(nullif(line.bytes, '-') AS BIGINT)`, type: 'bigint' },
  referer: text('referer'),
  user_agent: text('user_agent'),
};

function text(group: string) {
  return { sql: `nullif(nullif(line.${group}, '-'), '')`, type: 'string' };
}

function requestWord(index: number): string {
  return `nullif(regexp_extract(nullif(line.request, '-'), ${quoteText(request)}, ${index}), '')`;
}

/** Returns the SELECT of an access log's lines; a line that is none stops it. Blank lines are passed over. */
export function logSql(path: string, { compression }: LogFormat, columns: ContractColumn[]): string {
  const pattern = quoteText(combinedLogPattern);
  const names = `[${groups.map(quoteText).join(', ')}]`;
  // A line is read as the one field of a CSV row whose delimiter no log has.
  const lines = `read_csv(${quoteText(path)}, auto_detect = false, header = false, delim = '\\x01', quote = '', escape = '', compression = ${quoteText(compression ?? 'none')}, columns = {text: 'VARCHAR'})`;
  const parsed = `CASE WHEN regexp_matches(text, ${pattern}) THEN regexp_extract(text, ${pattern}, ${names}) ELSE error(${quoteText(`${contractStop}: line`)}) END`;
  const values = columns.map(({ physicalName, physicalType }) => {
    const column = expressions[headerKey(physicalName)];
    if (!column) throw new Error(`an access log has no column ${physicalName}`);
    return `${castSql(column.sql, column.type, physicalType)} AS ${quoteName(physicalName)}`;
  });
  return `SELECT ${values.join(', ')} FROM (SELECT ${parsed} AS line FROM ${lines} WHERE text IS NOT NULL AND trim(text) <> '')`;
}
