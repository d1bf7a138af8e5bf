/** Why S3, or every client beside it, cannot take a file's path as part of a key. */
export type KeyIssue = 'name-empty' | 'name-too-long' | 'name-segments' | 'name-characters';

/** S3's keys have 1,024 bytes at most; the dataset's folder may take a hundred of them. */
const PATH_BYTES_MAX = 1024 - 101;

/**
 * Returns what is wrong with the path of a file below its dataset, if anything is.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export function keyIssue(path: string): KeyIssue | undefined {
  if (path === '') return 'name-empty';
  if (new TextEncoder().encode(path).length > PATH_BYTES_MAX) return 'name-too-long';
  if (path.split('/').some((segment) => segment === '' || segment === '.' || segment === '..')) return 'name-segments';
  // Control characters and halves of surrogate pairs cannot stand in S3's XML, so such an object could never be listed.
  if (/\p{Cc}|\p{Cs}/u.test(path)) return 'name-characters';
  return undefined;
}
