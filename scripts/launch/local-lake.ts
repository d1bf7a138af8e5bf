import { Child } from './child.ts';
import type { Settings } from './settings.ts';

export interface StartingLake {
  child: Child;
  /** Resolves when it can be used; rejects when it stops before. */
  ready: Promise<void>;
}

/** Starts the local lake. Its log goes to this process's standard error. */
export function startLake({ port, lakePort, dataFolder, region }: Settings): StartingLake {
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
  failed.catch(() => undefined);
  return { child: lake, ready: Promise.race([ready, failed]) };
}
