import type { ObjectVersion } from '../../s3/object-version.ts';

/** A folder that is one table, and its files. */
export interface TableFolder {
  /** The folder's last part; of a bucket's root its name. */
  name: string;
  bucket: string;
  /** Ends in a slash, but for a bucket's root. */
  prefix: string;
  files: TableFile[];
  /** Names of the `key=value` folders, from the outermost in. */
  partitionKeys: string[];
}

export interface TableFile {
  version: ObjectVersion;
  /** One value for each partition key. */
  values: string[];
}

/** What Hive, Spark and Athena pass over too: markers, and names that start with a dot or an underscore. */
const isHidden = (path: string): boolean =>
  path.split('/').some((part) => part.startsWith('.') || part.startsWith('_'));

/**
 * Finds the tables below a target: the target itself where it holds files or partitions, else each of its folders.
 * Files of a table whose `key=value` folders are not those of the first file are left out.
 */
export function tableFolders(bucket: string, prefix: string, objects: ObjectVersion[]): TableFolder[] {
  const files = objects.filter(
    ({ key, size }) => size > 0 && !key.endsWith('/') && !isHidden(key.slice(prefix.length)),
  );
  const first = (key: string) => key.slice(prefix.length).split('/')[0] ?? '';
  const isTable =
    prefix !== '' && files.some(({ key }) => !key.slice(prefix.length).includes('/') || first(key).includes('='));
  if (isTable) return [folderOf(bucket, prefix, files)];
  const folders = Map.groupBy(
    files.filter(({ key }) => key.slice(prefix.length).includes('/')),
    ({ key }) => first(key),
  );
  return [...folders].map(([name, inside]) => folderOf(bucket, `${prefix}${name}/`, inside));
}

/** The folders of a target as one table: Glue's choice where they hold the same columns. */
export function merged(bucket: string, prefix: string, folders: TableFolder[]): TableFolder {
  return folderOf(
    bucket,
    prefix,
    folders.flatMap(({ files }) => files.map(({ version }) => version)),
  );
}

function folderOf(bucket: string, prefix: string, objects: ObjectVersion[]): TableFolder {
  const files = objects.map((version) => ({ version, pairs: pairsOf(version.key.slice(prefix.length)) }));
  const partitionKeys = files[0]?.pairs.map(([key]) => key) ?? [];
  const alike = files.filter(({ pairs }) => pairs.map(([key]) => key).join('/') === partitionKeys.join('/'));
  return {
    name: prefix.split('/').at(-2) ?? bucket,
    bucket,
    prefix,
    files: alike.map(({ version, pairs }) => ({ version, values: pairs.map(([, value]) => value) })),
    partitionKeys,
  };
}

function pairsOf(path: string): [key: string, value: string][] {
  return path
    .split('/')
    .slice(0, -1)
    .filter((part) => part.includes('='))
    .map((part) => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals).toLowerCase(), decodeURIComponentOr(part.slice(equals + 1))];
    });
}

/** Hive writes values with percent signs where a path cannot hold them. */
function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
