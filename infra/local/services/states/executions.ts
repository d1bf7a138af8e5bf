/**
 * Starts executions, runs them, and goes on with those that a stop of the lake has interrupted.
 *
 * Every execution ends: a fault of the interpreter ends it as failed, and one whose journal could not be kept (a full
 * disk) is left as it stands on disk and taken up again a little later.
 */
import { createHash } from 'node:crypto';
import type { Effects } from '../../../../lib/languages/asl/scope.ts';
import { errorFields } from '../../log.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Outbox } from '../../state/outbox.ts';
import { executionArn } from './arns.ts';
import { executionAlreadyExists } from './errors.ts';
import { type ExecutionRecord, ExecutionStore } from './execution-store.ts';
import type { Integrations } from './integrations/integrations.ts';
import { setAlarm } from './interpreter/alarm.ts';
import { ExecutionEnd, runExecution } from './interpreter/run-execution.ts';
import { type Entry, Journal } from './journal.ts';
import type { StateMachineRecord, StateMachines } from './state-machines.ts';
import { statusChange } from './status-change.ts';

export interface ExecutionsOptions {
  ctx: ServiceContext;
  machines: StateMachines;
  integrations: Integrations;
  /** Where EventBridge hears of each new status. */
  outbox: Pick<Outbox, 'append'>;
}

interface Live {
  record: ExecutionRecord;
  abort: AbortController;
  /** Resolves when the first events are durable. */
  started: Promise<void>;
  /** Resolves when the execution has ended, or is left to a later start. */
  done: Promise<void>;
}

const RESUME_AFTER_FAULT_MS = 1000;
const SWEEP_MS = 3_600_000;
/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: the retention time of histories. */
const RETENTION_MS = 90 * 86_400_000;

class JournalNotKept extends Error {}
class LakeClosing extends Error {}

export class Executions {
  readonly store: ExecutionStore;
  readonly #options: ExecutionsOptions;
  readonly #live = new Map<string, Live>();
  readonly #effects: Effects;
  readonly #retries = new Set<NodeJS.Timeout>();
  #isClosing = false;
  #sweep: NodeJS.Timeout | undefined;
  #forgetting: Promise<void> = Promise.resolve();

  constructor(options: ExecutionsOptions) {
    this.#options = options;
    this.store = new ExecutionStore(options.ctx.state);
    this.#effects = { random: Math.random, uuid: options.ctx.newId, hash: hashText };
  }

  /** Goes on with every execution that had not ended, and begins to forget old ones. */
  resume(): void {
    for (const record of this.store.running()) this.#takeUp(record);
    this.#sweep = setInterval(() => this.#forgetOld(), SWEEP_MS);
    this.#sweep.unref();
    this.#forgetOld();
  }

  /**
   * Resolves when the start is durable. The same name with the same input is the same execution while it runs:
   * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
   */
  async start(machine: StateMachineRecord, name: string, input: string): Promise<ExecutionRecord> {
    const { ctx } = this.#options;
    const arn = executionArn(ctx, machine.name, name);
    const live = this.#live.get(arn);
    const known = live?.record ?? this.store.find(machine.name, name);
    if (known) {
      if (known.status !== 'RUNNING' || known.input !== input) throw executionAlreadyExists(arn);
      await live?.started;
      return known;
    }
    const record: ExecutionRecord = {
      arn,
      machine: machine.name,
      machineArn: machine.arn,
      name,
      ...(machine.revisionId !== undefined && { revisionId: machine.revisionId }),
      status: 'RUNNING',
      startDate: ctx.clock(),
      input,
    };
    await this.#launch(record, []);
    return record;
  }

  /** Ends a running execution; resolves when that is durable. Nothing happens to one that has ended. */
  async stop(arn: string, end: ExecutionEnd): Promise<void> {
    const live = this.#live.get(arn);
    live?.abort.abort(end);
    await live?.done;
  }

