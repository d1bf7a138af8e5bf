/** Returns a file's own name: the last part of its key. */
export function fileName(key: string): string {
  return key.split('/').at(-1) || key;
}

/** An execution that a rule started is named by a UUID, twice: its first part is enough to tell runs apart. */
export function shortRunId(id: string): string {
  return id.length > 16 ? id.slice(0, 8) : id;
}
