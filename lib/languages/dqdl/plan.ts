/**
 * The evaluation of all rulesets of a table, in two steps around statements that anybody can run: `planEvaluation` says
 * what to run, `evaluate` judges what came back. A plan is plain data, so that it can be sent and kept.
 *
 * Rows are judged as Glue does where its documentation says how. Composite rules are judged for the whole table, rule by
 * rule, and then combined, which is Glue's default; with `compositeRules: 'ROW'` rules of single rows are combined row by row.
 */
import type { Anomaly, Gate, Metrics, RuleOutcome, RulesetOutcome } from '../quality/evaluation.ts';
import { isLearning } from './anomaly.ts';
import { compileComposite } from './composite-rule.ts';
import { DqdlError } from './dqdl-error.ts';
import { findAnomalies } from './find-anomalies.ts';
import type { MetricPoint } from './history.ts';
import type { Check, Judgement, RuleContext } from './judgement.ts';
import { freshness, type Metric, metricsOf, readMetrics } from './metrics-of.ts';
import { parseRuleset } from './parse.ts';
import { printRule } from './print.ts';
import { Readings } from './readings.ts';
import { RuleError } from './rule-error.ts';
import { type Rule, simpleRules } from './ruleset.ts';
import { type Statement, type StatementAnswer, Statements } from './statements.ts';
import { findColumn, kindOfColumn, type Relation, type TableColumn } from './table.ts';
import { resolveParameters, resolveRules } from './variables.ts';

export type { MetricPoint } from './history.ts';
export type { Statement, StatementAnswer } from './statements.ts';
export type { Relation, TableColumn } from './table.ts';

export interface EvaluationInput {
  rulesets: { name: string; gate: Gate; text: string }[];
  columns: TableColumn[];
  relation: Relation;
  database: string;
  /** Oldest first. */
  history: MetricPoint[];
  now: Date;
  /** Glue's `CompositeRuleEvaluationMethod`. */
  compositeRules?: 'COLUMN' | 'ROW';
  /** Each part that may fail for its own reason is measured by itself: see `retryPlan`. */
  isApart?: boolean;
}

export interface EvaluationPlan {
  statements: Statement[];
  input: EvaluationInput;
}

export interface Evaluated {
  rulesets: RulesetOutcome[];
  metrics: Metrics;
  anomalies: Anomaly[];
  /** Of the metrics that have too few points yet to tell what is unusual. */
  learning?: { points: number; needed: number };
}

export function planEvaluation(input: EvaluationInput): EvaluationPlan {
  return { statements: compile(input).statements.list(), input };
}

/**
 * One rule's own SQL can make the statement fail that measures all rules. Then this plan is to be run in its stead: it takes
 * more statements, and only the rule that is wrong fails. Undefined where nothing would be gained.
 */
export function retryPlan(plan: EvaluationPlan, answers: Record<string, StatementAnswer>): EvaluationPlan | undefined {
  const isShared = (id: string) => id === 'scan' || id === 'groups' || id.startsWith('reference-');
  const hasFailed = Object.entries(answers).some(([id, answer]) => isShared(id) && 'error' in answer);
  if (!hasFailed || plan.input.isApart) return undefined;
  const retried = planEvaluation({ ...plan.input, isApart: true });
  return retried.statements.length > plan.statements.length ? retried : undefined;
}

export function evaluate(plan: EvaluationPlan, answers: Record<string, StatementAnswer>): Evaluated {
  const input = { ...plan.input, now: new Date(plan.input.now) };
  const { statements, rulesets, metrics: measured } = compile(input);
  const readings = new Readings(statements, answers);
  const outcomes = rulesets.map(({ name, gate, rules }) => rulesetOutcome(name, gate, rules, readings));
  const ofRules = outcomes.flatMap(({ outcomes: all }) => all.map(({ metrics }) => metrics));
  const metrics = Object.assign({}, ...ofRules, readAll(measured, readings)) as Metrics;
  const { anomalies, learning } = findAnomalies(metrics, input.columns, input.history, input.now);
  return { rulesets: outcomes, metrics, anomalies, ...(learning && isLearning(learning) && { learning }) };
}

interface CompiledRule {
  rule: string;
  type: string;
  columns: string[];
  check: Check | RuleError;
}

function compile(given: EvaluationInput) {
  const input = { ...given, now: new Date(given.now) };
  const statements = new Statements(input.relation, input.columns, input.isApart);
  const context: RuleContext = { ...input, statements };
  const metrics = [...standardMetrics(context)];
  const rulesets = input.rulesets.map(({ name, gate, text }) => {
    const { rules, analyzed } = compileRuleset(text, context, input.compositeRules ?? 'COLUMN');
    metrics.push(...analyzed);
    return { name, gate, rules };
  });
  return { statements, metrics, rulesets };
}

