import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BodySource } from '../s3/body-source.ts';
import { SMALL_BYTES_MAX } from '../s3/small-blobs.ts';
import { CatalogAccess } from './catalog-access.ts';
import { type Execution, NO_STATISTICS } from './execution.ts';
import type { Executions } from './executions.ts';
import { explainFailure } from './explain-failure.ts';
import { resultMetadata } from './result-metadata.ts';
import { findReusable } from './result-reuse.ts';
import { runStatement } from './run-statement.ts';
import type { AthenaParts, Outcome } from './statement-context.ts';
import { viaAthena } from './via-athena.ts';

/** Statements that run at once; the others stay QUEUED. The engine has fewer processes, but not all statements need one. */
const MAX_RUNNING = 6;

const STOPPED = 'The lake was stopped while the query was running. Run it again.';

/** Runs executions: queued first where all places are taken, then running, then over, each step on disk. */
export class QueryRunner {
  readonly #parts: AthenaParts;
  readonly #executions: Executions;
  readonly #folder: string;
  readonly #queue: string[] = [];
  readonly #running = new Map<string, { controller: AbortController; done: Promise<void> }>();
  /** Places of executions that are on their way to disk. */
  #promised = 0;
  #closed = false;

  private constructor(parts: AthenaParts, executions: Executions, folder: string) {
    this.#parts = parts;
    this.#executions = executions;
    this.#folder = folder;
  }

