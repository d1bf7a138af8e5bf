import type { Classifier } from './classifier.ts';
import type { CrawlConfiguration } from './crawl-configuration.ts';
import {
  type CrawlObject,
  type CrawlPlan,
  type PlannedFile,
  type PlannedTable,
  type Reason,
  type ReasonCode,
  reason,
} from './crawl-plan.ts';
import { excludes } from './exclusions.ts';
import type { Classified, FileSchema } from './file-schema.ts';
import { folderOf, folderTree } from './folder-tree.ts';
import { groupTables, type SchemaFile, type TableGroup } from './group-tables.ts';
import { mergeSchemas } from './merge-schemas.ts';
import { partitionsOf } from './partition-folders.ts';
import { tableName } from './table-name.ts';

export interface CrawlScope {
  bucket: string;
  /** Ends in a slash, but for a bucket's root. */
  prefix: string;
  tablePrefix?: string | undefined;
  /** Patterns on the path below the prefix. */
  exclusions?: string[] | undefined;
  classifiers?: Classifier[] | undefined;
  configuration: Pick<CrawlConfiguration, 'combines' | 'tableLevel'>;
  /** The tables of the database. One at the place of a table that is found is that table. */
  existing: ExistingTable[];
  /** Whether a former crawl has looked at a folder (`s3://bucket/folder/`): then only the others are looked at. */
  isKnown?: ((folder: string) => boolean) | undefined;
}

export interface ExistingTable {
  name: string;
  location: string;
  /** The pipeline knows it better than any guess from its files. */
  isKept: boolean;
}

/** What Hive, Spark and Athena pass over too. */
const isHidden = (path: string): boolean =>
  path.split('/').some((part) => part.startsWith('.') || part.startsWith('_'));

/** `folder_$folder$` is how Hadoop marks one. */
const isMarker = ({ key, sizeBytes }: CrawlObject): boolean =>
  sizeBytes === 0 && (key.endsWith('/') || key.endsWith('_$folder$'));

type PassedCode = Extract<ReasonCode, `passed${string}`>;

export interface Selection {
  /** What the crawl is about. */
  objects: CrawlObject[];
  /** Those of them that are to be read. */
  sample: CrawlObject[];
  reasons: Reason[];
}

/** Which of the objects below a prefix the crawl is about, and which of these are read: the first of each folder. */
export function selectObjects(scope: CrawlScope, all: CrawlObject[], perFolder: number, most: number): Selection {
  const isExcluded = excludes(scope.exclusions ?? []);
  const counts = new Map<PassedCode, number>();
  const kept = scope.existing.filter(({ isKept }) => isKept).map(({ location }) => withSlash(location));
  const whyPassed = (object: CrawlObject): PassedCode | undefined => {
    const path = object.key.slice(scope.prefix.length);
    if (isExcluded(path)) return 'passedExcluded';
    if (isMarker(object)) return 'passedMarkers';
    if (isHidden(path)) return 'passedHidden';
    if (object.sizeBytes === 0) return 'passedEmpty';
    if (scope.isKnown?.(`s3://${scope.bucket}/${folderOf(object.key)}`)) return 'passedKnown';
    const address = `s3://${scope.bucket}/${object.key}`;
    return kept.some((location) => address.startsWith(location)) ? 'passedKept' : undefined;
  };
  const objects = all.filter((object) => {
    const why = whyPassed(object);
    if (why) counts.set(why, (counts.get(why) ?? 0) + 1);
    return !why;
  });
  const sample = sampleOf(objects, perFolder, most);
  return {
    objects,
    sample,
    reasons: [
      ...[...counts].map(([why, count]) => reason(why, { count })),
      ...(sample.length < objects.length ? [reason('sampled', { read: sample.length, of: objects.length })] : []),
    ],
  };
}

function sampleOf(objects: CrawlObject[], perFolder: number, most: number): CrawlObject[] {
  const folders = [...Map.groupBy(objects, ({ key }) => folderOf(key)).values()];
  const sample: CrawlObject[] = [];
  // One of each folder, then a second: where not all can be read, no folder goes unseen for another's sake.
  for (let round = 0; round < perFolder && sample.length < most; round++)
    for (const files of folders) if (files[round] && sample.length < most) sample.push(files[round] as CrawlObject);
  return sample;
}

/** What a crawl makes of the objects of a selection; `read` is what the files of its sample turned out to be, by key. */
export function planCrawl(
  scope: CrawlScope,
  { objects, reasons }: Selection,
  read: ReadonlyMap<string, Classified>,
): CrawlPlan {
  const files: PlannedFile[] = [];
  const tableFiles: SchemaFile[] = [];
  let blank = 0;
  for (const object of objects) {
    const classified = read.get(object.key);
    if (!classified) tableFiles.push(object);
    else if (classified.kind === 'table') tableFiles.push({ ...object, schema: classified.schema });
    else if (classified.kind === 'empty') blank++;
    else files.push({ ...object, facts: classified.facts, reasons: classified.reasons });
  }
  const planner = new Planner(scope, files);
  const tree = folderTree(scope.prefix, withoutUnread(tableFiles, files));
  const tables = groupTables(tree, scope.configuration, knownTables(scope)).map((group) => planner.table(group));
  return { tables, files, reasons: blank > 0 ? [...reasons, reason('passedBlank', { count: blank })] : reasons };
}

