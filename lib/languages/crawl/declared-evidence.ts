import type { Evidence } from './column-evidence.ts';
import { type PlannedColumn, type Reason, reason } from './crawl-plan.ts';
import { type HiveType, mergeTypes, printType } from './hive-type.ts';

/** A column whose type the file itself states: in a Parquet footer, or in a grok expression. */
export class DeclaredEvidence implements Evidence {
  type: HiveType;
  readonly #reasons: Reason[];
  readonly #file: string;

  constructor(file: string, type: HiveType, why: Reason) {
    this.#file = file;
    this.type = type;
    this.#reasons = [why];
  }

  merge(other: Evidence): void {
    const [from, stated] = [printType(this.type), printType(other.type)];
    this.type = mergeTypes(this.type, other.type);
    if (from === stated || this.#reasons.length > 1) return;
    const file = other instanceof DeclaredEvidence ? other.#file : '';
    this.#reasons.push(reason('typeMerged', { from, other: stated, type: printType(this.type), file }));
  }

  decide(): Pick<PlannedColumn, 'type' | 'reasons'> {
    return { type: printType(this.type), reasons: this.#reasons };
  }
}
