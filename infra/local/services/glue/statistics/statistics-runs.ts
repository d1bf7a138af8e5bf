/**
 * Runs that compute column statistics, one at a time of a table. A run that the lake's death cut off is done again at the
 * next start: what it writes is the same.
 * https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-column-statistics.html
 */
import { randomUUID } from 'node:crypto';
import type { Log } from '../../../service.ts';
import type { State } from '../../../state/state.ts';
import { entityNotFound, glueError } from '../errors.ts';
import { isOf, isUnderWay, type StatisticsRequest, type StatisticsRun } from './statistics-run.ts';

/** Computes the statistics of a run's columns and writes them. */
export type ExecuteStatisticsRun = (run: StatisticsRun, signal: AbortSignal) => Promise<void>;

export interface StatisticsRunsOptions {
  state: State;
  execute: ExecuteStatisticsRun;
  clock: () => number;
  log: Log;
}

const RUNS_KEPT = 1000;

export class StatisticsRuns {
  readonly #options: StatisticsRunsOptions;
  readonly #runs;
  readonly #sequences;
  readonly #running = new Map<string, { stop: AbortController; ended: Promise<void> }>();

  private constructor(options: StatisticsRunsOptions) {
    this.#options = options;
    this.#runs = options.state.table<StatisticsRun>('glue.column-statistics-runs');
    this.#sequences = options.state.table<number>('glue.column-statistics-run-sequences');
  }

  static async start(options: StatisticsRunsOptions): Promise<StatisticsRuns> {
    const runs = new StatisticsRuns(options);
    // Not before all services are there: the work needs them.
    for (const run of runs.list().filter(isUnderWay)) setImmediate(() => runs.#execute(run));
    return runs;
  }

  /** Newest first. */
  list(): StatisticsRun[] {
    return Array.from(this.#runs.range({ reverse: true }), ({ value }) => value);
  }

  get(id: string): StatisticsRun {
    const sequence = this.#sequences.get([id]);
    const run = sequence === undefined ? undefined : this.#runs.get([sequence]);
    if (!run) throw entityNotFound(`Column statistics task run ${id} not found.`);
    return run;
  }

  start(request: StatisticsRequest): Promise<StatisticsRun> {
    return this.#options.state.commit(() => this.begin(request));
  }

  /** Inside a commit; the work begins when that is durable. */
  begin(request: StatisticsRequest): StatisticsRun {
    const { database, table } = request;
    if (this.#current(database, table)) {
      throw glueError(
        'ColumnStatisticsTaskRunningException',
        `A column statistics task run of ${database}.${table} is running.`,
      );
    }
    const now = this.#options.clock();
    const [last] = this.#runs.range({ reverse: true, limit: 1 });
    const sequence = (last?.value.sequence ?? 0) + 1;
    const run: StatisticsRun = {
      ...request,
      id: randomUUID(),
      sequence,
      status: 'STARTING',
      startedAt: now,
      modifiedAt: now,
    };
    this.#runs.put([sequence], run);
    this.#sequences.put([run.id], sequence);
    this.#forget(sequence - RUNS_KEPT);
    this.#options.state.afterCommit(() => this.#execute(run));
    return run;
  }

  async stop(database: string, table: string): Promise<void> {
    const run = await this.#options.state.commit(() => {
      const current = this.#current(database, table);
      const what = `column statistics task run of ${database}.${table}`;
      if (!current) throw glueError('ColumnStatisticsTaskNotRunningException', `No ${what} is running.`);
      if (current.isStopping) throw glueError('ColumnStatisticsTaskStoppingException', `The ${what} is stopping.`);
      return this.#put(current, { isStopping: true });
    });
    this.#running.get(run.id)?.stop.abort('STOPPED');
  }

  /** Interrupts what runs; it is run again at the next start. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { stop } of running) stop.abort('CLOSED');
    await Promise.all(running.map(({ ended }) => ended));
  }

  #current(database: string, table: string): StatisticsRun | undefined {
    return this.list().find((run) => isUnderWay(run) && isOf(database, table)(run));
  }

  #execute(run: StatisticsRun): void {
    const stop = new AbortController();
    if (run.isStopping) stop.abort('STOPPED');
    const ended = this.#work(run, stop.signal).finally(() => this.#running.delete(run.id));
    this.#running.set(run.id, { stop, ended });
  }

  async #work(run: StatisticsRun, signal: AbortSignal): Promise<void> {
    try {
      signal.throwIfAborted();
      await this.#options.state.commit(() => this.#put(run, { status: 'RUNNING' }));
      await this.#options.execute(run, signal);
      await this.#end(run, { status: 'SUCCEEDED' });
    } catch (error) {
      if (signal.aborted && signal.reason === 'CLOSED') return;
      if (signal.aborted) return this.#end(run, { status: 'STOPPED' });
      const errorMessage = error instanceof Error ? error.message : String(error);
      this.#options.log.warn('a column statistics task run failed', { run: run.id, error: errorMessage });
      await this.#end(run, { status: 'FAILED', errorMessage });
    }
  }

  async #end(run: StatisticsRun, change: Partial<StatisticsRun>): Promise<void> {
    await this.#options.state
      .commit(() => this.#put(run, { ...change, isStopping: false, endedAt: this.#options.clock() }))
      .catch((error) => {
        // A full disk, most likely. The run stays open, and is run again at the next start.
        this.#options.log.error('the end of a run could not be kept', { run: run.id, error: String(error) });
      });
  }

  /** Inside a commit. */
  #put({ sequence }: StatisticsRun, change: Partial<StatisticsRun>): StatisticsRun {
    const run = this.#runs.get([sequence]) as StatisticsRun;
    const changed = { ...run, ...change, modifiedAt: this.#options.clock() };
    this.#runs.put([sequence], changed);
    return changed;
  }

  #forget(sequence: number): void {
    const run = this.#runs.get([sequence]);
    if (!run || isUnderWay(run)) return;
    this.#runs.remove([sequence]);
    this.#sequences.remove([run.id]);
  }
}
