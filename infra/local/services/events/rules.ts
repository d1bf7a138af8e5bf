/** The rules of the default bus with their targets, and which of them an event concerns. */
import {
  type EventPattern,
  matchesEvent,
  parseEventPattern,
} from '../../../../lib/languages/event-pattern/event-pattern.ts';
import type { State, Table } from '../../state/state.ts';
import { ruleNotFound } from './errors.ts';
import type { BusEvent } from './event.ts';

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
  eventPattern: string;
  state: 'ENABLED' | 'DISABLED';
  roleArn?: string | undefined;
  tags: Record<string, string>;
  targets: Target[];
}

export class Rules {
  readonly #state: State;
  readonly #rules: Table<Rule>;
  /** Parsed patterns by their text. */
  readonly #patterns = new Map<string, EventPattern>();

  constructor(state: State) {
    this.#state = state;
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
  list(): Rule[] {
    return Array.from(this.#rules.range(), ({ value }) => value);
  }

  matching(event: BusEvent): Rule[] {
    return this.list().filter(
      ({ state, eventPattern }) => state === 'ENABLED' && matchesEvent(this.#pattern(eventPattern), event),
    );
  }

  async put(rule: Rule): Promise<void> {
    await this.#state.commit(() => this.#rules.put([rule.name], rule));
  }

  /** Changes a rule as it is when the change is made. Throws ResourceNotFoundException. */
  async change(name: string, change: (rule: Rule) => Rule): Promise<void> {
    await this.#state.commit(() => this.#rules.put([name], change(this.get(name))));
  }

  async remove(name: string): Promise<void> {
    await this.#state.commit(() => this.#rules.remove([name]));
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
