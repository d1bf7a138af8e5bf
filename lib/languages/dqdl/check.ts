import { compileRule } from './compile-rule.ts';
import type { RuleContext } from './judgement.ts';
import { metricsOf } from './metrics-of.ts';
import { FUNCTIONS } from './number-value.ts';
import { valuesOf } from './parse-condition.ts';
import { printAnalyzer } from './print.ts';
import { RuleError } from './rule-error.ts';
import { findRuleType } from './rule-types.ts';
import { type Analyzer, type Ruleset, type SimpleRule, type Span, simpleRules, type Value } from './ruleset.ts';
import { Statements } from './statements.ts';
import type { TableColumn } from './table.ts';
import { resolveParameters, resolveRules } from './variables.ts';

/** What would keep a rule from being evaluated on a table, or from meaning what it seems to. */
export interface DqdlProblem extends Span {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  values: Record<string, string | number>;
}

/** `database` is where tables that are named without one are looked for; it makes no difference here. */
export function checkRuleset(ruleset: Ruleset, columns: TableColumn[]): DqdlProblem[] {
  const relation = { database: 'database', table: 'table' };
  const statements = new Statements(relation, columns);
  const context: RuleContext = { columns, relation, statements, history: [], now: new Date(0) };
  const rules = resolveRules(ruleset).flatMap(simpleRules);
  const variables = new Map(ruleset.variables.map(({ name, value }) => [name, value]));
  return [
    ...rules.flatMap((rule) => checkRule(rule, context)),
    ...doubles(ruleset),
    ...ruleset.analyzers.flatMap((analyzer) => checkAnalyzer(analyzer, variables, context)),
  ].toSorted((a, b) => a.from - b.from);
}

function checkRule(rule: SimpleRule, context: RuleContext): DqdlProblem[] {
  const functions = rule.condition ? valuesOf(rule.condition).flatMap(unknownFunctions) : [];
  try {
    compileRule(rule, context);
    return [...functions, ...checkPattern(rule)];
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    return [...functions, problem(error, placeOf(rule, error), context.columns)];
  }
}

function checkAnalyzer(analyzer: Analyzer, variables: ReadonlyMap<string, Value | Value[]>, context: RuleContext) {
  const resolved = resolveParameters(analyzer.parameters, variables);
  const names = resolved.flatMap((one) => (one.kind === 'text' ? [one.value] : []));
  if (names.length === 1 && names[0] === 'AllColumns') return [];
  try {
    metricsOf(analyzer.type, names, context);
    return [];
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    const place = resolved.find((one) => one.kind === 'text' && one.value === error.values.column);
    return [problem(error, place?.at ?? analyzer.at, context.columns)];
  }
}

function problem({ code, message, values }: RuleError, at: Span, columns: TableColumn[]): DqdlProblem {
  const near = code === 'unknownColumn' ? closestColumn(String(values.column), columns) : undefined;
  return {
    severity: 'error',
    code,
    message: near ? `${message}; did you mean ${near}?` : message,
    values: near ? { ...values, near } : values,
    from: at.from,
    to: at.to,
  };
}

/** The part of the rule that the error is about. */
function placeOf(rule: SimpleRule, { code, values }: RuleError): Span {
  const parameter = rule.parameters.find(
    (one) => one.kind === 'text' && one.value === (values.column ?? values.reference),
  );
  if (parameter) return parameter.at;
  if (rule.where && (code === 'noWhere' || values.sql === rule.where.value)) return rule.where.at;
  if (code === 'invalidSql' || code === 'notAQuery' || code === 'invalidPattern')
    return rule.parameters[0]?.at ?? rule.at;
  const isOfCondition = /^(not|mixed|unknownType|emptyFunction)/.test(code) && !findRuleType(rule.type)?.isAnalyzer;
  return isOfCondition && rule.condition ? rule.condition.at : rule.at;
}

function unknownFunctions(value: Value): DqdlProblem[] {
  if (value.kind === 'group') return unknownFunctions(value.value);
  if (value.kind === 'operation') return [value.left, value.right].flatMap(unknownFunctions);
  if (value.kind !== 'call') return [];
  const inner = value.arguments.flatMap(unknownFunctions);
  if (FUNCTIONS.includes(value.name)) return inner;
  const message = `there is no function ${value.name}; there are ${FUNCTIONS.join(', ')}`;
  const values = { function: value.name };
  return [{ severity: 'error', code: 'unknownFunction', message, values, ...value.at }, ...inner];
}

/** The engine's own expressions differ a little from these, so that this is only a warning. */
function checkPattern({ condition }: SimpleRule): DqdlProblem[] {
  if (condition?.op !== 'matches' || condition.pattern.kind !== 'text') return [];
  const { value: pattern, at } = condition.pattern;
  try {
    new RegExp(pattern.replace(/^\(\?[a-z]+\)/, ''), 'u');
    return [];
  } catch (error) {
    const message = `this is no regular expression: ${(error as Error).message}`;
    return [{ severity: 'warning', code: 'invalidPattern', message, values: { pattern }, from: at.from, to: at.to }];
  }
}

function doubles({ analyzers }: Ruleset): DqdlProblem[] {
  const printed = analyzers.map(printAnalyzer);
  return analyzers.flatMap(({ at }, index) => {
    const text = printed[index] ?? '';
    if (printed.indexOf(text) === index) return [];
    const message = `${text} is there twice`;
    return [{ severity: 'warning' as const, code: 'double', message, values: { text }, from: at.from, to: at.to }];
  });
}

/** The column whose name is one or two letters away. */
function closestColumn(name: string, columns: TableColumn[]): string | undefined {
  const ranked = columns
    .map((column) => ({ name: column.name, distance: distanceOf(name.toLowerCase(), column.name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.min(2, Math.floor(name.length / 3) + 1) ? best.name : undefined;
}

/** Levenshtein's. */
function distanceOf(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...left].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= right.length; at += 1) {
      const replaced = (row[at - 1] ?? 0) + (right[at - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
