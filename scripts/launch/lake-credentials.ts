import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const Credentials = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });
export type Credentials = z.infer<typeof Credentials>;

/** The root key that the lake made for itself on its first start; its file is readable by the owner only. */
export async function readLakeCredentials(dataFolder: string): Promise<Credentials> {
  const file = path.join(dataFolder, 'lake/credentials.json');
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new Error(`There is no lake in ${dataFolder} yet: start one with \`npm run lake\` or \`npm start\`.`, {
      cause,
    });
  });
  return Credentials.parse(JSON.parse(text));
}

/** What makes any AWS client a client of the local lake. */
export function lakeEnvironment(
  { accessKeyId, secretAccessKey }: Credentials,
  lakePort: number,
  region: string,
): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${lakePort}`,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
}
