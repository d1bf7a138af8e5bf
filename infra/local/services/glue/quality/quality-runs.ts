/**
 * Runs of data quality, from their start to their end.
 *
 * A run is on disk before it is acknowledged, and what it found is kept in the same commit as its end. What was running
 * when the lake died is run again at the next start: it only reads, so that doing it twice is doing it once.
 */
import type { Log } from '../../../service.ts';
import type { State } from '../../../state/state.ts';
import { entityNotFound, invalidInput } from '../errors.ts';
import type { QualityResults } from './quality-results.ts';
import {
  isOver,
  type QualityRun,
  QualityRunFailure,
  type RunOutcome,
  type RunRequest,
  type RunStatus,
  TIMEOUT_MINUTES,
} from './quality-run.ts';
import type { Rulesets } from './rulesets.ts';

/** Does the work of a run; rejects with a QualityRunFailure when it cannot be done. */
export type ExecuteQualityRun = (run: QualityRun, signal: AbortSignal) => Promise<RunOutcome>;

export interface QualityRunsOptions {
  state: State;
  results: QualityResults;
  rulesets: Rulesets;
  execute: ExecuteQualityRun;
  clock: () => number;
  newId: () => string;
  log: Log;
}

export class QualityRuns {
  readonly #options: QualityRunsOptions;
  readonly #runs;
  readonly #byTime;
  readonly #open;
  readonly #running = new Map<string, { stop: AbortController; ended: Promise<void> }>();

  private constructor(options: QualityRunsOptions) {
    this.#options = options;
    this.#runs = options.state.table<QualityRun>('glue.data-quality-runs');
    this.#byTime = options.state.table<string>('glue.data-quality-runs-by-time');
    this.#open = options.state.table<string>('glue.data-quality-runs-open');
  }

  static async start(options: QualityRunsOptions): Promise<QualityRuns> {
    const runs = new QualityRuns(options);
    const open = Array.from(runs.#open.range(), ({ value }) => runs.#runs.get([value]));
    for (const run of open) {
      if (run?.status === 'STOPPING') await runs.#end(run, 'STOPPED');
      // Not before all services are there: the work needs them.
      else if (run) setImmediate(() => runs.#execute(run));
    }
    return runs;
  }

  get(kind: QualityRun['work']['kind'], id: string): QualityRun {
    const run = this.#runs.get([id]);
    if (run?.work.kind !== kind) throw entityNotFound(`Data quality run ${id} not found.`);
    return run;
  }

  /** Newest first. */
  list(kind: QualityRun['work']['kind']): QualityRun[] {
    return Array.from(this.#byTime.range({ reverse: true }), ({ value }) => this.#runs.get([value])).filter(
      (run) => run?.work.kind === kind,
    ) as QualityRun[];
  }

  async startRun(request: RunRequest): Promise<QualityRun> {
    const { state, clock, newId } = this.#options;
    const { run, isNew } = await state.commit(() => {
      const known = request.clientToken === undefined ? undefined : this.#withToken(request.clientToken);
      if (known) return { run: known, isNew: false };
      const now = clock();
      const [last] = this.#byTime.range({ reverse: true, limit: 1 });
      const sequence = ((last?.key[0] as number | undefined) ?? 0) + 1;
      const id = `dqrun-${newId().replaceAll('-', '')}${newId().replaceAll('-', '').slice(0, 8)}`;
      const made: QualityRun = { ...request, id, sequence, status: 'RUNNING', startedAt: now, modifiedAt: now };
      this.#runs.put([id], made);
      this.#byTime.put([sequence], id);
      this.#open.put([sequence], id);
      return { run: made, isNew: true };
    });
    if (isNew) this.#execute(run);
    return run;
  }

  async cancel(kind: QualityRun['work']['kind'], id: string): Promise<void> {
    await this.#options.state.commit(() => {
      const run = this.get(kind, id);
      if (isOver(run)) throw invalidInput(`Run ${id} is over: its status is ${run.status}.`);
      this.#put(run, { status: 'STOPPING' });
    });
    this.#running.get(id)?.stop.abort('STOPPED');
  }

