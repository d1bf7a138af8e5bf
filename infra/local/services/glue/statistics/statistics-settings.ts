/** What is kept for computing a table's statistics again and again, and when. It goes with its table. */
import { Scheduler } from '../../../schedule/scheduler.ts';
import type { Log } from '../../../service.ts';
import type { State } from '../../../state/state.ts';
import { mustBeCron } from '../crawler/crawler-schedule.ts';
import { alreadyExists, entityNotFound, invalidInput } from '../errors.ts';
import { STATISTICS_SETTINGS } from '../kept-with-tables.ts';
import type { StatisticsRequest } from './statistics-run.ts';
import type { StatisticsRuns } from './statistics-runs.ts';

export interface StatisticsSettings extends StatisticsRequest {
  /** `cron(…)`; empty for none. */
  schedule: string;
  isScheduled: boolean;
  lastAttempt?: { status: 'STARTED' | 'FAILED'; runId?: string; at: number; errorMessage?: string };
}

export interface SettingsStoreOptions {
  state: State;
  runs: StatisticsRuns;
  clock: () => number;
  log: Log;
}

type Changes = Partial<Pick<StatisticsSettings, 'columns' | 'role' | 'sampleSize' | 'schedule'>>;

export class SettingsStore {
  readonly #options: SettingsStoreOptions;
  readonly #scheduler: Scheduler;
  readonly #settings;

  private constructor(options: SettingsStoreOptions, scheduler: Scheduler) {
    this.#options = options;
    this.#scheduler = scheduler;
    this.#settings = options.state.table<StatisticsSettings>(STATISTICS_SETTINGS);
  }

  static async start(options: SettingsStoreOptions): Promise<SettingsStore> {
    const fire = (id: string) => store.#startDue(id);
    const scheduler = await Scheduler.start({ ...options, owner: STATISTICS_SETTINGS, fire });
    const store = new SettingsStore(options, scheduler);
    return store;
  }

  get(database: string, table: string): StatisticsSettings {
    const settings = this.#settings.get([database, table]);
    if (!settings) throw entityNotFound(`Column statistics task settings of ${database}.${table} not found.`);
    return settings;
  }

  create(request: StatisticsRequest, schedule = ''): Promise<void> {
    mustBeCron(schedule);
    return this.#options.state.commit(() => {
      const { database, table } = request;
      if (this.#settings.get([database, table]))
        throw alreadyExists(`Column statistics task settings of ${database}.${table} already exist.`);
      this.#keep({ ...request, schedule, isScheduled: schedule !== '' });
    });
  }

  /** Changes what is given, and leaves the rest. */
  update(database: string, table: string, changes: Changes): Promise<void> {
    mustBeCron(changes.schedule);
    return this.#options.state.commit(() => {
      const settings = this.get(database, table);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      // One that was stopped stays so.
      const { schedule = settings.schedule } = changes;
      const isScheduled = schedule !== '' && (settings.isScheduled || settings.schedule === '');
      this.#keep({ ...settings, ...given, isScheduled });
    });
  }

  delete(database: string, table: string): Promise<void> {
    return this.#options.state.commit(() => {
      this.get(database, table);
      this.#settings.remove([database, table]);
      this.#scheduler.remove(idOf(database, table));
    });
  }

  startSchedule(database: string, table: string): Promise<void> {
    return this.#options.state.commit(() => {
      const settings = this.get(database, table);
      if (!settings.schedule) throw invalidInput(`The settings of ${database}.${table} have no schedule.`);
      this.#keep({ ...settings, isScheduled: true });
    });
  }

  stopSchedule(database: string, table: string): Promise<void> {
    return this.#options.state.commit(() => this.#keep({ ...this.get(database, table), isScheduled: false }));
  }

  close(): Promise<void> {
    return this.#scheduler.close();
  }

  /** Inside the commit of its schedule. */
  #startDue(id: string): void {
    const [database = '', table = ''] = JSON.parse(id) as string[];
    const settings = this.#settings.get([database, table]);
    if (settings) this.#settings.put([database, table], { ...settings, lastAttempt: this.#attempt(settings) });
    // The table has been deleted, and its settings with it.
    else this.#scheduler.remove(id);
  }

  #attempt({ database, table, columns, role, sampleSize }: StatisticsSettings): StatisticsSettings['lastAttempt'] {
    const at = this.#options.clock();
    try {
      const run = this.#options.runs.begin({ database, table, columns, role, sampleSize });
      return { status: 'STARTED', runId: run.id, at };
    } catch (error) {
      return { status: 'FAILED', at, errorMessage: (error as Error).message };
    }
  }

  /** Inside a commit. */
  #keep(settings: StatisticsSettings): void {
    const { database, table, schedule, isScheduled } = settings;
    this.#settings.put([database, table], settings);
    if (isScheduled) this.#scheduler.set(idOf(database, table), schedule);
    else this.#scheduler.remove(idOf(database, table));
  }
}

const idOf = (database: string, table: string): string => JSON.stringify([database, table]);
