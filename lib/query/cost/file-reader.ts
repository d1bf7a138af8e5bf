import 'server-only';
import { GetObjectCommand, ListObjectsV2Command, type _Object as StoredObject } from '@aws-sdk/client-s3';
import type { Context } from '@/lib/auth';
import { collectPages } from '@/lib/aws/paginate';
import { type ParquetChunk, readParquetChunks } from '@/lib/languages/file-format/parquet-chunks.ts';
import { parquetFooterBytes, parquetTailBytes } from '@/lib/languages/file-format/parquet-footer.ts';
import { asUnknown, UnknownCost } from './unknown-cost';

export interface DataFile {
  bucket: string;
  key: string;
  etag: string;
  sizeBytes: number;
  /** Where its bytes are, for a file of the past that is copied only once the statement is run. */
  original?: { bucket: string; key: string; versionId: string };
}

/** Files that are not where they are said to be yet. */
export type ComingFiles = (place: Place) => DataFile[] | undefined;

export interface Place {
  bucket: string;
  prefix: string;
}

export type Footer = Map<string, ParquetChunk>;

const MAX_FILES = 20_000;
/** A footer is of an object's version, and a version never changes. Kept apart by role: a role sees what it may. */
const footers = new Map<string, Footer>();
const MAX_FOOTERS = 5_000;

/** Files of tables as the signed-in person sees them: lists, and the ends of Parquet files. */
export class FileReader {
  readonly #ctx: Context;
  readonly #signal: AbortSignal;
  readonly #coming: ComingFiles;
  readonly #lists = new Map<string, Promise<DataFile[]>>();

  constructor(ctx: Context, signal: AbortSignal, coming: ComingFiles) {
    this.#ctx = ctx;
    this.#signal = signal;
    this.#coming = coming;
  }

  list({ bucket, prefix }: Place, table: string): Promise<DataFile[]> {
    const key = `${bucket}/${prefix}`;
    const listed = this.#lists.get(key) ?? this.#list({ bucket, prefix }, table);
    this.#lists.set(key, listed);
    return listed;
  }

  async #list({ bucket, prefix }: Place, table: string): Promise<DataFile[]> {
    const coming = this.#coming({ bucket, prefix });
    if (coming) return coming;
    const pages = collectPages<StoredObject>(async (ContinuationToken) => {
      const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken });
      const page = await this.#ctx.aws.s3.send(command, { abortSignal: this.#signal });
      return { items: page.Contents, next: page.NextContinuationToken };
    }, MAX_FILES);
    const { items, isTruncated } = await this.#settled(pages, table);
    if (isTruncated) throw new UnknownCost('tooMany', table);
    return items.flatMap(({ Key: key = '', ETag: etag = '', Size: sizeBytes = 0 }) =>
      isData(key.slice(prefix.length), sizeBytes) ? [{ bucket, key, etag, sizeBytes }] : [],
    );
  }

  hasFooter(file: DataFile): boolean {
    return footers.has(this.#keyOf(file));
  }

  /** Undefined for a file that is no sound Parquet. */
  async readFooter(file: DataFile, table: string): Promise<Footer | undefined> {
    const key = this.#keyOf(file);
    const known = footers.get(key);
    if (known) return known;
    const footer = await this.#settled(this.#fetchFooter(file), table);
    if (footer) {
      if (footers.size >= MAX_FOOTERS) footers.clear();
      footers.set(key, footer);
    }
    return footer;
  }

  async #fetchFooter(file: DataFile): Promise<Footer | undefined> {
    const tail = await this.#readEnd(file, parquetTailBytes);
    const needed = parquetFooterBytes(tail);
    const isShort = needed > tail.length && needed <= file.sizeBytes;
    return readParquetChunks(isShort ? await this.#readEnd(file, needed) : tail);
  }

  async #readEnd({ etag, sizeBytes, ...file }: DataFile, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const Range = `bytes=${Math.max(0, sizeBytes - length)}-${sizeBytes - 1}`;
    const { bucket: Bucket, key: Key, versionId: VersionId } = file.original ?? { ...file, versionId: undefined };
    const command = new GetObjectCommand({ Bucket, Key, VersionId, Range, IfMatch: etag });
    const { Body } = await this.#ctx.aws.s3.send(command, { abortSignal: this.#signal });
    return new Uint8Array((await Body?.transformToByteArray()) ?? []);
  }

  async #settled<T>(answer: Promise<T>, table: string): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      this.#signal.throwIfAborted();
      throw asUnknown(error, table);
    }
  }

  #keyOf({ bucket, key, etag }: DataFile): string {
    return `${this.#ctx.role} ${bucket}/${key} ${etag}`;
  }
}

/** Hive reads neither empty files nor those whose name, or a folder above it, begins with `_` or `.`. */
function isData(path: string, sizeBytes: number): boolean {
  return sizeBytes > 0 && path !== '' && !path.endsWith('/') && !/(?:^|\/)[._]/.test(path);
}
