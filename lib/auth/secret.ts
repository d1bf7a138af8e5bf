import 'server-only';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env } from '@/lib/config/env';

let kept: Promise<string> | undefined;

/** The key that signs sessions: NEXTAUTH_SECRET, or one made on first start and kept in the data folder. */
export function authSecret(): Promise<string> {
  kept ??= readOrMake();
  return kept;
}

async function readOrMake(): Promise<string> {
  const { NEXTAUTH_SECRET, LACUSTRE_DATA } = env();
  if (NEXTAUTH_SECRET) return NEXTAUTH_SECRET;
  const folder = path.join(/* turbopackIgnore: true */ LACUSTRE_DATA, 'console');
  const file = path.join(folder, 'session-secret');
  await mkdir(folder, { recursive: true });
  // `wx`: whoever comes second reads what the first one wrote.
  await writeFile(file, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(/* turbopackIgnore: true */ file, 'utf8');
}