  /** Takes up what a former process left: what was queued is run, what was running has failed. */
  static async start(parts: AthenaParts, executions: Executions, workFolder: string): Promise<QueryRunner> {
    const runner = new QueryRunner(parts, executions, join(workFolder, 'athena'));
    await rm(runner.#folder, { recursive: true, force: true });
    await mkdir(runner.#folder, { recursive: true });
    for (const execution of executions.listOpen()) {
      if (execution.state === 'QUEUED') runner.#queue.push(execution.id);
      else await runner.#fail(execution, new Error(STOPPED));
    }
    // Not before all services are there: a query may need them.
    setImmediate(() => runner.#dispatch());
    return runner;
  }

  /**
   * Takes a new execution, which `keep` puts on disk, and runs it. Where there is a place for it, it is kept as running
   * from the start, which spares it a step; and what only reads runs while it is put on disk.
   */
  async add(
    execution: Execution,
    keep: (execution: Execution) => Promise<{ execution: Execution; isNew: boolean }>,
  ): Promise<Execution> {
    const hasPlace = !this.#closed && this.#queue.length === 0 && this.#taken < MAX_RUNNING;
    const placed: Execution = { ...execution, state: hasPlace ? 'RUNNING' : 'QUEUED' };
    if (hasPlace && execution.substatementType === 'SELECT') {
      const keeping = keep(placed);
      const isKept = keeping.then(
        ({ isNew }) => isNew,
        () => false,
      );
      this.#begin(placed, isKept);
      return (await keeping).execution;
    }
    this.#promised += Number(hasPlace);
    try {
      const kept = await keep(placed);
      if (kept.isNew) hasPlace ? this.#queue.unshift(kept.execution.id) : this.#queue.push(kept.execution.id);
      return kept.execution;
    } finally {
      this.#promised -= Number(hasPlace);
      this.#dispatch();
    }
  }

  async stop(id: string): Promise<void> {
    const index = this.#queue.indexOf(id);
    if (index >= 0) {
      this.#queue.splice(index, 1);
      await this.#executions.update(id, {
        state: 'CANCELLED',
        reason: 'Query was cancelled by the user',
        completedAt: this.#now(),
      });
      return;
    }
    this.#running.get(id)?.controller.abort();
  }

  /** What runs is stopped and marked as failed; what is queued will run when the lake is started again. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.length = 0;
    const running = [...this.#running.values()];
    for (const { controller } of running) controller.abort();
    await Promise.all(running.map(({ done }) => done));
  }

  get #taken(): number {
    return this.#running.size + this.#promised;
  }

  #dispatch(): void {
    while (!this.#closed && this.#queue.length > 0 && this.#taken < MAX_RUNNING) {
      this.#begin(this.#executions.get(this.#queue.shift() as string), Promise.resolve(true));
    }
  }

  #begin(execution: Execution, isKept: Promise<boolean>): void {
    const { id } = execution;
    const controller = new AbortController();
    const done = this.#run(execution, isKept, controller.signal)
      .catch((error: Error) =>
        this.#parts.ctx.log.error('an execution could not be recorded', { id, error: error.message }),
      )
      .finally(() => {
        this.#running.delete(id);
        this.#dispatch();
      });
    this.#running.set(id, { controller, done });
  }

  /** What turns out not to be kept leaves nothing. */
  async #run(queued: Execution, isKept: Promise<boolean>, signal: AbortSignal): Promise<void> {
    const { id } = queued;
    const started = this.#now();
    const folder = join(this.#folder, id);
    const statistics = { ...queued.statistics, queueMs: started - queued.submittedAt };
    const execution: Execution = { ...queued, state: 'RUNNING', statistics };
    // On disk in time for its end: what was running when the lake was killed shall not run a second time unasked.
    const marked = queued.state === 'RUNNING' || this.#executions.update(id, { state: 'RUNNING', statistics });
    try {
      const principal = viaAthena(execution.principal);
      const access = new CatalogAccess({ ...this.#parts, ...this.#parts.ctx }, principal);
      access.mayWrite(execution.output.bucket, execution.output.key);
      const glue = (operation: string, input: object) =>
        this.#parts.ctx.inside.call('glue', operation, input, principal);
      const context = { ...this.#parts, execution, access, signal, folder, glue };
      const reusable = await findReusable(context, this.#executions);
      const outcome = reusable ? undefined : await runStatement(context);
      await marked;
      if (!(await isKept)) return;
      await (outcome ? this.#succeed(execution, outcome) : this.#reuse(execution, reusable as Execution));
    } catch (error) {
      await marked;
      if (!(await isKept)) return;
      await this.#fail(execution, this.#closed ? new Error(STOPPED) : error);
    } finally {
      if (existsSync(folder)) await rm(folder, { recursive: true, force: true });
    }
  }

  async #succeed(execution: Execution, outcome: Outcome): Promise<void> {
    const { columns, rowCount, updateCount } = outcome;
    const ran = performance.now();
    const dataManifest = await this.#keepManifest(execution, outcome);
    await this.#keepResult(execution, outcome, () =>
      this.#executions.change(execution.id, {
        state: 'SUCCEEDED',
        columns,
        rowCount,
        updateCount,
        dataManifest,
        ...this.#ended(execution, { ...outcome, serviceMs: performance.now() - ran }),
      }),
    );
  }

  /** The result stays where the earlier execution put it. */
  async #reuse(execution: Execution, { output, columns, rowCount }: Execution): Promise<void> {
    await this.#executions.update(execution.id, {
      state: 'SUCCEEDED',
      isReused: true,
      output,
      columns,
      rowCount,
      ...this.#ended(execution, NO_STATISTICS),
    });
  }

  /** Clients find the files of CREATE TABLE AS, INSERT and UNLOAD by it. */
  async #keepManifest({ id, output, principal, substatementType }: Execution, { written }: Outcome) {
    if (!written) return undefined;
    const { bucket } = output;
    const folder = output.key.slice(0, output.key.lastIndexOf('/') + 1);
    const key = `${folder}${substatementType === 'CREATE_TABLE_AS_SELECT' ? 'tables/' : ''}${id}-manifest.csv`;
    const body = Buffer.from(written.map((uri) => `${uri}\n`).join(''));
    await this.#parts.store.put({ bucket, key, body, contentType: 'text/csv', requester: principal });
    return `s3://${bucket}/${key}`;
  }

  /**
   * The result and its description go to the results bucket in the caller's name. `succeed` is part of the last commit:
   * who is told of the end finds both, also after a power cut.
   */
  async #keepResult({ id, output, principal }: Execution, { body, columns }: Outcome, succeed: () => void) {
    const { store } = this.#parts;
    const { bucket, key } = output;
    const result = { bucket, key, contentType: key.endsWith('.csv') ? 'text/csv' : 'text/plain', requester: principal };
    const description = {
      bucket,
      key: `${key}.metadata`,
      body: resultMetadata(id, columns),
      contentType: 'application/octet-stream',
      requester: principal,
    };
    if (isSmall(body) && isSmall(description.body)) {
      await store.putTogether([{ ...result, body }, description], succeed);
      return;
    }
    await store.put(description);
    await store.put({ ...result, body, alongside: succeed });
  }

  async #fail(execution: Execution, error: unknown): Promise<void> {
    const failure = explainFailure(error);
    const isOurs = failure.error.category === 1;
    if (isOurs) this.#parts.ctx.log.error('a query failed', { id: execution.id, reason: failure.reason });
    await this.#executions.update(execution.id, {
      ...failure,
      ...this.#ended(execution, { scannedBytes: 0, planningMs: 0, engineMs: 0, serviceMs: 0 }),
    });
  }

  #ended(
    { submittedAt, statistics }: Execution,
    spent: { scannedBytes: number; planningMs: number; engineMs: number; serviceMs: number },
  ) {
    const completedAt = this.#now();
    const { scannedBytes, planningMs, engineMs, serviceMs } = spent;
    return {
      completedAt,
      statistics: { ...statistics, scannedBytes, planningMs, engineMs, serviceMs, totalMs: completedAt - submittedAt },
    };
  }

  #now(): number {
    return this.#parts.ctx.clock();
  }
}

function isSmall(body: BodySource): body is Uint8Array {
  return body instanceof Uint8Array && body.length <= SMALL_BYTES_MAX;
}