/** Prefixes of the tables that are there, where a crawl looks at new folders alone. */
function knownTables({ bucket, existing, isKnown }: CrawlScope): string[] {
  const root = `s3://${bucket}/`;
  const locations = isKnown ? existing.map(({ location }) => withSlash(location)) : [];
  return locations.filter((location) => location.startsWith(root)).map((location) => location.slice(root.length));
}

/** Files that were not read are like those beside them: where these are no tables, neither are they. */
function withoutUnread(tableFiles: SchemaFile[], files: PlannedFile[]): SchemaFile[] {
  const tables = new Set(tableFiles.filter(({ schema }) => schema).map(({ key }) => folderOf(key)));
  const others = new Set(files.map(({ key }) => folderOf(key)));
  return tableFiles.filter(({ key, schema }) => schema || tables.has(folderOf(key)) || !others.has(folderOf(key)));
}

class Planner {
  readonly #scope: CrawlScope;
  readonly #files: PlannedFile[];
  readonly #names = new Set<string>();
  readonly #byLocation: Map<string, ExistingTable>;

  constructor(scope: CrawlScope, files: PlannedFile[]) {
    this.#scope = scope;
    this.#files = files;
    this.#byLocation = new Map(scope.existing.map((table) => [withSlash(table.location), table]));
  }

  table(group: TableGroup): PlannedTable {
    const { bucket } = this.#scope;
    const location = `s3://${bucket}/${group.place}`;
    const schemas = group.files.flatMap(({ schema }) => schema ?? []);
    const first = schemas[0] as FileSchema;
    const { columns, reasons } = mergeSchemas(schemas);
    const named = this.#name(group, location);
    this.#names.add(named.name);
    const partitioning = group.isFile
      ? { keys: [], partitions: [] }
      : partitionsOf(
          group.place,
          group.files.map(({ key }) => key),
        );
    return {
      name: named.name,
      ...(named.better ? { betterName: named.better } : {}),
      location,
      classification: first.classification,
      compression: first.compression,
      serde: mergedSerde(schemas),
      parameters: first.parameters,
      columns,
      partitionKeys: partitioning.keys,
      partitions:
        partitioning.keys.length === 0
          ? []
          : partitioning.partitions.map(({ values, prefix }) => ({ values, location: `s3://${bucket}/${prefix}` })),
      reasons: [...group.reasons, ...aboutFormat(schemas), ...reasons, ...this.#beside(group), ...named.reasons],
      files: figures(group.files, schemas),
      ...(first.delimited ? { delimited: first.delimited } : {}),
    };
  }

  #name({ place }: TableGroup, location: string) {
    const { bucket, tablePrefix = '', existing } = this.#scope;
    const known = this.#byLocation.get(withSlash(location));
    if (known) return { name: known.name, reasons: [reason('nameExisting', { name: known.name })], better: undefined };
    const parts = [bucket, ...place.split('/').filter(Boolean)];
    const isTaken = (name: string) => this.#names.has(name) || existing.some((table) => table.name === name);
    const source = parts.at(-1) ?? bucket;
    const parent = parts.length > 2 ? (parts.at(-2) ?? '') : '';
    return tableName({ source, parent, location }, tablePrefix, isTaken);
  }

  /** Athena reads every file of a folder, those too that are no table. */
  #beside({ place, isFile }: TableGroup): Reason[] {
    const beside = isFile ? [] : this.#files.filter(({ key }) => key.startsWith(place));
    const [first] = beside;
    return first ? [reason('filesBeside', { count: beside.length, file: first.key.slice(place.length) })] : [];
  }
}

/** What is said of the format, once: of several files the same is said of each. */
function aboutFormat(schemas: FileSchema[]): Reason[] {
  const seen = new Map<string, Reason>();
  for (const { reasons } of schemas) for (const one of reasons) if (!seen.has(one.code)) seen.set(one.code, one);
  return [...seen.values()];
}

function mergedSerde(schemas: FileSchema[]): PlannedTable['serde'] {
  const [first] = schemas;
  const serde = first?.serde as PlannedTable['serde'];
  if (serde.parameters.paths === undefined) return serde;
  const keys = new Set(schemas.flatMap((schema) => schema.serde.parameters.paths?.split(',') ?? []));
  return { ...serde, parameters: { ...serde.parameters, paths: [...keys].sort().join(',') } };
}

function figures(files: SchemaFile[], schemas: FileSchema[]): PlannedTable['files'] {
  const rows = schemas.reduce((sum, schema) => sum + schema.rows, 0);
  return {
    count: files.length,
    read: schemas.length,
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    rows: Math.round((rows * files.length) / Math.max(1, schemas.length)),
  };
}

const withSlash = (location: string): string => (location.endsWith('/') ? location : `${location}/`);
