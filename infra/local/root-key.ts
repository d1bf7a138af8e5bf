import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { newSecret } from './services/iam/ids.ts';
import { StartError } from './start-error.ts';

const KeyFile = z.object({ accessKeyId: z.string().min(16), secretAccessKey: z.string().min(1) });

/**
 * The account's root key, in `credentials.json`: made once, on the first start, and readable by its owner only.
 * It is what `npm run lake:env` prints and what the console starts from.
 */
export function rootKey(dataFolder: string): { id: string; secret: string } {
  const file = path.join(dataFolder, 'credentials.json');
  if (!existsSync(file)) makeKey(dataFolder, file);
  const parsed = KeyFile.safeParse(readJson(file));
  if (!parsed.success) {
    throw new StartError(`${file} does not hold an access key. Put the file back, or delete it to get a new key.`);
  }
  return { id: parsed.data.accessKeyId, secret: parsed.data.secretAccessKey };
}

/** Whole or not at all, and only if there is none: also when two lakes start at once, or one is killed here. */
function makeKey(dataFolder: string, file: string): void {
  const draft = `${file}.${process.pid}`;
  const key = { accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`, secretAccessKey: newSecret() };
  try {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(draft, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600, flush: true });
    linkUnlessThere(draft, file);
    rmSync(draft);
  } catch (cause) {
    throw new StartError(
      `The data folder ${dataFolder} cannot be written: ${(cause as Error).message}. Correct it, or set LACUSTRE_DATA to another folder.`,
      cause,
    );
  }
}

function linkUnlessThere(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
