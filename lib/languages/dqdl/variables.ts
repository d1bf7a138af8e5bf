import { valuesOf } from './parse-condition.ts';
import type { Condition, Parameter, Rule, Ruleset, Value, VariableReference } from './ruleset.ts';
import { simpleRules } from './ruleset.ts';
import type { TokenReader } from './token-reader.ts';

/** Every variable that is referred to must be there, with one text where one text is needed. */
export function checkReferences(reader: TokenReader, ruleset: Ruleset): void {
  const known = new Map(ruleset.variables.map(({ name, value }) => [name, value]));
  for (const { name, at } of references(ruleset)) if (!known.has(name)) throw reader.error('noVariable', at, { name });
}

function references({ rules, analyzers }: Ruleset): VariableReference[] {
  const isReference = (value: Value | Parameter): value is VariableReference => value.kind === 'variable';
  const ofRules = rules
    .flatMap(simpleRules)
    .flatMap(({ parameters, condition, tags }) => [
      ...parameters,
      ...(condition ? valuesOf(condition) : []),
      ...tags.flatMap((tag) => valuesOf(tag.condition)),
    ]);
  return [...ofRules, ...analyzers.flatMap(({ parameters }) => parameters)].filter(isReference);
}

type Variables = ReadonlyMap<string, Value | Value[]>;

/** The rules of a ruleset with the variables' values in their places: each can stand alone. */
export function resolveRules({ rules, variables }: Ruleset): Rule[] {
  const known: Variables = new Map(variables.map(({ name, value }) => [name, value]));
  return rules.map((rule) => resolveRule(rule, known));
}

function resolveRule(rule: Rule, variables: Variables): Rule {
  if (rule.kind !== 'rule') return { ...rule, rules: rule.rules.map((part) => resolveRule(part, variables)) };
  const { condition, parameters, tags } = rule;
  return {
    ...rule,
    parameters: resolveParameters(parameters, variables),
    ...(condition && { condition: resolveCondition(condition, variables) }),
    tags: tags.map((tag) => ({ ...tag, condition: resolveCondition(tag.condition, variables) })),
  };
}

export function resolveParameters(parameters: Parameter[], variables: Variables): Parameter[] {
  return parameters.map((parameter) => {
    const value = parameter.kind === 'variable' ? variables.get(parameter.name) : undefined;
    const one = Array.isArray(value) ? value[0] : value;
    return one?.kind === 'text' ? { ...one, at: parameter.at } : parameter;
  });
}

function resolveCondition(condition: Condition, variables: Variables): Condition {
  const all = (value: Value): Value[] => {
    if (value.kind !== 'variable') return [value];
    const found = variables.get(value.name) ?? [];
    return Array.isArray(found) ? found : [found];
  };
  const one = (value: Value): Value => all(value)[0] ?? value;
  switch (condition.op) {
    case 'between':
      return { ...condition, low: one(condition.low), high: one(condition.high) };
    case 'in': {
      const { values } = condition;
      return { ...condition, values: Array.isArray(values) ? values.flatMap(all) : all(values) };
    }
    case 'matches': {
      const pattern = one(condition.pattern);
      return pattern.kind === 'text' ? { ...condition, pattern } : condition;
    }
    default:
      return { ...condition, value: one(condition.value) };
  }
}
