import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lake, type LakeOptions } from '../lake.ts';
import { jsonLog } from '../log.ts';
import type { Service } from '../service.ts';

export interface TestLake {
  url: string;
  lake: Lake;
  /** For any client of the AWS SDK: `new S3Client(testLake.clientConfig)`; the account's root. */
  clientConfig: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    forcePathStyle: true;
  };
  /** Lines that the lake logged as warnings or errors. */
  logged: string[];
  /** A running service, for what only other services call. */
  service(name: string): Service | undefined;
  close(): Promise<void>;
}

export type TestLakeOptions = Partial<
  Pick<LakeOptions, 'services' | 'queryMemory' | 'clock' | 'newId' | 'dataFolder' | 'port' | 'hosts'>
>;

const ROOT = { id: 'AKIATESTROOT', secret: 'test-root-secret' };
export const TEST_REGION = 'eu-west-3';
export const TEST_ACCOUNT = '000000000000';

/** A lake of its own for a test: a free port, a temporary folder that goes away with it (unless `dataFolder` is given). */
export async function startTestLake(options: TestLakeOptions = {}): Promise<TestLake> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'lacustre-')));
  const logged: string[] = [];
  const log = { ...jsonLog((line) => logged.push(line)), info: () => undefined };
  const lake = await Lake.start({
    port: 0,
    services: [],
    ...options,
    dataFolder,
    region: TEST_REGION,
    account: TEST_ACCOUNT,
    rootAccessKey: ROOT,
    log,
  });
  return {
    url: lake.url,
    lake,
    clientConfig: {
      endpoint: lake.url,
      region: TEST_REGION,
      credentials: { accessKeyId: ROOT.id, secretAccessKey: ROOT.secret },
      forcePathStyle: true,
    },
    logged,
    service: (name) => lake.service(name),
    async close() {
      await lake.close();
      if (!options.dataFolder) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
