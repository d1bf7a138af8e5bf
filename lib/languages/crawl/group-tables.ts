/**
 * Which folders are tables, and which are partitions of one.
 *
 * From the top of the tree down: a folder is one table where all that is in it can be read together and most of it has
 * the same columns; else each of its folders is looked at by itself, and each of its files is a table. A crawler can be
 * told to combine all that can be read together, or at which depth its tables are. Where it looks at new folders alone, the
 * tables that are known stay what they are: their folders are theirs, and no folder above them is a table.
 * https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-folder-table-partition.html
 */
import type { CrawlConfiguration } from './crawl-configuration.ts';
import { type CrawlObject, type Reason, type ReasonCode, reason } from './crawl-plan.ts';
import type { FileSchema } from './file-schema.ts';
import { type Folder, filesBelow, folderOf } from './folder-tree.ts';
import { isDatedFolder, isNamedFolder } from './partition-folders.ts';
import { isReadTogether, isSimilar, similarity, similarityMin } from './schema-similarity.ts';

/** A file of a table; without a schema where it was not read, and is taken to be like those beside it. */
export interface SchemaFile extends CrawlObject {
  schema?: FileSchema;
}

export interface TableGroup {
  /** A folder's prefix, or a file's key where the file is the table. */
  place: string;
  isFile: boolean;
  files: SchemaFile[];
  reasons: Reason[];
}

/** `known` are the prefixes of tables whose former files are not in the tree. */
export function groupTables(
  root: Folder<SchemaFile>,
  { combines, tableLevel }: Pick<CrawlConfiguration, 'combines' | 'tableLevel'>,
  known: string[] = [],
): TableGroup[] {
  const starts = tableLevel ? foldersAt(root, tableLevel) : [root.prefix === '' ? descended(root) : root];
  const told = tableLevel ? [reason('tableLevel', { level: tableLevel })] : [];
  return starts.flatMap((folder) => groupFolder(folder, { combines, told, known }));
}

/** The folders at a depth, of which the bucket is 1; files above it are with the folder that they are in. */
function foldersAt(folder: Folder<SchemaFile>, level: number): Folder<SchemaFile>[] {
  const depth = folder.prefix.split('/').length;
  if (depth >= level) return [folder];
  const own = folder.files.length > 0 ? [{ ...folder, folders: [] }] : [];
  return [...own, ...folder.folders.flatMap((inner) => foldersAt(inner, level))];
}

/** A bucket that holds nothing but one folder is no table: that folder is, or the first below it that holds more. */
function descended(folder: Folder<SchemaFile>): Folder<SchemaFile> {
  const [only, ...others] = folder.folders;
  const isOnTheWay = only && others.length === 0 && folder.files.length === 0;
  return isOnTheWay && !isNamedFolder(only.name) && !isDatedFolder(only.name) ? descended(only) : folder;
}

interface Grouping {
  combines: boolean;
  told: Reason[];
  known: string[];
}

function groupFolder(folder: Folder<SchemaFile>, grouping: Grouping): TableGroup[] {
  const { combines, told, known } = grouping;
  const files = filesBelow(folder);
  if (files.length === 0) return [];
  const isKnown = known.includes(folder.prefix);
  const isAbove = !isKnown && known.some((prefix) => prefix.startsWith(folder.prefix));
  const whole = isAbove
    ? apart('apartKnown', { folder: nameOf(folder) })
    : wholeFolder(folder, files, combines || isKnown);
  if (whole.isTable) return [{ place: folder.prefix, isFile: false, files, reasons: [...told, ...whole.reasons] }];
  // What cannot be read as the table that it lies in is no other table either.
  if (isKnown) return [];
  return [
    ...folder.files.flatMap((file) =>
      file.schema
        ? [
            {
              place: file.key,
              isFile: true,
              files: [file],
              reasons: [...told, ...whole.reasons, reason('tablePerFile')],
            },
          ]
        : [],
    ),
    ...folder.folders.flatMap((inner) => {
      const groups = groupFolder(inner, grouping);
      for (const group of groups) if (group.place === inner.prefix) group.reasons.unshift(...whole.reasons);
      return groups;
    }),
  ];
}

