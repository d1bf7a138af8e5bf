/** What a crawl would make of a folder, and for every part of it why. Plain data: it goes to the browser as it is. */
import type { MediaFacts } from '../file-format/media-facts.ts';

/** What there is to say of a plan; the messages have a sentence for each. */
export type ReasonCode =
  | 'apartColumns'
  | 'apartDepth'
  | 'apartFormat'
  | 'apartKnown'
  | 'apartUnread'
  | 'avroDamaged'
  | 'betterCode'
  | 'betterColumnName'
  | 'betterDate'
  | 'columnSome'
  | 'columnsByPlace'
  | 'compressed'
  | 'encoding'
  | 'fileBinary'
  | 'fileBroken'
  | 'fileText'
  | 'fileUnknown'
  | 'fileXml'
  | 'filesBeside'
  | 'formatAvro'
  | 'formatCsv'
  | 'formatCsvChosen'
  | 'formatCsvCustom'
  | 'formatGrok'
  | 'formatJsonArray'
  | 'formatJsonLines'
  | 'formatJsonPath'
  | 'formatJsonWhole'
  | 'formatLog'
  | 'formatOrc'
  | 'formatParquet'
  | 'formatXml'
  | 'headerChosen'
  | 'headerChosenAbsent'
  | 'headerEmpty'
  | 'headerFound'
  | 'headerLong'
  | 'headerNotDifferent'
  | 'headerTold'
  | 'headerToldAbsent'
  | 'headerTyped'
  | 'jsonBroken'
  | 'listedPart'
  | 'nameAvro'
  | 'nameCharacters'
  | 'nameClash'
  | 'nameDigit'
  | 'nameDoubled'
  | 'nameExisting'
  | 'nameFolder'
  | 'nameGrok'
  | 'nameHash'
  | 'nameHeader'
  | 'nameKey'
  | 'nameOrc'
  | 'nameParquet'
  | 'namePlace'
  | 'namePrefix'
  | 'nameTag'
  | 'nameTwice'
  | 'orcCompression'
  | 'orcDamaged'
  | 'parquetDamaged'
  | 'partitionDated'
  | 'partitionFolder'
  | 'partitionNamed'
  | 'passedBlank'
  | 'passedEmpty'
  | 'passedExcluded'
  | 'passedHidden'
  | 'passedKept'
  | 'passedKnown'
  | 'passedMarkers'
  | 'readStart'
  | 'sampled'
  | 'serdeQuotesKept'
  | 'tableCombined'
  | 'tableFiles'
  | 'tableFolders'
  | 'tableLevel'
  | 'tableOdd'
  | 'tableOneFile'
  | 'tablePerFile'
  | 'typeAll'
  | 'typeAllButEmpty'
  | 'typeAvro'
  | 'typeDateAsText'
  | 'typeEmpty'
  | 'typeExceptions'
  | 'typeGrok'
  | 'typeMerged'
  | 'typeNumbers'
  | 'typeOrc'
  | 'typeParquet'
  | 'typeText';

/** Why something is as it is: a code, and what its sentence is about. */
export interface Reason {
  code: ReasonCode;
  values: Record<string, string | number>;
}

export interface CrawlObject {
  key: string;
  sizeBytes: number;
}

/** What was read of one file. */
export interface FileHead {
  key: string;
  /** Its first bytes, `headBytes` of them at most. */
  head: Uint8Array;
  /** Its last bytes, where it is larger than its head: of a Parquet file at least the footer. */
  tail?: Uint8Array;
}

export interface Serde {
  library: string;
  parameters: Record<string, string>;
  input: string;
  output: string;
}

export interface PlannedColumn {
  name: string;
  /** Athena's type. */
  type: string;
  reasons: Reason[];
  /** What would serve better than what Glue makes of it. */
  better?: { name?: string; type?: string; reason: Reason };
}

export interface PlannedPartition {
  values: string[];
  /** Ends in a slash. */
  location: string;
}

export interface PlannedTable {
  /** As Glue names it, but for a table that is at the location already: that one keeps its name. */
  name: string;
  betterName?: string;
  /** `s3://bucket/folder/`, or a file's address where a file is a table. */
  location: string;
  classification: string;
  compression: 'gzip' | 'none';
  serde: Serde;
  /** Parameters of the table that say how it is read. */
  parameters: Record<string, string>;
  columns: PlannedColumn[];
  partitionKeys: { name: string; type: string; reasons: Reason[] }[];
  partitions: PlannedPartition[];
  reasons: Reason[];
  /** How many files it has, how many of them were read, and how many rows they have: a guess, but for Parquet. */
  files: { count: number; read: number; sizeBytes: number; rows: number };
  /** Of a delimited file: what a person may decide otherwise. */
  delimited?: { delimiter: string; hasHeader: boolean; isQuoted: boolean };
}

/** A file that is no table, and what can be read of it. */
export interface PlannedFile {
  key: string;
  sizeBytes: number;
  facts: MediaFacts;
  reasons: Reason[];
}

export interface CrawlPlan {
  tables: PlannedTable[];
  files: PlannedFile[];
  reasons: Reason[];
}

export const reason = (code: ReasonCode, values: Reason['values'] = {}): Reason => ({ code, values });
