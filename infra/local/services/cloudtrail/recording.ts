/**
 * From calls to records: on the way of a request a call is only put aside; about once a second what has come together
 * is described, chosen by the trails' selectors, and kept in the State.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorFields } from '../../log.ts';
import type { SeenCall } from '../../recorder.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { History } from './history.ts';
import { eventsOf, isReadOnly, type TrailEvent } from './records/event.ts';
import { type Merged, mergeScans } from './records/merge-scans.ts';
import { type Describing, recordOf } from './records/record-of.ts';
import { selects } from './selectors.ts';
import type { Spool } from './spool.ts';
import type { Trail, Trails } from './trails.ts';

/** Calls that wait to be described; beyond, the lake has more to do than to write down what it does. */
const CALLS_MAX = 200_000;
/** Described between two turns of the loop, so that requests go on. */
const CALLS_A_TURN = 100;
/** Lines that could not be kept are tried again, up to this many. */
const UNSAVED_MAX = 50_000;
const SESSIONS_KEPT = 2_000;

export interface RecordingParts {
  ctx: ServiceContext;
  trails: Trails;
  spool: Spool;
  history: History;
  roleArnOf(name: string): string | undefined;
}

interface Lines {
  ofTrails: Map<string, string[]>;
  ofHistory: string[];
}

export class Recording {
  readonly #parts: RecordingParts;
  readonly #describing: Describing;
  readonly #sessionStarts = new Map<string, string>();
  #calls: SeenCall[] = [];
  #unsaved: Lines = { ofTrails: new Map(), ofHistory: [] };
  #dropped = 0;

  constructor(parts: RecordingParts) {
    this.#parts = parts;
    const { region, account, newId } = parts.ctx;
    this.#describing = {
      region,
      account,
      newId,
      roleArnOf: parts.roleArnOf,
      sessionStartOf: (key) => this.#sessionStarts.get(key),
    };
  }

  get isIdle(): boolean {
    return this.#calls.length === 0 && this.#unsaved.ofTrails.size === 0 && this.#unsaved.ofHistory.length === 0;
  }

  /** All that a request waits for. */
  push(call: SeenCall): void {
    if (this.#calls.length >= CALLS_MAX) {
      this.#dropped += 1;
      return;
    }
    // What was read is not shown, and may be large.
    if (call.asked.output !== undefined && isReadOnly(call.asked.operation) && call.service !== 'sts') {
      call.asked.output = undefined;
    }
    this.#calls.push(call);
  }

  /** Keeps what has come together; durable when it resolves. Throws where the disk takes nothing: it stays, and is tried again. */
  async flush(): Promise<void> {
    const calls = this.#calls;
    this.#calls = [];
    await this.#describe(calls);
    this.#tellOfDropped();
    const { ofTrails, ofHistory } = this.#unsaved;
    if (ofTrails.size === 0 && ofHistory.length === 0) return;
    const { ctx, spool, history } = this.#parts;
    this.#unsaved = { ofTrails: new Map(), ofHistory: [] };
    try {
      await ctx.state.commit(() => {
        for (const [name, lines] of ofTrails) spool.append(name, lines);
        if (ofHistory.length > 0) history.append(ctx.clock(), ofHistory);
      });
    } catch (error) {
      this.#keepUnsaved({ ofTrails, ofHistory });
      throw error;
    }
  }

  async #describe(calls: SeenCall[]): Promise<void> {
    const trails = this.#parts.trails.list().filter(({ isLogging }) => isLogging);
    const merged = mergeScans(calls);
    for (let start = 0; start < merged.length; start += CALLS_A_TURN) {
      for (const each of merged.slice(start, start + CALLS_A_TURN)) this.#describeOne(each, trails);
      if (start + CALLS_A_TURN < merged.length) await nextTurn();
    }
  }

  #describeOne({ call, further }: Merged, trails: Trail[]): void {
    try {
      this.#rememberSession(call);
      for (const event of eventsOf(call, this.#describing)) {
        const wanted = trails.filter((trail) => isWanted(trail, call, event));
        if (wanted.length === 0 && event.isData) continue;
        const line = JSON.stringify(recordOf(call, event, this.#describing, further));
        if (!event.isData) this.#unsaved.ofHistory.push(line);
        for (const { name } of wanted) linesOf(this.#unsaved.ofTrails, name).push(line);
      }
    } catch (error) {
      // One call that cannot be described takes no other with it.
      const { service, asked } = call;
      this.#parts.ctx.log.error('a call is missing in the trail', {
        service,
        operation: asked.operation,
        ...errorFields(error),
      });
    }
  }

  #rememberSession({ service, asked, atMs }: SeenCall): void {
    if (service !== 'sts') return;
    const key = (asked.output as { Credentials?: { AccessKeyId?: string } } | undefined)?.Credentials?.AccessKeyId;
    if (!key) return;
    this.#sessionStarts.set(key, new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z'));
    const oldest = this.#sessionStarts.keys().next().value;
    if (this.#sessionStarts.size > SESSIONS_KEPT && oldest !== undefined) this.#sessionStarts.delete(oldest);
  }

  #keepUnsaved({ ofTrails, ofHistory }: Lines): void {
    for (const [name, lines] of ofTrails) {
      const newer = linesOf(this.#unsaved.ofTrails, name);
      const all = [...lines, ...newer];
      this.#dropped += Math.max(0, all.length - UNSAVED_MAX);
      this.#unsaved.ofTrails.set(name, all.slice(-UNSAVED_MAX));
    }
    this.#unsaved.ofHistory = [...ofHistory, ...this.#unsaved.ofHistory].slice(-UNSAVED_MAX);
  }

  #tellOfDropped(): void {
    if (this.#dropped === 0) return;
    this.#parts.ctx.log.error('calls are missing in the trail: more came than could be kept', { calls: this.#dropped });
    this.#dropped = 0;
  }
}

function isWanted({ selection }: Trail, call: SeenCall, event: TrailEvent): boolean {
  return selects(selection, {
    event,
    eventSource: `${call.service}.amazonaws.com`,
    principalArn: call.principal.arn,
  });
}

function linesOf(all: Map<string, string[]>, name: string): string[] {
  const lines = all.get(name) ?? [];
  all.set(name, lines);
  return lines;
}
