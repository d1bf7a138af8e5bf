/**
 * ARNs are compared component by component: a `*` never reaches over a colon, save in the last of the six, which may
 * have colons itself (`log-group:/aws/lambda/x:*`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
import { compileCodes, compilePattern, type Matches, resolvePattern } from './pattern.ts';

const COMPONENTS = 6;
const COLON = 58;

/**
 * The Resource element. Missing components are as good as `*`, and variables stand in the last component alone.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function compileResource(pattern: string, hasVariables: boolean): Matches {
  if (pattern === '*') return () => true;
  const components = splitText(pattern);
  while (components.length < COMPONENTS) components.push('*');
  const last = compilePattern(components.at(-1) ?? '', { hasVariables });
  const head = components.slice(0, -1);
  if (head.every((component) => !/[*?]/.test(component))) {
    const start = `${head.join(':')}:`;
    return (text, lookup) => text.startsWith(start) && last(text.slice(start.length), lookup);
  }
  const first = head.map((component) => compilePattern(component, { hasVariables: false }));
  return (text, lookup) => {
    const found = splitText(text);
    if (found.length !== COMPONENTS) return false;
    return first.every((matches, at) => matches(found[at] ?? '', lookup)) && last(found.at(-1) ?? '', lookup);
  };
}

/** ArnEquals and ArnLike, which behave identically; a variable may stand for any part of the ARN or for all of it. */
export function compileArn(pattern: string, hasVariables: boolean): Matches {
  if (pattern === '*') return () => true;
  const resolved = resolvePattern(pattern, { hasVariables });
  if (Array.isArray(resolved)) return byComponent(resolved);
  return (text, lookup) => {
    const codes = resolved(lookup);
    return codes && byComponent(codes)(text, lookup);
  };
}

function byComponent(codes: number[]): Matches {
  const wanted = splitCodes(codes).map(compileCodes);
  return (text, lookup) => {
    const found = splitText(text);
    return found.length === wanted.length && wanted.every((matches, at) => matches(found[at] ?? '', lookup));
  };
}

function splitText(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= COMPONENTS
    ? parts
    : [...parts.slice(0, COMPONENTS - 1), parts.slice(COMPONENTS - 1).join(':')];
}

function splitCodes(codes: number[]): number[][] {
  const components: number[][] = [[]];
  for (const code of codes) {
    if (code === COLON && components.length < COMPONENTS) components.push([]);
    else components.at(-1)?.push(code);
  }
  return components;
}
