import type { MediaFacts } from '../file-format/media-facts.ts';
import type { Evidence } from './column-evidence.ts';
import type { PlannedTable, Reason, Serde } from './crawl-plan.ts';

export interface SchemaColumn {
  name: string;
  evidence: Evidence;
  /** Why it is called so. */
  reasons: Reason[];
  betterName?: { name: string; reason: Reason };
}

/** One file as a table of its own. */
export interface FileSchema {
  classification: string;
  compression: 'gzip' | 'none';
  serde: Serde;
  parameters: Record<string, string>;
  columns: SchemaColumn[];
  /** Columns have no names of their own, but for their places. */
  isNameless: boolean;
  /** Of the whole file; a guess where only its start was read. */
  rows: number;
  reasons: Reason[];
  delimited?: NonNullable<PlannedTable['delimited']>;
}

export type Classified =
  | { kind: 'table'; schema: FileSchema }
  | { kind: 'file'; facts: MediaFacts; reasons: Reason[] }
  /** No bytes, or nothing but white space. */
  | { kind: 'empty' };

const textFiles = {
  input: 'org.apache.hadoop.mapred.TextInputFormat',
  output: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
};

export const serdes = {
  parquet: (): Serde => ({
    library: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
    parameters: { 'serialization.format': '1' },
    input: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  }),
  /** https://docs.aws.amazon.com/athena/latest/ug/avro-serde.html */
  avro: (schema: string): Serde => ({
    library: 'org.apache.hadoop.hive.serde2.avro.AvroSerDe',
    parameters: { 'serialization.format': '1', 'avro.schema.literal': schema },
    input: 'org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat',
  }),
  orc: (): Serde => ({
    library: 'org.apache.hadoop.hive.ql.io.orc.OrcSerde',
    parameters: { 'serialization.format': '1' },
    input: 'org.apache.hadoop.hive.ql.io.orc.OrcInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat',
  }),
  /** Glue's jobs read it by its row tag; there is no SerDe of Athena's. */
  xml: (rowTag: string): Serde => ({ library: '', parameters: { rowTag }, input: '', output: '' }),
  json: (keys: string[]): Serde => ({
    ...textFiles,
    library: 'org.openx.data.jsonserde.JsonSerDe',
    parameters: { paths: [...keys].sort().join(',') },
  }),
  grok: (expression: string, customPatterns = ''): Serde => ({
    ...textFiles,
    library: 'com.amazonaws.glue.serde.GrokSerDe',
    parameters: {
      'input.format': expression,
      ...(customPatterns ? { 'input.grokCustomPatterns': customPatterns } : {}),
    },
  }),
  plain: (delimiter: string): Serde => ({
    ...textFiles,
    library: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
    parameters: { 'field.delim': delimiter },
  }),
  quoted: (delimiter: string, quote = '"'): Serde => ({
    ...textFiles,
    library: 'org.apache.hadoop.hive.serde2.OpenCSVSerde',
    parameters: { separatorChar: delimiter, quoteChar: quote, escapeChar: '\\' },
  }),
};
