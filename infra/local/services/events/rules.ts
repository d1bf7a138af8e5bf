/** The rules of the default bus with their targets, and which of them an event concerns. */
import {
  type EventPattern,
  matchesEvent,
  parseEventPattern,
} from '../../../../lib/languages/event-pattern/event-pattern.ts';
import type { Scheduler } from '../../schedule/scheduler.ts';
import type { State, Table } from '../../state/state.ts';
import { ruleNotFound } from './errors.ts';
import type { BusEvent } from './event.ts';
import { isScheduledBy } from './scheduled-event.ts';

export interface Target {
  Id: string;
  Arn: string;
  RoleArn?: string | undefined;
  Input?: string | undefined;
  InputPath?: string | undefined;
  InputTransformer?: { InputPathsMap?: Record<string, string> | undefined; InputTemplate: string } | undefined;
  RetryPolicy?:
    | { MaximumRetryAttempts?: number | undefined; MaximumEventAgeInSeconds?: number | undefined }
    | undefined;
  DeadLetterConfig?: { Arn?: string | undefined } | undefined;
}

export interface Rule {
  name: string;
  arn: string;
  description?: string | undefined;
  /** A rule has a pattern, a schedule, or both. */
  eventPattern?: string | undefined;
  scheduleExpression?: string | undefined;
  state: 'ENABLED' | 'DISABLED';
  roleArn?: string | undefined;
  tags: Record<string, string>;
  targets: Target[];
}

export class Rules {
  readonly #state: State;
  readonly #rules: Table<Rule>;
  readonly #scheduler: Pick<Scheduler, 'set' | 'remove'>;
  /** As long as none has changed: each event of the lake asks for all of them. */
  #all: readonly Rule[] | undefined;
  /** Parsed patterns by their text. */
  readonly #patterns = new Map<string, EventPattern>();

  constructor(state: State, scheduler: Pick<Scheduler, 'set' | 'remove'>) {
    this.#state = state;
    this.#scheduler = scheduler;
    this.#rules = state.table('events.rules');
  }

  find(name: string): Rule | undefined {
    return this.#rules.get([name]);
  }

  /** Throws ResourceNotFoundException. */
  get(name: string): Rule {
    const rule = this.find(name);
    if (!rule) throw ruleNotFound(name);
    return rule;
  }

  /** In the order of their names. */
  list(): readonly Rule[] {
    this.#all ??= Array.from(this.#rules.range(), ({ value }) => value);
    return this.#all;
  }

  matching(event: BusEvent): Rule[] {
    return this.list().filter((rule) => rule.state === 'ENABLED' && this.#concerns(rule, event));
  }

  async put(rule: Rule): Promise<void> {
    await this.#state.commit(() => this.#keep(rule));
  }

  /** Changes a rule as it is when the change is made. Throws ResourceNotFoundException. */
  async change(name: string, change: (rule: Rule) => Rule): Promise<void> {
    await this.#state.commit(() => this.#keep(change(this.get(name))));
  }

  async remove(name: string): Promise<void> {
    await this.#state.commit(() => {
      this.#rules.remove([name]);
      this.#scheduler.remove(name);
      this.#forgetAll();
    });
  }

  #keep(rule: Rule): void {
    this.#rules.put([rule.name], rule);
    if (rule.scheduleExpression && rule.state === 'ENABLED') this.#scheduler.set(rule.name, rule.scheduleExpression);
    else this.#scheduler.remove(rule.name);
    this.#forgetAll();
  }

  #forgetAll(): void {
    this.#all = undefined;
    // Who asked before the change was on disk was told what had been there.
    this.#state.afterCommit(() => {
      this.#all = undefined;
    });
  }

  #concerns(rule: Rule, event: BusEvent): boolean {
    if (isScheduledBy(event, rule.arn)) return rule.scheduleExpression !== undefined;
    return rule.eventPattern !== undefined && matchesEvent(this.#pattern(rule.eventPattern), event);
  }

  #pattern(text: string): EventPattern {
    let pattern = this.#patterns.get(text);
    if (!pattern) {
      pattern = parseEventPattern(text);
      this.#patterns.set(text, pattern);
    }
    return pattern;
  }
}
