/** Deployment packages: a zip, unpacked once into a folder that its hash names. */
import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { invalidParameter } from './errors.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const UNZIPPED_BYTES_MAX = 250 * 1024 * 1024;
const FILES_MAX = 20_000;

export interface FunctionPackage {
  codeHash: string;
  codeSizeBytes: number;
}

export class PackageFolder {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Packages that no function has any more, and what a stop has left half unpacked, are removed. */
  static async open(folder: string, used: ReadonlySet<string>): Promise<PackageFolder> {
    await mkdir(folder, { recursive: true });
    const stale = (await readdir(folder)).filter((name) => !used.has(name));
    await Promise.all(stale.map((name) => rm(join(folder, name), { recursive: true, force: true })));
    return new PackageFolder(folder);
  }

  path(codeHash: string): string {
    return join(this.#folder, codeHash);
  }

  /** Unpacks; resolves when the files are on disk. Throws InvalidParameterValueException for a zip that will not do. */
  async keep(zip: Uint8Array): Promise<FunctionPackage> {
    const codeHash = createHash('sha256').update(zip).digest('hex');
    if (!(await exists(this.path(codeHash)))) await this.#unpack(zip, codeHash);
    return { codeHash, codeSizeBytes: zip.byteLength };
  }

  async #unpack(zip: Uint8Array, codeHash: string): Promise<void> {
    const files = readZip(zip);
    const making = join(this.#folder, `${codeHash}.${randomUUID()}`);
    try {
      for (const [name, bytes] of files) await writeDurably(join(making, name), bytes);
      await rename(making, this.path(codeHash));
      await syncFolder(this.#folder);
    } catch (error) {
      await rm(making, { recursive: true, force: true });
      // Somebody else was faster with the same package.
      if (!(await exists(this.path(codeHash)))) throw error;
    }
  }
}

function readZip(zip: Uint8Array): [name: string, bytes: Uint8Array][] {
  let count = 0;
  let total = 0;
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(zip, {
      filter({ name, originalSize }) {
        checkEntryName(name);
        total += originalSize;
        count += 1;
        if (total > UNZIPPED_BYTES_MAX)
          throw invalidParameter(`Unzipped size must be smaller than ${UNZIPPED_BYTES_MAX} bytes`);
        if (count > FILES_MAX) throw invalidParameter(`A package has at most ${FILES_MAX} files`);
        return !name.endsWith('/');
      },
    });
  } catch (error) {
    if ((error as Error).name === 'InvalidParameterValueException') throw error;
    throw invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
  const files = Object.entries(entries);
  if (files.length === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
  return files;
}

/** No entry may leave the package's folder. */
function checkEntryName(name: string): void {
  const isOutside =
    name.startsWith('/') || /^[A-Za-z]:/.test(name) || /[\\\0]/.test(name) || name.split('/').includes('..');
  if (isOutside) throw invalidParameter(`The package has an entry that leaves its folder: ${JSON.stringify(name)}`);
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is on disk when its folder is; not every system lets folders be synced. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
