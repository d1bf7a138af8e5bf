import { readConfig } from './config.ts';
import { Lake } from './lake.ts';
import { errorFields, jsonLog } from './log.ts';
import { provisionLocal } from './provision/provision-local.ts';
import { rootKey } from './root-key.ts';
import { StartError } from './start-error.ts';

/** Closing lets requests finish; past this, what hangs is left to the end of the process. State is durable anyway. */
const STOP_MS_MAX = 8_000;

const log = jsonLog();
let lake: Lake | undefined;
let stopping = false;

/** Starts the lake of this environment, provisions it, and prints `ready http://127.0.0.1:4566` when it can be used. */
export async function runLake(): Promise<void> {
  watchProcess();
  try {
    await start();
  } catch (error) {
    // Stopped before it was ready: what was under way fails, and that is no news.
    if (stopping) return;
    if (error instanceof StartError) process.stderr.write(`${error.message}\n`);
    else log.error('the lake could not start', errorFields(error));
    await lake?.close();
    process.exit(1);
  }
}

async function start(): Promise<void> {
  const { consolePort, ...config } = readConfig(process.env);
  lake = await Lake.start({ ...config, rootAccessKey: rootKey(config.dataFolder), log });
  await provisionLocal(lake, consolePort);
  if (!stopping) process.stdout.write(`ready ${lake.url}\n`);
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(0), STOP_MS_MAX);
  await lake?.close();
  process.exit(0);
}

function watchProcess(): void {
  // Who read our output may go before us; that is no failure of ours.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  // A request's failure is answered where it happens; what comes here is a bug, and no reason to take the lake away.
  process.on('uncaughtException', (error) => log.error('uncaught exception', errorFields(error)));
  process.on('unhandledRejection', (error) => log.error('unhandled rejection', errorFields(error)));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  // The launcher holds the channel; it closes with the launcher, however that ended.
  process.on('disconnect', () => void stop());
}
