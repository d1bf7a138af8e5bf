/**
 * Runs of jobs, from StartJobRun to their end.
 *
 * A run is on disk before it is acknowledged. What was running when the lake died is run again at the next start: a
 * run's work has to be such that doing it twice is doing it once. A job has at most MaxConcurrentRuns at a time; with
 * queueing, further ones wait in the order in which they were asked for.
 */
import type { Log } from '../../../service.ts';
import type { State } from '../../../state/state.ts';
import { concurrentRunsExceeded, entityNotFound } from '../errors.ts';
import { type Job, maxConcurrentRunsOf, timeoutMinutesOf } from './job.ts';
import { isOver, isWaiting, JobFailure, type JobRun, type JobRunState, type RunCapacity } from './job-run.ts';
import type { Jobs } from './jobs.ts';

/** Does the work of a run; rejects with a JobFailure when the work cannot be done. */
export type ExecuteRun = (run: JobRun, job: Job, signal: AbortSignal) => Promise<void>;
export type JobRunListener = (run: JobRun) => void;

export interface JobRunsOptions {
  state: State;
  jobs: Jobs;
  execute: ExecuteRun;
  clock: () => number;
  newId: () => string;
  log: Log;
  /** How long a minute of a job's Timeout is. */
  minuteMs?: number; // defaults to 60,000
}

export interface RunRequest {
  arguments?: Record<string, string> | undefined;
  timeoutMinutes?: number | undefined;
  isQueuingEnabled?: boolean | undefined;
  previousRunId?: string | undefined;
  capacity?: RunCapacity | undefined;
}

interface Running {
  stop: AbortController;
  ended: Promise<void>;
}

export class JobRuns {
  readonly #options: Required<JobRunsOptions>;
  readonly #runs;
  readonly #byJob;
  /** Runs that are not over, by job and sequence: what a start has to look at. */
  readonly #open;
  readonly #counters;
  readonly #running = new Map<string, Running>();
  readonly #listeners = new Set<JobRunListener>();
  #isClosed = false;

  private constructor(options: JobRunsOptions) {
    this.#options = { minuteMs: 60_000, ...options };
    this.#runs = options.state.table<JobRun>('glue.job-runs');
    this.#byJob = options.state.table<string>('glue.job-runs-by-job');
    this.#open = options.state.table<string>('glue.job-runs-open');
    this.#counters = options.state.table<number>('glue.counters');
  }

  /** Runs what was under way when the lake stopped, and what waits. */
  static async start(options: JobRunsOptions): Promise<JobRuns> {
    const runs = new JobRuns(options);
    const open = Array.from(runs.#open.range(), ({ value: id }) => runs.#runs.get([id])).filter(
      (run) => run !== undefined,
    );
    // A snapshot: what gets its turn meanwhile was waiting in it, and is not started twice.
    for (const run of open) await runs.#resume(run);
    for (const jobName of new Set(open.map((run) => run.jobName))) await runs.#startNext(jobName);
    return runs;
  }

  /** Calls `listener` after each change of a run is durable; returns a function that ends it. */
  onChanged(listener: JobRunListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(jobName: string, id: string): JobRun {
    const run = this.#runs.get([id]);
    if (run?.jobName !== jobName) throw entityNotFound(`Job run with id: ${id} not found for job: ${jobName}.`);
    return run;
  }

  /** Newest first. */
  list(jobName: string): JobRun[] {
    const ids = this.#byJob.under([jobName], { reverse: true });
    return Array.from(ids, ({ value: id }) => this.#runs.get([id])).filter((run) => run !== undefined);
  }

  async startRun(job: Job, request: RunRequest = {}): Promise<JobRun> {
    const run = await this.#options.state.commit(() => {
      const isFull = this.#active(job.Name) >= maxConcurrentRunsOf(job);
      const mayWait = request.isQueuingEnabled ?? job.JobRunQueuingEnabled ?? false;
      if (isFull && !mayWait) throw concurrentRunsExceeded(job.Name);
      return this.#create(job, request, isFull ? 'WAITING' : 'RUNNING');
    });
    this.#tell(run);
    if (run.state === 'RUNNING') this.#execute(run);
    return run;
  }

