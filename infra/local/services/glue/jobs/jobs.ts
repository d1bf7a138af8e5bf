import type { State } from '../../../state/state.ts';
import { alreadyExists, entityNotFound } from '../errors.ts';
import type { Job, JobInput, JobUpdate } from './job.ts';

/** The definitions of jobs; their runs are in JobRuns. */
export class Jobs {
  readonly #state: State;
  readonly #clock: () => number;
  readonly #jobs;

  constructor(state: State, clock: () => number) {
    this.#state = state;
    this.#clock = clock;
    this.#jobs = state.table<Job>('glue.jobs');
  }

  list(): Job[] {
    return Array.from(this.#jobs.range(), ({ value }) => value);
  }

  find(name: string): Job | undefined {
    return this.#jobs.get([name]);
  }

  get(name: string): Job {
    const job = this.find(name);
    if (!job) throw entityNotFound(`Job with name: ${name} not found.`);
    return job;
  }

  create({ Tags: _tags, ...input }: JobInput): Promise<void> {
    return this.#state.commit(() => {
      if (this.find(input.Name)) throw alreadyExists('Job already exists.');
      const now = this.#clock();
      this.#jobs.put([input.Name], { ...input, createdAt: now, modifiedAt: now });
    });
  }

  /** Replaces the whole definition, as AWS does: what the update leaves out is reset. */
  update(name: string, update: JobUpdate): Promise<void> {
    return this.#state.commit(() => {
      const { Name, createdAt } = this.get(name);
      this.#jobs.put([Name], { ...update, Name, createdAt, modifiedAt: this.#clock() });
    });
  }

  /** No error where there is none: DeleteJob is idempotent. */
  delete(name: string): Promise<void> {
    return this.#state.commit(() => this.#jobs.remove([name]));
  }
}
