/**
 * Runs one function in a worker thread, as Lambda's Node runtime runs it in a process: loads the package once, then
 * handles one event at a time.
 *
 * The package may ask for `@aws-sdk/*` and `@smithy/*`, which Lambda's runtime brings along; they come from the lake's
 * own packages. Console output is caught here, since a thread's streams arrive late.
 */
import { access } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { type FunctionError, InitError, type Invocation, type WorkerMessage, type WorkerSetup } from './messages.ts';

type Handler = (event: unknown, context: object) => unknown;

const { folder, handler: handlerName } = workerData as WorkerSetup;
let current: string | undefined;

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

registerHooks({
  resolve(specifier, context, next) {
    const isRuntimes = /^@(aws-sdk|smithy)\//.test(specifier);
    return next(specifier, isRuntimes ? { ...context, parentURL: import.meta.url } : context);
  },
});
captureConsole();
process.on('unhandledRejection', (reason) => {
  // Lambda's runtime ends the process over it, and tells the caller.
  const { errorMessage, trace = [] } = describeError(reason);
  fail({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage, trace }, true);
  process.exit(1);
});

try {
  const handler = await loadHandler();
  parentPort?.on('message', (invocation: Invocation) => void handle(handler, invocation));
  tell({ type: 'ready' });
} catch (error) {
  tell({ type: 'initFailed', error: error instanceof InitError ? error.error : describeError(error) });
}

async function handle(handler: Handler, { requestId, payload, deadline, context }: Invocation): Promise<void> {
  current = requestId;
  try {
    const result = await handler(JSON.parse(payload), {
      ...context,
      awsRequestId: requestId,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    });
    tell({ type: 'result', requestId, payload: JSON.stringify(result) ?? 'null', usedMemoryMiB: usedMemoryMiB() });
  } catch (error) {
    fail(describeError(error));
  }
}

function fail(error: FunctionError, isFatal = false): void {
  if (current === undefined) return;
  line('ERROR', `Invoke Error \t${JSON.stringify({ ...error, stack: error.trace })}`);
  tell({ type: 'error', requestId: current, error, usedMemoryMiB: usedMemoryMiB(), isFatal });
}

/** Files are looked for as Lambda does: `index.js`, then `index.mjs`, then `index.cjs`. */
async function loadHandler(): Promise<Handler> {
  const dot = handlerName.lastIndexOf('.');
  const [file, name] = [handlerName.slice(0, dot), handlerName.slice(dot + 1)];
  const path = await findModule(file);
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const inDefault = module.default as Record<string, unknown> | undefined;
  const handler = module[name] ?? inDefault?.[name];
  if (typeof handler !== 'function') {
    throw initError('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  if (handler.length > 2) {
    throw initError(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later.',
    );
  }
  return handler as Handler;
}

async function findModule(file: string): Promise<string> {
  for (const extension of ['.js', '.mjs', '.cjs']) {
    const path = join(folder, `${file}${extension}`);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  throw initError('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
}

function captureConsole(): void {
  const levels = { debug: 'DEBUG', info: 'INFO', log: 'INFO', warn: 'WARN', error: 'ERROR', trace: 'TRACE' } as const;
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...values: unknown[]) => line(level, format(...values));
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: string | Uint8Array) => {
      tell({ type: 'line', text: String(typeof chunk === 'string' ? chunk : Buffer.from(chunk)) });
      return true;
    };
  }
}

function line(level: string, text: string): void {
  tell({ type: 'line', text: `${new Date().toISOString()}\t${current ?? 'undefined'}\t${level}\t${text}\n` });
}

function describeError(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function initError(errorType: string, errorMessage: string): InitError {
  return new InitError({ errorType, errorMessage, trace: [] });
}

function usedMemoryMiB(): number {
  const { used_heap_size: used, external_memory: external } = getHeapStatistics();
  return Math.ceil((used + external) / 1024 / 1024);
}
