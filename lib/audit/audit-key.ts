import 'server-only';
import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env } from '@/lib/config/env';

let kept: Promise<string> | undefined;

/**
 * The key that signs the end of the audit trail: LACUSTRE_AUDIT_KEY; else one derived of NEXTAUTH_SECRET, which consoles on
 * one database share; else one made on first start and kept in the data folder. It never stands in the database.
 */
export function auditKey(): Promise<string> {
  kept ??= readOrMake();
  return kept;
}

async function readOrMake(): Promise<string> {
  const { LACUSTRE_AUDIT_KEY, NEXTAUTH_SECRET, LACUSTRE_DATA } = env();
  if (LACUSTRE_AUDIT_KEY) return LACUSTRE_AUDIT_KEY;
  if (NEXTAUTH_SECRET)
    return Buffer.from(hkdfSync('sha256', NEXTAUTH_SECRET, '', 'lacustre-audit', 32)).toString('hex');
  const folder = path.join(/* turbopackIgnore: true */ LACUSTRE_DATA, 'console');
  const file = path.join(folder, 'audit-key');
  await mkdir(folder, { recursive: true });
  // `wx`: whoever comes second reads what the first one wrote.
  await writeFile(file, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(/* turbopackIgnore: true */ file, 'utf8');
}
