import { parametersOf } from './compile-rule.ts';
import { compositePredicate } from './composite-rule.ts';
import { DqdlError } from './dqdl-error.ts';
import { NoHistory, NumberValues } from './number-value.ts';
import { customCondition, whereSql } from './own-sql.ts';
import { parseSingleRule } from './parse.ts';
import { rowPredicate } from './predicate.ts';
import { datasetJoin, FOUND, integrityJoin, type ReferenceJoin } from './reference-rules.ts';
import { RuleError } from './rule-error.ts';
import type { Rule, SimpleRule } from './ruleset.ts';
import { quoteName } from './sql-text.ts';
import { fromSql, getColumn, type Relation, selectSql, type TableColumn } from './table.ts';

interface Context {
  columns: TableColumn[];
  relation: Relation;
  now: Date;
}

/**
 * The whole rows that break a rule, as printed by `printRule`; of keys that are not unique, all rows that share one.
 * Undefined where a rule is not about rows, or where its rows cannot be told.
 */
export function failingRows(
  rule: string,
  columns: TableColumn[],
  relation: Relation,
  now = new Date(),
): { sql: string } | undefined {
  try {
    const sql = rowsSql(parseSingleRule(rule), { columns, relation, now });
    return sql === undefined ? undefined : { sql };
  } catch (error) {
    if (error instanceof DqdlError || error instanceof RuleError || error instanceof NoHistory) return undefined;
    throw error;
  }
}

function rowsSql(rule: Rule, context: Context): string | undefined {
  if (rule.kind !== 'rule') {
    const predicate = compositePredicate(rule, context);
    return predicate && breaking(predicate, undefined, context);
  }
  const where = rule.where && whereSql(rule.where.value, context.columns);
  const names = parametersOf(rule);
  const [first = '', second = '', third] = names;
  switch (rule.type) {
    case 'IsUnique':
    case 'IsPrimaryKey':
    case 'Uniqueness':
    case 'UniqueValueRatio':
      return sharing(rule, names, where, context);
    case 'ReferentialIntegrity':
      return withoutMatch(integrityJoin(first, second, context), context);
    case 'DatasetMatch':
      return withoutMatch(datasetJoin(first, second, third, context), context);
    case 'CustomSql': {
      const condition = rule.condition ? undefined : customCondition(first, context.columns);
      return condition && breaking(`coalesce(${condition}, false)`, undefined, context);
    }
    default: {
      const predicate = rowPredicate(rule, { ...context, numbers: new NumberValues([]) });
      return predicate && breaking(predicate, where, context);
    }
  }
}

function breaking(predicate: string, where: string | undefined, { relation, columns }: Context): string {
  return `${selectSql(relation, columns)} WHERE ${where ? `${where} AND ` : ''}NOT ${bracketed(predicate)}`;
}

const bracketed = (sql: string) => `(${sql})`;

function sharing(rule: SimpleRule, names: string[], where: string | undefined, { relation, columns }: Context): string {
  const keys = names.map((name) => quoteName(getColumn(columns, name).name));
  const list = columns.map(({ name }) => quoteName(name)).join(', ');
  const counted = `count(*) OVER (PARTITION BY ${keys.join(', ')}) AS "lacustre_rows"`;
  const rows = `SELECT ${list}, ${counted} FROM ${fromSql(relation, columns)}${where ? ` WHERE ${where}` : ''}`;
  const isThere = keys.map((key) => `${key} IS NOT NULL`).join(' OR ');
  const isEmpty = keys.map((key) => `${key} IS NULL`).join(' OR ');
  const shared = `"lacustre_rows" > 1 AND (${isThere})`;
  const broken = rule.type === 'IsPrimaryKey' ? `(${shared}) OR ${isEmpty}` : shared;
  return `SELECT ${list} FROM (${rows}) "counted" WHERE ${broken} ORDER BY ${keys.join(', ')}`;
}

function withoutMatch({ reference, on }: ReferenceJoin, { relation, columns }: Context): string {
  const list = columns.map(({ name }) => `p.${quoteName(name)}`).join(', ');
  return `SELECT ${list} FROM (${selectSql(relation, columns)}) p LEFT JOIN ${reference} ON ${on} WHERE ${FOUND} IS NULL`;
}