interface Whole {
  isTable: boolean;
  reasons: Reason[];
}

const apart = (code: ReasonCode, values: Reason['values'] = {}): Whole => ({
  isTable: false,
  reasons: [reason(code, values)],
});

/** Whether a folder with all that is below it is one table, and why. */
function wholeFolder(folder: Folder<SchemaFile>, files: SchemaFile[], combines: boolean): Whole {
  const depths = new Set(files.map(({ key }) => key.slice(folder.prefix.length).split('/').length));
  if (depths.size > 1) return apart('apartDepth', { folder: nameOf(folder) });
  const read = files.flatMap(({ schema, key }) => (schema ? [{ schema, key }] : []));
  const [first] = read;
  if (!first) return apart('apartUnread', { folder: nameOf(folder) });
  const other = read.find(({ schema }) => !isReadTogether(first.schema, schema));
  if (other) return apart('apartFormat', { one: labelOf(first), other: labelOf(other) });
  const columns = first.schema.columns.length;
  if (read.length === 1) return { isTable: true, reasons: [reason('tableOneFile', { columns })] };
  if (combines) return { isTable: true, reasons: [reason('tableCombined', { files: read.length })] };
  return alike(folder, columns);
}

/** Each file, and each folder whose files are alike, is one voice; 70 % of them must have the same columns. */
function alike(folder: Folder<SchemaFile>, columns: number): Whole {
  const voices = [
    ...folder.files.map((file) => voiceOf([file])),
    ...folder.folders.map((inner) => voiceOf(filesBelow(inner))),
  ];
  const known = voices.filter((voice) => voice !== undefined);
  const sizes = known.map((voice) => ({
    voice,
    like: known.filter((one) => one !== 'mixed' && voice !== 'mixed' && isSimilar(voice, one)).length,
  }));
  const leader = sizes.sort((one, other) => other.like - one.like)[0];
  const share = (leader?.like ?? 0) / Math.max(1, known.length);
  if (!leader || leader.voice === 'mixed' || share < similarityMin) {
    const least = Math.round(100 * leastSimilar(known));
    return apart('apartColumns', { folder: nameOf(folder), share: Math.round(share * 100), least });
  }
  const isFolders = folder.folders.length > 0;
  const count = isFolders ? new Set(filesBelow(folder).map(({ key }) => folderOf(key))).size : known.length;
  const why = reason(isFolders ? 'tableFolders' : 'tableFiles', { count, columns });
  const odd = known.length - leader.like;
  return { isTable: true, reasons: odd > 0 ? [why, reason('tableOdd', { odd, count: known.length })] : [why] };
}

/** What a folder's files say with one voice; `mixed` where they do not, undefined where none was read. */
function voiceOf(files: SchemaFile[]): FileSchema | 'mixed' | undefined {
  const schemas = files.flatMap(({ schema }) => schema ?? []);
  const [first] = schemas;
  if (!first) return undefined;
  return schemas.every((schema) => isSimilar(first, schema)) ? first : 'mixed';
}

function leastSimilar(voices: (FileSchema | 'mixed')[]): number {
  const schemas = voices.filter((voice) => voice !== 'mixed');
  const [first] = schemas;
  return first ? Math.min(...schemas.map((schema) => similarity(first, schema))) : 0;
}

const nameOf = ({ name, prefix }: Folder<SchemaFile>): string => name || prefix || '/';

function labelOf({ schema, key }: { schema: FileSchema; key: string }): string {
  const file = key.split('/').at(-1) ?? key;
  return `${file} (${schema.classification}${schema.compression === 'gzip' ? ', gzip' : ''})`;
}
