import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Identifier } from '../../../../lib/languages/trino-sql/syntax.ts';
import type { Type } from '../../../../lib/languages/trino-sql/types.ts';

/** A column of a relation. */
export interface Field {
  name?: string | undefined;
  /** How the relation may be called, the last part first: alias, or table, schema, catalog. */
  relation?: string[] | undefined;
  sql: string;
  type: Type;
  /** Seen by name only, as `"$path"`. */
  hidden?: boolean;
}

export interface Found {
  field: Field;
  /** Parts of the name that were used; what is left are fields of a row. */
  used: number;
}

/** The columns that can be named in one place; what is not found is looked for in the query around it. */
export class Scope {
  readonly fields: Field[];
  readonly parent: Scope | undefined;
  /** Fields that were used outside of aggregates; only where rows are grouped. */
  uses: Field[] | undefined;

  constructor(fields: Field[], parent?: Scope) {
    this.fields = fields;
    this.parent = parent;
  }

  /** Finds what `a`, `t.a`, `s.t.a` or `a.field` names. */
  find(parts: Identifier[], at: SqlPosition): Found | undefined {
    const names = parts.map((part) => part.name.toLowerCase());
    for (let length = Math.min(names.length, 4); length >= 1; length--) {
      const found = this.fields.filter((field) => isCalled(field, names.slice(0, length)));
      if (found.length > 1)
        throw new SqlError('AMBIGUOUS_NAME', `Column '${names.slice(0, length).join('.')}' is ambiguous`, at);
      const [field] = found;
      if (!field) continue;
      this.uses?.push(field);
      return { field, used: length };
    }
    return this.parent?.find(parts, at);
  }

  get visible(): Field[] {
    return this.fields.filter((field) => !field.hidden);
  }
}

function isCalled(field: Field, names: string[]): boolean {
  if (field.name !== names.at(-1)) return false;
  const qualifier = names.slice(0, -1).reverse();
  return qualifier.every((name, index) => field.relation?.[index] === name);
}
