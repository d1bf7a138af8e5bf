import { childrenOf } from '../format-expression.ts';
import type { Expression, Identifier, Query, QueryBody, Relation, Select, SelectItem } from '../syntax.ts';
import {
  addFilters,
  type Cte,
  type FindTable,
  isCalled,
  lower,
  partsOf,
  type Reading,
  resolve,
  type Scope,
  type Source,
  type TableScan,
} from './scan-scope.ts';

/**
 * Which columns of which tables a query needs, as Trino works it out: a column that is only passed on, and that nobody
 * outside asks for, is not read. A WITH query is read as often as it is named. Throws UnknownTable.
 */
export function tableScans(query: Query, find: FindTable): TableScan[] {
  const reader = new ScanReader();
  const source = reader.query(query, { find, ctes: new Map(), outer: undefined, isOwn: true }, true);
  source.names.forEach((_, index) => void source.need(index));
  return reader.scans;
}

export class UnknownTable extends Error {}

class ScanReader {
  readonly scans: TableScan[] = [];

  query(query: Query, around: Scope, isTop = false): Source {
    const ctes = new Map(around.ctes);
    const scope = { ...around, ctes };
    for (const { name, columns, query: body } of query.with) {
      const inside = query.recursive ? scope : { ...scope, ctes: new Map(ctes) };
      // A WITH query that names itself would be read without end: its own rows are no scan.
      const own = { query: body, scope: inside, names: columns?.map(lower) };
      ctes.set(lower(name), own);
    }
    const { source, reading } = this.#body(query.body, scope);
    if (query.limit || isTop) {
      for (const { by } of query.orderBy) this.#ordering(by, source, reading);
    }
    return source;
  }

  #body(body: QueryBody, scope: Scope): { source: Source; reading?: Reading } {
    switch (body.type) {
      case 'select':
        return this.#select(body.select, scope);
      case 'query':
        return { source: this.query(body.query, scope) };
      case 'table':
        return { source: this.#named(body.name, scope, undefined) };
      case 'values': {
        const reading = { sources: [], scope, hidden: new Set<string>() };
        for (const row of body.rows) this.#visit(row, reading);
        const [first] = body.rows;
        const width = first?.type === 'row' ? first.items.length : 1;
        return { source: { alias: undefined, names: Array.from({ length: width }, () => ''), need: () => undefined } };
      }
      case 'set': {
        const left = this.#body(body.left, scope).source;
        const right = this.#body(body.right, scope).source;
        const need = (index: number) => {
          left.need(index);
          right.need(index);
        };
        // What is compared with the other side is needed, whether or not it is asked for.
        if (!body.all || body.operator !== 'UNION') left.names.forEach((_, index) => void need(index));
        return { source: { alias: undefined, names: left.names, need } };
      }
    }
  }

  #select(select: Select, scope: Scope): { source: Source; reading: Reading } {
    const reading: Reading = { sources: [], scope, hidden: new Set() };
    if (select.from) this.#relation(select.from, reading, select);
    const outputs = select.items.flatMap((item) => this.#outputs(item, reading));
    const need = (index: number) => outputs[index]?.need();
    if (select.where) {
      this.#visit(select.where, reading);
      addFilters(select.where, reading);
    }
    for (const element of select.groupBy?.elements ?? []) {
      const expressions = element.type === 'simple' ? element.expressions : groupings(element).flat();
      for (const expression of expressions) {
        if (expression.type === 'number') need(Number(expression.text) - 1);
        else this.#visit(expression, reading);
      }
    }
    if (select.having) this.#visit(select.having, reading);
    for (const { window } of select.windows) {
      for (const each of [...window.partitionBy, ...window.orderBy.map(({ by }) => by)]) this.#visit(each, reading);
    }
    if (select.distinct) outputs.forEach((output) => void output.need());
    return { source: { alias: undefined, names: outputs.map(({ name }) => name), need }, reading };
  }

