import type { Chosen } from './gather-files';
import { DATASET_NAME } from './object-key';

export interface KeyPair {
  key: string;
  to: string;
}

/** Where files go that are put into a folder: what they are called below the folder that is looked at, they are there too. */
export function keysInFolder(files: readonly { key: string }[], prefix: string, folder: string): KeyPair[] {
  const into = folder.replace(/^\/+|\/+$/g, '');
  return files.map(({ key }) => ({ key, to: `${into}/${key.slice(prefix.length)}` }));
}

/** Where a file, or all that is beneath a folder, goes when that gets another name in its place. */
export function keysRenamed(files: readonly { key: string }[], chosen: Chosen, name: string): KeyPair[] {
  const whole = chosen.isFolder ? chosen.key.slice(0, -1) : chosen.key;
  const parent = whole.slice(0, whole.lastIndexOf('/') + 1);
  const renamed = `${parent}${name}`;
  return files.map(({ key }) => ({ key, to: renamed + key.slice(whole.length) }));
}

/** The last part of what was chosen, without a folder's slash. */
export function nameOf({ key, isFolder }: Chosen): string {
  const whole = isFolder ? key.slice(0, -1) : key;
  return whole.slice(whole.lastIndexOf('/') + 1);
}

const MAX_KEY_BYTES = 1024;

/** Whether a file of the raw zone may be put there: below a dataset, with no part that climbs out of its folder. */
export function isTargetKey(key: string): boolean {
  const [dataset = '', ...parts] = key.split('/');
  return (
    DATASET_NAME.test(dataset) &&
    parts.join('/') !== '' &&
    !parts.some((part) => part === '.' || part === '..') &&
    new TextEncoder().encode(key).length <= MAX_KEY_BYTES
  );
}