  async stopAll(machine: string): Promise<void> {
    const arns = [...this.#live.values()]
      .filter(({ record }) => record.machine === machine)
      .map(({ record }) => record.arn);
    await Promise.all(arns.map((arn) => this.stop(arn, new ExecutionEnd('ABORTED'))));
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#sweep);
    await this.#forgetting;
    for (const timer of this.#retries) clearTimeout(timer);
    const live = [...this.#live.values()];
    for (const { abort } of live) abort.abort(new LakeClosing('the lake is closing'));
    await Promise.all(live.map(({ done }) => done));
  }

  /** Resolves when the first events of a new execution are durable; at once for one that is taken up again. */
  #launch(record: ExecutionRecord, entries: Entry[]): Promise<void> {
    const started = Promise.withResolvers<void>();
    const abort = new AbortController();
    const isNew = entries.length === 0;
    let isKept = !isNew;
    const commit = async (events: Entry[], changed?: ExecutionRecord) => {
      if (this.#isClosing) throw new LakeClosing('the lake is closing');
      try {
        // One that ended before its first events were kept is told of twice all the same: it began, and it ended.
        const told = [...(isKept ? [] : [record]), ...(changed ? [changed] : [])];
        await this.store.write(events, record, told.at(-1), () => this.#tell(told));
      } catch (cause) {
        throw new JournalNotKept('the journal of an execution could not be kept', { cause });
      }
      isKept = true;
      started.resolve();
    };
    const journal = new Journal({ entries, commit, clock: this.#options.ctx.clock });
    const done = this.#run(record, journal, abort.signal)
      .then((end) => commit(journal.takePending(), ended(record, end, this.#options.ctx.clock())))
      .catch((error: unknown) => {
        started.reject(error instanceof JournalNotKept ? error.cause : error);
        if (isKept) this.#leave(record, error);
      })
      .finally(() => this.#live.delete(record.arn));
    this.#live.set(record.arn, { record, abort, started: started.promise, done });
    if (!isNew) started.resolve();
    return started.promise;
  }

  async #run(record: ExecutionRecord, journal: Journal, stopped: AbortSignal): Promise<ExecutionEnd> {
    const { ctx, machines, integrations } = this.#options;
    const definition = machines.definition(record.machine, record.revisionId);
    const revision = machines.findRevision(record.machine, record.revisionId);
    if (!definition || !revision) return new ExecutionEnd('ABORTED', { cause: 'The state machine was deleted.' });
    const deadline = definition.TimeoutSeconds && record.startDate + definition.TimeoutSeconds * 1000;
    const { signal, cancel } = withTimeout(stopped, deadline && deadline - ctx.clock());
    try {
      return await runExecution({
        definition,
        input: record.input,
        roleArn: revision.roleArn,
        context: contextOf(record, revision.roleArn),
        journal,
        effects: this.#effects,
        clock: ctx.clock,
        region: ctx.region,
        callTask: (call) =>
          integrations.call(call, { roleArn: revision.roleArn, executionName: record.name, executionArn: record.arn }),
        signal,
      });
    } catch (error) {
      if (error instanceof LakeClosing || error instanceof JournalNotKept) throw error;
      ctx.log.error('an execution met a fault of the interpreter', { execution: record.arn, ...errorFields(error) });
      return internalFailure(journal);
    } finally {
      cancel();
    }
  }

  #tell(records: ExecutionRecord[]): void {
    const { ctx, outbox } = this.#options;
    for (const record of records) outbox.append(statusChange(ctx, record));
  }

  #forgetOld(): void {
    const { ctx, machines } = this.#options;
    const before = ctx.clock() - RETENTION_MS;
    this.#forgetting = this.#forgetting
      .then(async () => {
        for (const { name } of machines.list()) if (!this.#isClosing) await this.store.expire(name, before);
      })
      .catch((error: unknown) => ctx.log.warn('old executions could not be forgotten', errorFields(error)));
  }

  #takeUp(record: ExecutionRecord): void {
    const entries = this.store.history(record);
    this.#launch(record, entries).catch((error: unknown) => this.#leave(record, error));
  }

  #leave(record: ExecutionRecord, error: unknown): void {
    if (this.#isClosing || error instanceof LakeClosing) return;
    const { log } = this.#options.ctx;
    log.error('an execution waits, as its journal could not be kept', { execution: record.arn, ...errorFields(error) });
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      const kept = this.store.find(record.machine, record.name);
      if (kept?.status === 'RUNNING' && !this.#live.has(kept.arn)) this.#takeUp(kept);
    }, RESUME_AFTER_FAULT_MS);
    this.#retries.add(timer);
  }
}

function contextOf({ arn, name, input, startDate, machine, machineArn }: ExecutionRecord, roleArn: string) {
  return {
    Execution: {
      Id: arn,
      Input: JSON.parse(input),
      Name: name,
      RoleArn: roleArn,
      StartTime: new Date(startDate).toISOString(),
      RedriveCount: 0,
    },
    StateMachine: { Id: machineArn, Name: machine },
  };
}

function ended(record: ExecutionRecord, { status, result }: ExecutionEnd, now: number): ExecutionRecord {
  const { output, error, cause } = result;
  return {
    ...record,
    status,
    stopDate: now,
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

function internalFailure(journal: Journal): ExecutionEnd {
  const result = { error: 'States.Runtime', cause: 'An internal error occurred while the execution ran.' };
  journal.append('', journal.lastId, 'ExecutionFailed', { executionFailedEventDetails: result });
  return new ExecutionEnd('FAILED', result);
}

function withTimeout(stopped: AbortSignal, ms: number | undefined): { signal: AbortSignal; cancel: () => void } {
  if (ms === undefined) return { signal: stopped, cancel: () => undefined };
  const late = new AbortController();
  const cancel = setAlarm(ms, () => late.abort(new ExecutionEnd('TIMED_OUT')));
  return { signal: AbortSignal.any([stopped, late.signal]), cancel };
}

function hashText(text: string, algorithm: string): string {
  return createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex');
}