  /** Returns true when the run is over or on its way to it; false when it had ended before. */
  async stop(jobName: string, id: string): Promise<boolean> {
    const stopped = await this.#options.state.commit(() => {
      // Looked at here, since the run may begin or end at any moment.
      const run = this.get(jobName, id);
      if (isOver(run)) return undefined;
      if (isWaiting(run)) return this.#put(run, { state: 'STOPPED', completedAt: this.#options.clock() });
      return this.#put(run, { state: 'STOPPING' });
    });
    if (!stopped) return false;
    this.#tell(stopped);
    this.#running.get(id)?.stop.abort('STOPPED');
    return true;
  }

  /** Interrupts what runs; it is run again at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#running.values()];
    for (const { stop } of running) stop.abort('CLOSED');
    await Promise.all(running.map(({ ended }) => ended));
  }

  #create(job: Job, request: RunRequest, state: JobRunState): JobRun {
    const now = this.#options.clock();
    const sequence = (this.#counters.get(['job-run']) ?? 0) + 1;
    const run: JobRun = {
      id: `jr_${(this.#options.newId() + this.#options.newId()).replaceAll('-', '')}`,
      jobName: job.Name,
      sequence,
      state,
      arguments: { ...job.DefaultArguments, ...request.arguments, ...job.NonOverridableArguments },
      ...(request.previousRunId !== undefined && { previousRunId: request.previousRunId }),
      ...(request.capacity && { capacity: request.capacity }),
      startedAt: now,
      ...(state === 'RUNNING' ? { runningSince: now } : {}),
      modifiedAt: now,
      timeoutMinutes: timeoutMinutesOf(job, request.timeoutMinutes),
    };
    this.#counters.put(['job-run'], sequence);
    this.#runs.put([run.id], run);
    this.#byJob.put([job.Name, sequence], run.id);
    this.#open.put([job.Name, sequence], run.id);
    return run;
  }

  #openRuns(jobName: string): JobRun[] {
    const ids = Array.from(this.#open.under([jobName]), ({ value }) => value);
    return ids.map((id) => this.#runs.get([id])).filter((run) => run !== undefined);
  }

  #active(jobName: string): number {
    return this.#openRuns(jobName).filter((run) => !isWaiting(run)).length;
  }

  async #resume(run: JobRun): Promise<void> {
    if (run.state === 'STOPPING') await this.#end(run, 'STOPPED');
    else if (!isWaiting(run)) this.#execute(run);
  }

  #execute(run: JobRun): void {
    const stop = new AbortController();
    const timer = setTimeout(
      () => stop.abort('TIMEOUT'),
      Math.min(run.timeoutMinutes * this.#options.minuteMs, 2 ** 31 - 1),
    );
    const ended = this.#work(run, stop.signal).finally(() => {
      clearTimeout(timer);
      this.#running.delete(run.id);
    });
    this.#running.set(run.id, { stop, ended });
  }

  async #work(run: JobRun, signal: AbortSignal): Promise<void> {
    try {
      const job = this.#options.jobs.get(run.jobName);
      await this.#options.execute(run, job, signal);
      await this.#end(run, 'SUCCEEDED');
    } catch (error) {
      await this.#fail(run, signal, error);
    }
  }

  async #fail(run: JobRun, signal: AbortSignal, error: unknown): Promise<void> {
    if (signal.aborted && signal.reason === 'CLOSED') return;
    if (signal.aborted && signal.reason === 'STOPPED') return this.#end(run, 'STOPPED');
    if (signal.aborted && signal.reason === 'TIMEOUT') {
      return this.#end(run, 'TIMEOUT', `Job run exceeded its timeout of ${run.timeoutMinutes} minutes.`);
    }
    if (!(error instanceof JobFailure)) {
      this.#options.log.error('a job run failed', { jobName: run.jobName, run: run.id, error: String(error) });
    }
    await this.#end(run, 'FAILED', error instanceof Error ? error.message : String(error));
  }

  async #end(run: JobRun, state: JobRunState, errorMessage?: string): Promise<void> {
    const change = {
      state,
      completedAt: this.#options.clock(),
      ...(errorMessage === undefined ? {} : { errorMessage }),
    };
    await this.#change(run, change).catch((error) => {
      // A full disk, most likely. The run stays open, and is run again at the next start.
      this.#options.log.error('the end of a job run could not be kept', { run: run.id, error: String(error) });
    });
    await this.#startNext(run.jobName);
  }

  async #startNext(jobName: string): Promise<void> {
    if (this.#isClosed) return;
    const job = this.#options.jobs.find(jobName);
    const next = await this.#options.state.commit(() => {
      const open = this.#openRuns(jobName);
      const first = open.find(isWaiting);
      if (!first || (job && open.filter((run) => !isWaiting(run)).length >= maxConcurrentRunsOf(job))) return undefined;
      return this.#put(first, { state: 'RUNNING', runningSince: this.#options.clock() });
    });
    if (!next) return;
    this.#tell(next);
    this.#execute(next);
    await this.#startNext(jobName);
  }

  async #change(run: JobRun, change: Partial<JobRun>): Promise<void> {
    this.#tell(await this.#options.state.commit(() => this.#put(run, change)));
  }

  #put(run: JobRun, change: Partial<JobRun>): JobRun {
    const changed = { ...(this.#runs.get([run.id]) ?? run), ...change, modifiedAt: this.#options.clock() };
    this.#runs.put([run.id], changed);
    if (isOver(changed)) this.#open.remove([run.jobName, run.sequence]);
    return changed;
  }

  #tell(run: JobRun): void {
    for (const listener of this.#listeners) listener(run);
  }
}