  #outputs(item: SelectItem, reading: Reading): { name: string; need: () => void }[] {
    if (item.type === 'expression') {
      const { expression, alias } = item;
      const name = alias ? lower(alias) : lastName(expression);
      return [{ name, need: once(() => this.#visit(expression, reading)) }];
    }
    const of = item.of && partsOf(item.of)?.map(lower);
    if (item.of && !of) return [{ name: '', need: once(() => this.#visit(item.of as Expression, reading)) }];
    const sources = of ? reading.sources.filter((source) => isCalled(source, of)) : reading.sources;
    return sources.flatMap((source) =>
      source.names.map((name, index) => ({ name, need: once(() => source.need(index)) })),
    );
  }

  #ordering(by: Expression, source: Source, reading: Reading | undefined): void {
    const named = by.type === 'column' ? source.names.indexOf(lower(by.name)) : -1;
    const index = by.type === 'number' ? Number(by.text) - 1 : named;
    if (index >= 0) source.need(index);
    else if (reading) this.#visit(by, reading);
  }

  #relation(relation: Relation, reading: Reading, select: Select): void {
    const { scope } = reading;
    switch (relation.type) {
      case 'table':
        reading.sources.push(this.#named(relation.name, scope, select));
        return;
      case 'subquery':
        reading.sources.push(this.query(relation.query, { ...scope, outer: relation.lateral ? reading : scope.outer }));
        return;
      case 'alias': {
        const before = reading.sources.length;
        this.#relation(relation.of, reading, select);
        const [made] = reading.sources.splice(before);
        if (!made) return;
        const { path: _, ...source } = made;
        const names = relation.columns?.map(lower) ?? source.names;
        reading.sources.push({ ...source, alias: lower(relation.alias), names });
        return;
      }
      case 'unnest':
        for (const expression of relation.expressions) this.#visit(expression, reading);
        reading.sources.push({ alias: undefined, names: [], need: () => undefined });
        return;
      case 'sample':
        this.#relation(relation.of, reading, select);
        return;
      case 'join': {
        const before = reading.sources.length;
        this.#relation(relation.left, reading, select);
        const middle = reading.sources.length;
        this.#relation(relation.right, reading, select);
        if (relation.on) this.#visit(relation.on, reading);
        const [left, right] = [reading.sources.slice(before, middle), reading.sources.slice(middle)];
        const shared = relation.natural ? left.flatMap(({ names }) => names) : relation.using?.map(lower);
        for (const name of shared ?? []) {
          if (!right.some(({ names }) => names.includes(name))) continue;
          for (const source of [...left, ...right]) {
            const index = source.names.indexOf(name);
            if (index >= 0) source.need(index);
          }
        }
        return;
      }
      case 'refused':
        throw new UnknownTable(relation.what);
    }
  }

  #named(name: readonly Identifier[], scope: Scope, select: Select | undefined): Source {
    const path = name.map(lower);
    const cte = path.length === 1 ? scope.ctes.get(path[0] as string) : undefined;
    if (cte) {
      const ctes = new Map(cte.scope.ctes);
      ctes.delete(path[0] as string);
      const hasItself = cte.scope.ctes.get(path[0] as string) === cte;
      const inner = hasItself ? itselfEmpty(cte, path[0] as string) : cte.scope;
      const source = this.query(cte.query, { ...inner, outer: undefined, isOwn: scope.isOwn });
      return { ...source, alias: path[0], names: cte.names ?? source.names };
    }
    const table = scope.find(name);
    if (!table) throw new UnknownTable(path.join('.'));
    if (table.view) {
      const view = { find: table.view.find, ctes: new Map<string, Cte>(), outer: undefined, isOwn: false };
      return { ...this.query(table.view.query, view), alias: undefined, path };
    }
    const names = [...table.columns, ...table.partitionKeys];
    const scan: TableScan = { table, columns: new Set(), filters: [], select: scope.isOwn ? select : undefined };
    this.scans.push(scan);
    const need = (index: number, fields: string[] = []) => {
      if (index < table.columns.length) scan.columns.add([names[index], ...fields].join('.'));
    };
    return { alias: undefined, path, names, need, scan };
  }

  #visit(expression: Expression, reading: Reading): void {
    const parts = partsOf(expression);
    if (parts) {
      const found = resolve(parts.map(lower), reading);
      if (found) found.source.need(found.index, found.fields);
      else if (expression.type === 'field') this.#visit(expression.of, reading);
      return;
    }
    if (expression.type === 'lambda') {
      const hidden = new Set([...reading.hidden, ...expression.parameters.map(lower)]);
      this.#visit(expression.body, { ...reading, hidden });
      return;
    }
    const query = subqueryOf(expression);
    if (query) {
      const source = this.query(query, { ...reading.scope, outer: reading });
      if (expression.type !== 'exists') source.names.forEach((_, index) => void source.need(index));
    }
    for (const child of childrenOf(expression)) this.#visit(child, reading);
  }
}

function itselfEmpty(cte: Cte, name: string): Scope {
  const ctes = new Map(cte.scope.ctes);
  const names = cte.names ?? [];
  const at = cte.query.at;
  const rows: Expression[] = [{ at, type: 'row', items: names.map(() => ({ at, type: 'null' })) }];
  ctes.set(name, {
    query: { at, with: [], recursive: false, body: { at, type: 'values', rows }, orderBy: [] },
    scope: cte.scope,
    names,
  });
  return { ...cte.scope, ctes };
}

function subqueryOf(expression: Expression): Query | undefined {
  switch (expression.type) {
    case 'subquery':
    case 'exists':
    case 'quantified':
      return expression.query;
    case 'in':
      return expression.query;
    default:
      return undefined;
  }
}

function groupings(
  element: Exclude<NonNullable<Select['groupBy']>['elements'][number], { type: 'simple' }>,
): Expression[][] {
  return element.type === 'sets' ? element.sets : element.expressions;
}

function lastName(expression: Expression): string {
  const name = partsOf(expression)?.at(-1);
  return name ? lower(name) : '';
}

function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) run();
    isDone = true;
  };
}
