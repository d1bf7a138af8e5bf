import { SqlError } from '../sql-error.ts';

/** Partitions cannot be told from a table's properties: a property is wrong, or a query names no value where it must. */
export class WrongProjection extends SqlError {
  /** The property (`projection.dt.range`), or the injected column (CONSTRAINT_VIOLATION) that a value is needed for. */
  readonly subject: string;

  constructor(code: 'INVALID_TABLE_PROPERTY' | 'CONSTRAINT_VIOLATION', detail: string, subject: string) {
    super(code, detail);
    this.subject = subject;
  }
}
