/** Runs functions: a pool of sandboxes each, and their logs. */
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { errorFields } from '../../../log.ts';
import { AwsError } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import type { LogEvent, Logs } from '../../logs/index.ts';
import { invalidParameter } from '../errors.ts';
import type { PackageFolder } from '../function-package.ts';
import type { FunctionRecord } from '../function-store.ts';
import { assumeFunctionRole, functionEnvironment } from './environment.ts';
import { FunctionPool, type Invoked } from './function-pool.ts';
import { type FunctionError, InitError } from './messages.ts';
import type { SandboxOptions } from './sandbox.ts';

export interface FunctionRuntimeOptions {
  ctx: ServiceContext;
  packages: PackageFolder;
  logs: Logs;
}

export interface FunctionResult {
  /** JSON text: what the function answered, or its error. */
  payload: string;
  isError: boolean;
  /** The lines of this event, the runtime's among them. */
  log: string[];
}

/** AWS's quota for what a function may answer. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const RESPONSE_BYTES_MAX = 6 * 1024 * 1024 + 100;

export class FunctionRuntime {
  readonly #options: FunctionRuntimeOptions;
  readonly #pools = new Map<string, FunctionPool>();
  /** Pools of functions that were changed or deleted, which may still have an event under way. */
  readonly #retired = new Set<FunctionPool>();
  readonly #writing = new Set<Promise<void>>();
  readonly #sandboxesMax = Math.max(4, availableParallelism());

  constructor(options: FunctionRuntimeOptions) {
    this.#options = options;
  }

  /** Loads the function before it is asked for; what goes wrong is told to whoever invokes it. */
  warm(record: FunctionRecord): void {
    const { log } = this.#options.ctx;
    this.#pool(record)
      .warm()
      .catch((error: unknown) =>
        log.warn('a function could not be loaded', { function: record.name, ...errorFields(error) }),
      );
  }

  /** New events go to the function as it is now. */
  change(record: FunctionRecord): void {
    this.remove(record.name);
    this.warm(record);
  }

  remove(name: string): void {
    const pool = this.#pools.get(name);
    if (!pool) return;
    this.#pools.delete(name);
    this.#retired.add(pool);
    void pool.retire().then(() => this.#retired.delete(pool));
  }

  async invoke(record: FunctionRecord, payload: string, requestId: string): Promise<FunctionResult> {
    const context = {
      functionName: record.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: record.arn,
      memoryLimitInMB: String(record.memoryMiB),
      logGroupName: record.logGroup,
    };
    try {
      const invoked = limited(await this.#pool(record).invoke({ requestId, payload, context }), requestId);
      const lines = logLines(record, requestId, invoked);
      this.#write(record, invoked.logStream, lines);
      const { error } = invoked;
      return {
        payload: error ? JSON.stringify(error) : (invoked.payload ?? 'null'),
        isError: error !== undefined,
        log: lines,
      };
    } catch (error) {
      if (!(error instanceof InitError)) throw error;
      return this.#failedInit(record, requestId, error.error);
    }
  }

  /** Ends every thread, and waits until what was printed is kept. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools.values(), ...this.#retired].map((pool) => pool.close()));
    await Promise.all(this.#writing);
  }

  #pool(record: FunctionRecord): FunctionPool {
    let pool = this.#pools.get(record.name);
    if (!pool) {
      pool = new FunctionPool({
        describe: () => this.#describe(record),
        timeoutMs: record.timeoutSeconds * 1000,
        sandboxesMax: this.#sandboxesMax,
        clock: this.#options.ctx.clock,
      });
      this.#pools.set(record.name, pool);
    }
    return pool;
  }

  async #describe(record: FunctionRecord): Promise<SandboxOptions> {
    const { ctx, packages } = this.#options;
    const credentials = await assumeFunctionRole(ctx, record).catch((error: unknown) => {
      if (!(error instanceof AwsError)) throw error;
      throw invalidParameter(`The role defined for the function cannot be assumed by Lambda. ${error.message}`);
    });
    const folder = packages.path(record.codeHash);
    const logStream = streamName(ctx.clock());
    return {
      setup: { folder, handler: record.handler },
      memoryMiB: record.memoryMiB,
      environment: functionEnvironment(ctx, record, credentials, { folder, logStream }),
      logStream,
      expiresAt: credentials.Expiration.getTime(),
    };
  }

  #failedInit(record: FunctionRecord, requestId: string, error: FunctionError): FunctionResult {
    const lines = [
      `INIT_REPORT Status: error\tError Type: ${error.errorType}\n`,
      `${requestId}\tERROR\t${error.errorMessage}\n`,
    ];
    this.#write(record, streamName(this.#options.ctx.clock()), lines);
    return { payload: JSON.stringify(error), isError: true, log: lines };
  }

  /** The answer does not wait for its log. */
  #write({ logGroup, name }: FunctionRecord, stream: string, lines: string[]): void {
    const { ctx, logs } = this.#options;
    const timestamp = ctx.clock();
    const events: LogEvent[] = lines.map((line) => ({ timestamp, message: line.replace(/\n$/, '') }));
    const writing = logs
      .append(logGroup, stream, events)
      .catch((error: unknown) =>
        ctx.log.error('the log of a function could not be kept', { function: name, ...errorFields(error) }),
      )
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }
}

function limited(invoked: Invoked, requestId: string): Invoked {
  const { error, payload } = invoked;
  if (error) return { ...invoked, error: withRequestId(error, requestId) };
  if (payload === undefined || payload.length <= RESPONSE_BYTES_MAX) return invoked;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES_MAX} bytes).`;
  return { ...invoked, error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
}

/** Errors that are the runtime's, which name the request. */
const OF_RUNTIME = new Set(['Sandbox.Timedout', 'Runtime.OutOfMemory', 'Runtime.ExitError']);

function withRequestId(error: FunctionError, requestId: string): FunctionError {
  if (!OF_RUNTIME.has(error.errorType)) return error;
  return { ...error, errorMessage: `RequestId: ${requestId} Error: ${error.errorMessage}` };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
function logLines(
  { memoryMiB }: FunctionRecord,
  requestId: string,
  { lines, durationMs, initMs, usedMemoryMiB, error }: Invoked,
): string[] {
  const report = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs)} ms`,
    `Memory Size: ${memoryMiB} MB`,
    `Max Memory Used: ${Math.min(usedMemoryMiB, memoryMiB)} MB`,
    ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
    ...(error?.errorType === 'Sandbox.Timedout' ? ['Status: timeout'] : []),
    ...(error?.errorType.startsWith('Runtime.') ? ['Status: error', `Error Type: ${error.errorType}`] : []),
  ];
  return [
    `START RequestId: ${requestId} Version: $LATEST\n`,
    ...lines,
    `END RequestId: ${requestId}\n`,
    `${report.join('\t')}\n`,
  ];
}

function streamName(now: number): string {
  const [day = ''] = new Date(now).toISOString().split('T');
  return `${day.replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`;
}
