import { compileCondition, type Holds } from './condition.ts';
import { compilePattern, type Lookup, type Matches } from './pattern.ts';
import type { Elements, Policy, Statement } from './policy.ts';

/** A statement whose patterns are ready to compare. */
export interface CompiledStatement {
  statement: Statement;
  /** Its place in the policy, for people who look for it. */
  index: number;
  appliesTo(resource: string, lookup: Lookup): boolean;
}

export interface CompiledPolicy {
  /** What people know the policy by. */
  name: string;
  /** The statements that are about an action at all; kept per action, since few of many are. */
  about(action: string): CompiledStatement[];
}

/** Actions remembered per policy; requests name actions from our own code, so the bound is never met in practice. */
const ACTIONS_KEPT = 1000;

export function compilePolicy(name: string, policy: Policy): CompiledPolicy {
  const hasVariables = policy.version === '2012-10-17';
  const all = policy.statements.map((statement, index) => compileStatement(statement, index, hasVariables));
  const byAction = new Map<string, CompiledStatement[]>();
  return {
    name,
    about(action) {
      const known = byAction.get(action);
      if (known) return known;
      if (byAction.size >= ACTIONS_KEPT) byAction.clear();
      const found = all.filter((statement) => statement.isAbout(action));
      byAction.set(action, found);
      return found;
    },
  };
}

function compileStatement(statement: Statement, index: number, hasVariables: boolean) {
  const actions = compileElements(statement.actions, { hasVariables: false, ignoreCase: true });
  const resources = statement.resources && compileElements(statement.resources, { hasVariables });
  const conditions: Holds[] = statement.conditions.map((condition) => compileCondition(condition, hasVariables));
  return {
    statement,
    index,
    isAbout: (action: string) => actions(action, () => undefined),
    appliesTo: (resource: string, lookup: Lookup) =>
      (resources?.(resource, lookup) ?? true) && conditions.every((holds) => holds(lookup)),
  };
}

function compileElements({ not, values }: Elements, options: Parameters<typeof compilePattern>[1]): Matches {
  const patterns = values.map((value) => compilePattern(value, options));
  return (text, lookup) => patterns.some((matches) => matches(text, lookup)) !== not;
}
