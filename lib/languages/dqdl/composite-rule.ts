import { compileRule } from './compile-rule.ts';
import { type Check, type Judgement, judgeRows, type RuleContext } from './judgement.ts';
import { NumberValues } from './number-value.ts';
import { whereSql } from './own-sql.ts';
import { rowPredicate } from './predicate.ts';
import { RuleError } from './rule-error.ts';
import { type CompositeRule, type Rule, thresholdOf } from './ruleset.ts';

/** https://docs.aws.amazon.com/glue/latest/dg/dqdl.html#dqdl-syntax-composite-rules */
export function compileComposite(rule: Rule, context: RuleContext, method: 'COLUMN' | 'ROW'): Check {
  if (rule.kind === 'rule') return compileRule(rule, context);
  const predicate = method === 'ROW' ? compositePredicate(rule, context) : undefined;
  if (predicate) return rowsCheck(predicate, context);
  const parts = rule.rules.map((part) => tolerant(part, context, method));
  return (readings) =>
    combine(
      rule.kind,
      parts.map((part) => part(readings)),
    );
}

/** A part that cannot be evaluated does not hide what the other parts say. */
function tolerant(rule: Rule, context: RuleContext, method: 'COLUMN' | 'ROW'): Check {
  const guard = <Result>(run: () => Result): Result | Judgement => {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      return { result: 'ERROR', code: error.code, message: error.message, values: error.values, metrics: {} };
    }
  };
  const check = guard(() => compileComposite(rule, context, method));
  return (readings) => (typeof check === 'function' ? guard(() => check(readings)) : check);
}

/** Nothing that is an error counts as passed: `or` passes by a part that passes, `and` needs them all. */
function combine(kind: 'and' | 'or', parts: Judgement[]): Judgement {
  const metrics = Object.assign({}, ...parts.map((part) => part.metrics)) as Judgement['metrics'];
  const passes = kind === 'and' ? parts.every(isPassed) : parts.some(isPassed);
  const learning = parts.find((part) => part.learning)?.learning;
  if (passes) return { result: 'PASS', metrics, ...(learning && { learning }) };
  const broken = parts.filter((part) => !isPassed(part));
  const isError = kind === 'and' ? broken.every(isBroken) : broken.some(isBroken);
  const [first] = broken;
  const message = broken.flatMap((part) => part.message ?? []).join('; ');
  return {
    result: isError ? 'ERROR' : 'FAIL',
    message,
    ...(first?.code && { code: first.code }),
    ...(first?.values && { values: first.values }),
    metrics,
    ...(learning && { learning }),
  };
}

const isPassed = ({ result }: Judgement) => result === 'PASS';
const isBroken = ({ result }: Judgement) => result === 'ERROR';

/** True for the rows that keep the whole; undefined where a part is not about single rows. */
export function compositePredicate(rule: Rule, context: Pick<RuleContext, 'columns' | 'now'>): string | undefined {
  if (rule.kind !== 'rule') return joined(rule, context);
  if (thresholdOf(rule) || rule.type === 'Completeness') return undefined;
  const predicate = rowPredicate(rule, { ...context, numbers: new NumberValues([]) });
  if (!predicate || !rule.where) return predicate;
  return `(NOT coalesce(${whereSql(rule.where.value, context.columns)}, false) OR ${predicate})`;
}

function joined(rule: CompositeRule, context: Pick<RuleContext, 'columns' | 'now'>): string | undefined {
  const parts = rule.rules.map((part) => compositePredicate(part, context));
  return parts.includes(undefined) ? undefined : `(${parts.join(rule.kind === 'and' ? ' AND ' : ' OR ')})`;
}

function rowsCheck(predicate: string, { statements }: RuleContext): Check {
  const passing = statements.scan(`count_if(${predicate})`);
  const total = statements.scan('count(*)');
  return (readings) => {
    const rows = readings.count(total);
    const counts = { passing: readings.count(passing), checked: rows, total: rows };
    // Glue has no metric for rows that keep several rules.
    return { ...judgeRows('', counts, undefined, []), metrics: {} };
  };
}
