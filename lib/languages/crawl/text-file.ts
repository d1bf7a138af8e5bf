/** A text file, or the start of one, decoded and unpacked. */
export interface TextFile {
  /** The last part of its key. */
  name: string;
  text: string;
  /** True when `text` is all of it. */
  isComplete: boolean;
  compression: 'gzip' | 'none';
  encoding: 'utf-8' | 'latin-1' | 'utf-16';
  /** How many lines the whole file has: a guess where only its start was read. */
  lines: number;
}