/** Whatever the rules are, so that there is a history before anybody writes one. */
function standardMetrics(context: RuleContext): Metric[] {
  const { columns } = context;
  const ofKind = (...kinds: string[]) => columns.filter((column) => kinds.includes(kindOfColumn(column)));
  return [
    ...metricsOf('RowCount', [], context),
    ...columns.flatMap(({ name }) => metricsOf('Completeness', [name], context)),
    ...ofKind('number').flatMap(({ name }) => metricsOf('Mean', [name], context)),
    ...ofKind('date', 'timestamp').map((column) => freshness(column, context)),
  ];
}

function compileRuleset(text: string, context: RuleContext, method: 'COLUMN' | 'ROW') {
  try {
    const ruleset = parseRuleset(text);
    const variables = new Map(ruleset.variables.map(({ name, value }) => [name, value]));
    const rules = resolveRules(ruleset).map((rule) => compileAny(rule, context, method));
    const analyzed = ruleset.analyzers.flatMap(({ type, parameters }) => {
      const names = resolveParameters(parameters, variables).flatMap((one) => (one.kind === 'text' ? [one.value] : []));
      return analyzerMetrics(type, names, context);
    });
    return { rules, analyzed };
  } catch (error) {
    if (!(error instanceof DqdlError)) throw error;
    const { line, column, message, code, values } = error;
    const check = new RuleError('invalidRuleset', `the ruleset cannot be read: ${message}`, {
      ...values,
      ...{ line, column, message, syntax: code },
    });
    return { rules: [{ rule: 'Rules', type: 'Ruleset', columns: [], check }], analyzed: [] };
  }
}

/** `AllStatistics "AllColumns"` is for each column. Analyzers judge nothing: one that cannot measure is left out. */
function analyzerMetrics(type: string, names: string[], context: RuleContext): Metric[] {
  const isForAll = names.length === 1 && names[0] === 'AllColumns';
  const each = isForAll ? context.columns.map(({ name }) => [name]) : [names];
  return each.flatMap((columns) => {
    try {
      return metricsOf(type, columns, context);
    } catch (error) {
      if (error instanceof RuleError) return [];
      throw error;
    }
  });
}

function compileAny(rule: Rule, context: RuleContext, method: 'COLUMN' | 'ROW'): CompiledRule {
  return {
    rule: printRule(rule),
    type: rule.kind === 'rule' ? rule.type : 'Composite',
    columns: columnsOf(rule, context.columns),
    check: attempt(() => compileComposite(rule, context, method)),
  };
}

function attempt(compileIt: () => Check): Check | RuleError {
  try {
    return compileIt();
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
}

/** The table's columns that a rule names. */
function columnsOf(rule: Rule, columns: TableColumn[]): string[] {
  const named = simpleRules(rule).flatMap(({ type, parameters }) => {
    if (['CustomSql', 'FileMatch', 'FileSize', 'FileFreshness', 'FileUniqueness'].includes(type)) return [];
    const texts = parameters.flatMap((parameter) => (parameter.kind === 'text' ? [parameter.value] : []));
    const own = type === 'ReferentialIntegrity' ? texts.slice(0, 1) : texts;
    return own.flatMap((text) => text.split(',').map((part) => part.split('->')[0]?.trim() ?? ''));
  });
  return [...new Set(named.flatMap((name) => findColumn(columns, name)?.name ?? []))];
}

function rulesetOutcome(name: string, gate: Gate, rules: CompiledRule[], readings: Readings): RulesetOutcome {
  const outcomes = rules.map(({ check, ...rule }): RuleOutcome => ({ ...rule, ...judge(check, readings) }));
  const passed = outcomes.filter(({ result }) => result === 'PASS').length;
  return { name, gate, score: outcomes.length === 0 ? 1 : passed / outcomes.length, outcomes };
}

function judge(check: Check | RuleError, readings: Readings): Judgement {
  try {
    if (check instanceof RuleError) throw check;
    return check(readings);
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    return { result: 'ERROR', code: error.code, message: error.message, values: error.values, metrics: {} };
  }
}

/** Without those whose statement failed: the rules that need them say so. */
function readAll(metrics: Metric[], readings: Readings): Metrics {
  return Object.assign(
    {},
    ...metrics.map((metric) => {
      try {
        return readMetrics([metric], readings);
      } catch (error) {
        if (error instanceof RuleError) return {};
        throw error;
      }
    }),
  ) as Metrics;
}
