import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Names that clients and servers encode differently when they are careless. */
const NAMES = [
  'plain.txt',
  'with space.txt',
  'plus+plus.txt',
  'per%cent %20.txt',
  'amp&eq=q?h#.txt',
  "quote'd (1) [2] {3}!.txt",
  'ünï-çødé.txt',
  '日本/語.txt',
  'smile😀.txt',
  'deep/er/and deeper/ü+.txt',
  '~tilde*,;:@$.txt',
];

export interface OddFiles {
  folder: string;
  /** Relative paths, in no order. */
  names: string[];
}

/** A folder of files whose names are odd, an empty one, and one that takes several parts. */
export async function makeOddFiles(): Promise<OddFiles> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lacustre-peer-'));
  const bodies = new Map<string, string | Buffer>(NAMES.map((name) => [name, `this is ${name}`]));
  bodies.set('empty', '');
  bodies.set('big.bin', Buffer.from(Uint8Array.from({ length: 12_345_678 }, (_, i) => (i * 31 + (i >> 8)) % 251)));
  for (const [name, body] of bodies) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), body);
  }
  return { folder, names: [...bodies.keys()] };
}

/** Files under a folder by their relative paths. */
export async function contentsOf(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.sort().map(async (file) => [path.relative(folder, file), await readFile(file)] as [string, Buffer]),
    ),
  );
}
