import path from 'node:path';
import { z } from 'zod';
import { StartError } from './start-error.ts';

/** Where a relative data folder is taken from: the project's root, whatever the working directory. */
const ROOT = path.resolve(import.meta.dirname, '../..');

const port = (fallback: number) =>
  z.coerce
    .number('must be a port number')
    .int('must be a port number')
    .min(0, 'must be between 0 and 65535')
    .max(65_535, 'must be between 0 and 65535')
    .default(fallback);

const Environment = z.object({
  /** The console's: its pages may send files straight to the lake. */
  PORT: port(3000),
  LAKE_PORT: port(4566),
  LAKE_HOST: z.string().default('127.0.0.1'),
  LAKE_HOSTS: z
    .string()
    .default('')
    .transform((names) =>
      names
        .toLowerCase()
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(/^[a-z0-9.-]+$/, 'must be names such as lake.example.com, with commas between'))),
  LACUSTRE_DATA: z.string().default('.lacustre/data'),
  LAKE_SECRET_KEY: z.string().optional(),
  LAKE_SECRET_KEY_OLD: z.string().optional(),
  LACUSTRE_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be the name of an AWS region, such as eu-west-3')
    .default('eu-west-3'),
  LACUSTRE_ACCOUNT: z
    .string()
    .regex(/^\d{12}$/, 'must be an account number of 12 digits')
    .default('000000000000'),
});

export interface LakeConfig {
  consolePort: number;
  port: number;
  host: string;
  /** Names that it answers under, beside this machine's own and any address. */
  hosts: string[];
  /** Absolute; the lake's part of LACUSTRE_DATA. */
  dataFolder: string;
  /** Seal what the lake must be able to read again; in a file of the data folder where none is given. */
  secretKeys: { current?: string; old?: string };
  region: string;
  account: string;
}

/** Reads the lake's environment once; an empty variable is as if it were not set. Throws one sentence for all that is wrong. */
export function readConfig(environment: Record<string, string | undefined>): LakeConfig {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path: [name], message }) => `${String(name)} ${message}`);
    throw new StartError(`The environment cannot be used: ${problems.join('; ')}.`);
  }
  const { LAKE_SECRET_KEY, LAKE_SECRET_KEY_OLD } = parsed.data;
  const { PORT, LAKE_PORT, LAKE_HOST, LAKE_HOSTS, LACUSTRE_DATA, LACUSTRE_REGION, LACUSTRE_ACCOUNT } = parsed.data;
  return {
    consolePort: PORT,
    port: LAKE_PORT,
    host: LAKE_HOST,
    hosts: LAKE_HOSTS,
    dataFolder: path.resolve(ROOT, LACUSTRE_DATA, 'lake'),
    secretKeys: {
      ...(LAKE_SECRET_KEY && { current: LAKE_SECRET_KEY }),
      ...(LAKE_SECRET_KEY_OLD && { old: LAKE_SECRET_KEY_OLD }),
    },
    region: LACUSTRE_REGION,
    account: LACUSTRE_ACCOUNT,
  };
}
