import path from 'node:path';
import { z } from 'zod';

export const root = path.resolve(import.meta.dirname, '../..');

const port = (fallback: number) =>
  z.coerce
    .number('must be a port number')
    .int()
    .min(1, 'must be between 1 and 65535')
    .max(65_535, 'must be between 1 and 65535')
    .default(fallback);

const Settings = z.object({
  PORT: port(3000),
  LAKE_PORT: port(4566),
  LACUSTRE_DATA: z.string().default('.lacustre/data'),
  LACUSTRE_REGION: z.string().default('eu-west-3'),
});

export interface Settings {
  port: number;
  lakePort: number;
  /** Absolute. */
  dataFolder: string;
  region: string;
}

/** What the launch scripts need of the environment; throws one sentence naming each bad variable. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Settings.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path: [name], message }) => `  ${String(name)} ${message}`);
    throw new Error(`The environment cannot be used:\n${lines.join('\n')}`);
  }
  const { PORT, LAKE_PORT, LACUSTRE_DATA, LACUSTRE_REGION } = parsed.data;
  if (PORT === LAKE_PORT)
    throw new Error(`PORT and LAKE_PORT are both ${PORT}; the console and the lake need one each.`);
  return { port: PORT, lakePort: LAKE_PORT, dataFolder: path.resolve(root, LACUSTRE_DATA), region: LACUSTRE_REGION };
}
