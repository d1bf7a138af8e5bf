/** `npm start`: the local lake and the console. Always local; `npm run start:aws` is the other one. */
import path from 'node:path';
import { rootKey } from '../infra/local/root-key.ts';
import { buildConsole } from './launch/build-console.ts';
import type { Child } from './launch/child.ts';
import { startConsole } from './launch/console.ts';
import { lakeEnvironment, readLakeCredentials } from './launch/lake-credentials.ts';
import { startLake } from './launch/local-lake.ts';
import { requireFreePort } from './launch/port.ts';
import { readSettings, type Settings } from './launch/settings.ts';
import { stopOnSignal } from './launch/stop-on-signal.ts';

const mode = process.argv[2] === 'dev' ? 'dev' : 'start';
const children: Child[] = [];
let stopping: Promise<void> | undefined;

try {
  await main(readSettings());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stopAll();
  process.exit(1);
}

async function main(settings: Settings): Promise<void> {
  stopOnSignal(stopAll);
  await requireFreePort(settings.port, 'PORT');
  await requireFreePort(settings.lakePort, 'LAKE_PORT');
  if (mode === 'start') await buildConsole();
  // Made here, so that the console can start while the lake does: they need each other only once both are ready.
  rootKey(path.join(settings.dataFolder, 'lake'));
  const lake = startLake(settings);
  children.push(lake.child);
  const credentials = await readLakeCredentials(settings.dataFolder);
  const environment = {
    ...lakeEnvironment(credentials, settings.lakePort, settings.region),
    LAKE_PORT: String(settings.lakePort),
    LACUSTRE_DATA: settings.dataFolder,
  };
  const [consoleServer] = await Promise.all([startConsole({ port: settings.port, mode, environment }), lake.ready]);
  children.push(consoleServer);
  console.log(
    `\nLacustre is ready: http://localhost:${settings.port}\nThe lake listens on http://127.0.0.1:${settings.lakePort} · data in ${settings.dataFolder} · Ctrl-C stops both\n`,
  );
  const first = await Promise.race(children.map((child) => child.ended.then(() => child)));
  // They were told to: whoever did waits until all have.
  if (stopping !== undefined) return;
  console.error(`The ${first.name} has stopped; stopping the rest.`);
  await stopAll();
  process.exit(1);
}

/** Once, and to its end, whoever asks. */
function stopAll(): Promise<void> {
  stopping ??= stopEach();
  return stopping;
}

/** The console first: it is the lake's client. */
async function stopEach(): Promise<void> {
  for (const child of children.toReversed()) await child.stop();
}
