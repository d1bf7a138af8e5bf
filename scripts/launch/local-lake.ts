import { Child } from './child.ts';
import type { Settings } from './settings.ts';

/** Starts the local lake and waits until it is ready. Its log goes to this process's standard error. */
export async function startLake({ port, lakePort, dataFolder, region }: Settings): Promise<Child> {
  const lake = new Child('lake', ['infra/local/main.ts'], {
    ...process.env,
    PORT: String(port),
    LAKE_PORT: String(lakePort),
    LACUSTRE_DATA: dataFolder,
    LACUSTRE_REGION: region,
  });
  const ready = new Promise<void>((resolve) => lake.onLine((line) => line.startsWith('ready ') && resolve()));
  const failed = lake.ended.then((code) => {
    throw new Error(`The lake did not start (exit code ${code}); its last lines above say why.`);
  });
  await Promise.race([ready, failed]);
  failed.catch(() => undefined);
  return lake;
}
