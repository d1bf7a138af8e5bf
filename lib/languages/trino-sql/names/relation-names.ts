import type { Identifier, Relation } from '../syntax.ts';
import type { NameChecker } from './check-names.ts';
import { missingFromJoin } from './name-errors.ts';
import { EMPTY_SCOPE, type NamedRelation, type NameScope } from './name-scope.ts';

const DATA_CATALOG = 'awsdatacatalog';

/** Reads what stands after FROM: what can be called there, and by which names. */
export class RelationNames {
  readonly #checker: NameChecker;
  readonly #outer: NameScope | undefined;
  readonly #named: ReadonlyMap<string, readonly string[] | undefined>;

  constructor(
    checker: NameChecker,
    outer: NameScope | undefined,
    named: ReadonlyMap<string, readonly string[] | undefined>,
  ) {
    this.#checker = checker;
    this.#outer = outer;
    this.#named = named;
  }

  /** `around` holds what the relation may refer to: for LATERAL and UNNEST also what stands before. */
  of(relation: Relation, around: NameScope | undefined): NamedRelation[] {
    switch (relation.type) {
      case 'table':
        return this.table(relation.name);
      case 'subquery': {
        const outer = relation.lateral ? around : this.#outer;
        return [{ path: [], columns: this.#checker.query(relation.query, outer, this.#named) }];
      }
      case 'unnest':
        for (const each of relation.expressions) this.#checker.visit(each, around ?? EMPTY_SCOPE, this.#named);
        return [{ path: [], columns: undefined }];
      case 'alias':
        return this.#aliased(relation, around);
      case 'sample':
        return this.of(relation.of, around);
      case 'join':
        return this.#join(relation, around);
      case 'refused':
        return [{ path: [], columns: undefined }];
    }
  }

  table(parts: readonly Identifier[]): NamedRelation[] {
    const [name = '', schema, catalog] = parts.map((part) => part.name.toLowerCase()).reverse();
    if (schema === undefined && this.#named.has(name)) return [{ path: [name], columns: this.#named.get(name) }];
    const path = [name, ...(schema === undefined ? [] : [schema]), catalog ?? DATA_CATALOG];
    const columns = this.#checker.columnsOf({
      name,
      ...(schema === undefined ? {} : { schema }),
      ...(catalog === undefined ? {} : { catalog }),
    });
    return [{ path, columns }];
  }

  #aliased({ of, alias, columns }: Relation & { type: 'alias' }, around: NameScope | undefined): NamedRelation[] {
    const made = this.of(of, around);
    const lists = made.map((each) => each.columns);
    const known = lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
    return [
      { path: [alias.name.toLowerCase()], columns: columns ? columns.map(({ name }) => name.toLowerCase()) : known },
    ];
  }

  #join(join: Relation & { type: 'join' }, around: NameScope | undefined): NamedRelation[] {
    const left = this.of(join.left, around);
    const right = this.of(join.right, { relations: left, words: new Set(), outer: around });
    const both = [...left, ...right];
    if (join.natural) return both.map(({ path }) => ({ path, columns: undefined }));
    if (join.using) return this.#using(join.using, left, right);
    if (join.on) this.#checker.visit(join.on, { relations: both, words: new Set(), outer: this.#outer }, this.#named);
    return both;
  }

  /** The columns that both have are there once, and no longer called by either side's name. */
  #using(names: readonly Identifier[], left: NamedRelation[], right: NamedRelation[]): NamedRelation[] {
    for (const { name, at } of names) {
      const isIn = ({ columns }: NamedRelation) => columns === undefined || columns.includes(name.toLowerCase());
      if (!left.some(isIn)) this.#checker.errors.push(missingFromJoin(name, 'left', at));
      else if (!right.some(isIn)) this.#checker.errors.push(missingFromJoin(name, 'right', at));
    }
    const joined = names.map(({ name }) => name.toLowerCase());
    const rest = [...left, ...right].map(({ path, columns }) => ({
      path,
      columns: columns?.filter((column) => !joined.includes(column)),
    }));
    return [{ path: [], columns: joined }, ...rest];
  }
}
