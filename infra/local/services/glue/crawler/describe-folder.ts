import { open } from 'node:fs/promises';
import { columnsOf } from '../../../../../lib/languages/contract/contract.ts';
import type { FileFormat } from '../../../../../lib/languages/contract/format.ts';
import { inferContract } from '../../../../../lib/languages/contract/infer-contract.ts';
import { headBytes, isParquet, sniff } from '../../../../../lib/languages/file-format/sniff.ts';
import { quoteText } from '../../../../../lib/languages/job-graph/sql-text.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { ObjectVersion } from '../../s3/object-version.ts';
import { athenaTypeOf } from './athena-type.ts';
import type { TableFolder } from './table-folders.ts';

export interface FolderDescription {
  format: FileFormat;
  columns: { name: string; type: string }[];
  /** Exact for Parquet; for text a guess from the size of the rows that were seen. */
  rows: number;
  /** Whether values of a delimited file are in quotes. */
  isQuoted: boolean;
}

export interface DescribeOptions {
  engine: Engine;
  path: (version: ObjectVersion) => string;
  signal: AbortSignal;
}

/** Parquet files whose footers are read to find all columns of a table. */
const parquetSample = 200;

/** Looks into a folder's files; undefined where they are no table. All of them are taken to be like the first. */
export async function describeFolder(
  folder: TableFolder,
  options: DescribeOptions,
): Promise<FolderDescription | undefined> {
  const first = folder.files[0]?.version;
  if (!first) return undefined;
  const head = await readHead(options.path(first));
  return isParquet(head) ? describeParquet(folder, options) : describeText(folder, first, head);
}

async function describeParquet(
  { files }: TableFolder,
  { engine, path, signal }: DescribeOptions,
): Promise<FolderDescription> {
  const paths = files.slice(0, parquetSample).map(({ version }) => path(version));
  const list = `[${paths.map(quoteText).join(', ')}]`;
  const statements = [
    {
      id: 'columns',
      sql: `DESCRIBE SELECT * FROM read_parquet(${list}, union_by_name = true, hive_partitioning = false)`,
      rows: true,
    },
    { id: 'rows', sql: `SELECT sum(num_rows) AS rows FROM parquet_file_metadata(${list})`, rows: true },
  ];
  const result = await engine.run({ type: 'script', statements, files: paths }, { signal });
  const [columns, counted] = result.statements;
  const rows = Number(counted?.rows?.[0]?.rows ?? 0);
  return {
    format: { type: 'parquet' },
    columns: (columns?.rows ?? []).map((row) => ({
      name: String(row.column_name).toLowerCase(),
      type: athenaTypeOf(String(row.column_type)),
    })),
    rows: Math.round((rows * files.length) / paths.length),
    isQuoted: false,
  };
}

function describeText(
  { files }: TableFolder,
  { key, size }: ObjectVersion,
  head: Uint8Array,
): FolderDescription | undefined {
  const fileName = key.split('/').at(-1) ?? key;
  const sniffed = sniff(head, { fileName, sizeBytes: size, truncated: head.length < size });
  const contract = sniffed.problems.length === 0 ? inferContract(sniffed, 'table') : undefined;
  if (!contract) return undefined;
  // Athena's JSON SerDe finds values by their key, so a column has to be called as the key is.
  const isJson = sniffed.format.type === 'json';
  const columns = columnsOf(contract).map(({ name, physicalName, physicalType }) => ({
    name: isJson ? physicalName.toLowerCase() : name,
    type: physicalType,
  }));
  const total = files.reduce((sum, { version }) => sum + version.size, 0);
  const lines = sniffed.text.split('\n').length - 1;
  return {
    format: sniffed.format,
    columns,
    rows: Math.round((lines * total) / Math.max(1, Math.min(head.length, size))),
    isQuoted: sniffed.text.includes('"'),
  };
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
