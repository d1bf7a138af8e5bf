import { compileResource } from './arn-pattern.ts';
import { compileCondition, type Holds } from './condition.ts';
import { compilePattern, type Lookup, type Matches } from './pattern.ts';
import type { Elements, Policy, Statement } from './policy.ts';

/** A statement whose patterns are ready to compare. */
export interface CompiledStatement {
  statement: Statement;
  /** Its place in the policy, for people who look for it. */
  index: number;
  isAbout(action: string): boolean;
  covers(resource: string, lookup: Lookup): boolean;
  /** In the order of the statement's own. */
  conditions: readonly Holds[];
  /** Whether resource and conditions are the request's; action and principal are asked before. */
  appliesTo(resource: string, lookup: Lookup): boolean;
}

export interface CompiledPolicy {
  /** What people know the policy by. */
  name: string;
  statements: readonly CompiledStatement[];
  /** The statements that are about an action at all; kept per action, since few of many are. */
  about(action: string): readonly CompiledStatement[];
}

/** Actions remembered per policy; requests name actions from our own code, so the bound is never met in practice. */
const ACTIONS_KEPT = 1000;

export function compilePolicy(name: string, policy: Policy): CompiledPolicy {
  const hasVariables = policy.version === '2012-10-17';
  const statements = policy.statements.map((statement, index) => compileStatement(statement, index, hasVariables));
  const byAction = new Map<string, readonly CompiledStatement[]>();
  return {
    name,
    statements,
    about(action) {
      const known = byAction.get(action);
      if (known) return known;
      if (byAction.size >= ACTIONS_KEPT) byAction.clear();
      const found = statements.filter((statement) => statement.isAbout(action));
      byAction.set(action, found);
      return found;
    },
  };
}

function compileStatement(statement: Statement, index: number, hasVariables: boolean): CompiledStatement {
  const actions = compileElements(statement.actions, (action) =>
    compilePattern(action, { hasVariables: false, ignoreCase: true }),
  );
  const resources =
    statement.resources && compileElements(statement.resources, (resource) => compileResource(resource, hasVariables));
  const conditions = statement.conditions.map((condition) => compileCondition(condition, hasVariables));
  const covers: CompiledStatement['covers'] = (resource, lookup) => resources?.(resource, lookup) ?? true;
  return {
    statement,
    index,
    isAbout: (action) => actions(action, () => undefined),
    covers,
    conditions,
    appliesTo: (resource, lookup) => covers(resource, lookup) && conditions.every((holds) => holds(lookup)),
  };
}

/** A negated element holds where each of its patterns is known not to match: not where a variable has no value. */
function compileElements({ not, values }: Elements, compile: (value: string) => Matches) {
  const patterns = values.map(compile);
  return (text: string, lookup: Lookup): boolean =>
    not
      ? patterns.every((matches) => matches(text, lookup) === false)
      : patterns.some((matches) => matches(text, lookup));
}
