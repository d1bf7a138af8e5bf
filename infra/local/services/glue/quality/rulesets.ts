import { z } from 'zod';
import type { State } from '../../../state/state.ts';
import { alreadyExists, entityNotFound } from '../errors.ts';
import { mustBeDqdl, type Ruleset, type RulesetInput, type RulesetUpdate, TargetTable } from './ruleset.ts';

/** Of ListDataQualityRulesets. Times are seconds since the epoch. */
export const RulesetFilter = z.object({
  Name: z.string().optional(),
  Description: z.string().optional(),
  CreatedBefore: z.number().optional(),
  CreatedAfter: z.number().optional(),
  LastModifiedBefore: z.number().optional(),
  LastModifiedAfter: z.number().optional(),
  TargetTable: TargetTable.optional(),
});
type RulesetFilter = z.infer<typeof RulesetFilter>;

export class Rulesets {
  readonly #state: State;
  readonly #clock: () => number;
  readonly #rulesets;

  constructor(state: State, clock: () => number) {
    this.#state = state;
    this.#clock = clock;
    this.#rulesets = state.table<Ruleset>('glue.data-quality-rulesets');
  }

  list(filter: RulesetFilter = {}): Ruleset[] {
    return Array.from(this.#rulesets.range(), ({ value }) => value).filter((ruleset) => passes(ruleset, filter));
  }

  find(name: string): Ruleset | undefined {
    return this.#rulesets.get([name]);
  }

  get(name: string): Ruleset {
    const ruleset = this.find(name);
    if (!ruleset) throw entityNotFound(`Data quality ruleset ${name} not found.`);
    return ruleset;
  }

  /** The same request again, which its ClientToken tells, makes nothing. */
  async create({ Tags: _tags, ...input }: RulesetInput): Promise<void> {
    mustBeDqdl(input.Ruleset);
    await this.#state.commit(() => {
      const known = this.find(input.Name);
      if (known && input.ClientToken !== undefined && known.ClientToken === input.ClientToken) return;
      if (known) throw alreadyExists(`Another ruleset with the same name already exists: ${input.Name}`);
      this.put(input);
    });
  }

  /** Inside a commit. */
  put(input: Omit<RulesetInput, 'Tags'> & { RecommendationRunId?: string }): void {
    const now = this.#clock();
    this.#rulesets.put([input.Name], { ...input, createdAt: now, modifiedAt: now });
  }

  /** Changes what the update names, and leaves the rest. */
  async update({ Name, Description, Ruleset: text }: RulesetUpdate): Promise<Ruleset> {
    if (text !== undefined) mustBeDqdl(text);
    return this.#state.commit(() => {
      const changed = {
        ...this.get(Name),
        ...(Description !== undefined && { Description }),
        ...(text !== undefined && { Ruleset: text }),
        modifiedAt: this.#clock(),
      };
      this.#rulesets.put([Name], changed);
      return changed;
    });
  }

  delete(name: string): Promise<void> {
    return this.#state.commit(() => {
      this.get(name);
      this.#rulesets.remove([name]);
    });
  }
}

function passes(ruleset: Ruleset, filter: RulesetFilter): boolean {
  const { Name, Description, TargetTable: target } = filter;
  return (
    (Name === undefined || ruleset.Name.includes(Name)) &&
    (Description === undefined || (ruleset.Description ?? '').includes(Description)) &&
    isBetween(ruleset.createdAt, filter.CreatedAfter, filter.CreatedBefore) &&
    isBetween(ruleset.modifiedAt, filter.LastModifiedAfter, filter.LastModifiedBefore) &&
    (target === undefined ||
      (same(ruleset.TargetTable?.TableName, target.TableName) &&
        same(ruleset.TargetTable?.DatabaseName, target.DatabaseName)))
  );
}

/** Neither limit is included. `time` is in milliseconds, the limits are in seconds. */
export function isBetween(time: number, after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY): boolean {
  return time > after * 1000 && time < before * 1000;
}

const same = (left: string | undefined, right: string): boolean => left?.toLowerCase() === right.toLowerCase();