  /** Interrupts what runs; it is run again at the next start. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { stop } of running) stop.abort('CLOSED');
    await Promise.all(running.map(({ ended }) => ended));
  }

  #execute(run: QualityRun): void {
    const stop = new AbortController();
    const minutes = run.timeoutMinutes ?? TIMEOUT_MINUTES;
    const timer = setTimeout(() => stop.abort('TIMEOUT'), Math.min(minutes * 60_000, 2 ** 31 - 1));
    const ended = this.#work(run, stop.signal).finally(() => {
      clearTimeout(timer);
      this.#running.delete(run.id);
    });
    this.#running.set(run.id, { stop, ended });
  }

  async #work(run: QualityRun, signal: AbortSignal): Promise<void> {
    try {
      signal.throwIfAborted();
      const outcome = await this.#options.execute(run, signal);
      signal.throwIfAborted();
      await this.#succeed(run, outcome);
    } catch (error) {
      await this.#fail(run, signal, error);
    }
  }

  #succeed(run: QualityRun, { results = [], recommendedRuleset }: RunOutcome): Promise<void> {
    return this.#options.state.commit(() => {
      for (const result of results) this.#options.results.put(result);
      if (recommendedRuleset !== undefined) this.#keepRuleset(run, recommendedRuleset);
      this.#put(run, {
        status: 'SUCCEEDED',
        completedAt: this.#options.clock(),
        ...(results.length > 0 && { resultIds: results.map(({ id }) => id) }),
        ...(recommendedRuleset !== undefined && { recommendedRuleset }),
      });
    });
  }

  /** Inside a commit. */
  #keepRuleset({ id, work, dataSource }: QualityRun, text: string): void {
    const Name = work.kind === 'recommendation' ? work.createdRulesetName : undefined;
    if (Name === undefined) return;
    if (this.#options.rulesets.find(Name)) throw new QualityRunFailure(`A ruleset ${Name} has been made meanwhile.`);
    const { DatabaseName, TableName } = (dataSource.GlueTable ?? dataSource.DataQualityGlueTable) as {
      DatabaseName: string;
      TableName: string;
    };
    this.#options.rulesets.put({
      Name,
      Ruleset: text,
      TargetTable: { DatabaseName, TableName },
      RecommendationRunId: id,
    });
  }

  async #fail(run: QualityRun, signal: AbortSignal, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    if (signal.aborted && signal.reason === 'CLOSED') return;
    if (signal.aborted && signal.reason === 'STOPPED') return this.#end(run, 'STOPPED');
    if (signal.aborted && signal.reason === 'TIMEOUT') {
      const minutes = run.timeoutMinutes ?? TIMEOUT_MINUTES;
      return this.#end(run, 'TIMEOUT', `The run exceeded its timeout of ${minutes} minutes.`);
    }
    if (!(error instanceof QualityRunFailure)) {
      this.#options.log.error('a run of data quality failed', { run: run.id, error: message });
    }
    await this.#end(run, 'FAILED', message);
  }

  async #end(run: QualityRun, status: RunStatus, errorString?: string): Promise<void> {
    const change = { status, completedAt: this.#options.clock(), ...(errorString !== undefined && { errorString }) };
    await this.#options.state
      .commit(() => this.#put(run, change))
      .catch((error) => {
        // A full disk, most likely. The run stays open, and is run again at the next start.
        this.#options.log.error('the end of a run could not be kept', { run: run.id, error: String(error) });
      });
  }

  /** Inside a commit. */
  #put(run: QualityRun, change: Partial<QualityRun>): void {
    const changed = { ...(this.#runs.get([run.id]) ?? run), ...change, modifiedAt: this.#options.clock() };
    this.#runs.put([run.id], changed);
    if (isOver(changed)) this.#open.remove([run.sequence]);
  }

  /** Of the runs that are not over: a token is for the repetition of one request. */
  #withToken(token: string): QualityRun | undefined {
    return Array.from(this.#open.range(), ({ value }) => this.#runs.get([value])).find(
      (run) => run?.clientToken === token,
    );
  }
}
