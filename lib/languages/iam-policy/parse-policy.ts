import { readConditions } from './parse-condition.ts';
import {
  type Elements,
  type Policy,
  PolicyError,
  type PolicyKind,
  type PrincipalPattern,
  type Statement,
} from './policy.ts';

const STATEMENT_ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);
const PRINCIPAL_TYPES = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);
const DEFAULT_VERSION = '2008-10-17';
/** An account, its root, a user, a role, a session, or the unique id that AWS keeps of one that is gone. */
const AWS_PRINCIPAL =
  /^(?:\d{12}|arn:aws[a-z-]*:(?:iam::\d{12}:(?:root|user\/[^*?]+|role\/[^*?]+)|sts::\d{12}:(?:assumed-role\/[^/*?]+\/[^/*?]+|federated-user\/[^*?]+))|A(?:ID|RO)A[A-Z0-9]+)$/;

/** Parses a policy document; throws the PolicyError of the first element that AWS would refuse. */
export function parsePolicy(text: string, kind: PolicyKind): Policy {
  const document = object(readJson(text), '');
  for (const name of Object.keys(document)) {
    if (!['Version', 'Id', 'Statement'].includes(name)) throw new PolicyError(name, 'is not an element of a policy');
  }
  const version = document.Version ?? DEFAULT_VERSION;
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    throw new PolicyError('Version', 'must be "2012-10-17" or "2008-10-17"');
  }
  if (document.Statement === undefined) throw new PolicyError('Statement', 'is required');
  const isList = Array.isArray(document.Statement);
  const statements = list(document.Statement).map((statement, index) =>
    readStatement(statement, isList ? `Statement[${index}]` : 'Statement', kind),
  );
  if (statements.length === 0) throw new PolicyError('Statement', 'must not be empty');
  requireUniqueSids(statements);
  return { version, id: optionalText(document.Id, 'Id'), statements };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PolicyError('', `the policy is not JSON: ${(cause as Error).message}`);
  }
}

function readStatement(value: unknown, path: string, kind: PolicyKind): Statement {
  const statement = object(value, path);
  for (const name of Object.keys(statement)) {
    if (!STATEMENT_ELEMENTS.has(name)) throw new PolicyError(`${path}.${name}`, 'is not an element of a statement');
  }
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw new PolicyError(`${path}.Effect`, 'must be "Allow" or "Deny"');
  }
  const actions = oneOf(statement, 'Action', path);
  if (!actions) throw new PolicyError(`${path}.Action`, 'is required: policy statement must contain actions');
  return {
    sid: readSid(statement, path, kind),
    effect: statement.Effect,
    actions: checked(actions, `${path}.${actions.not ? 'NotAction' : 'Action'}`, checkAction),
    resources: readResources(statement, path, kind),
    principals: readPrincipals(statement, path, kind),
    conditions: readConditions(statement.Condition, `${path}.Condition`),
  };
}

function readResources(statement: Record<string, unknown>, path: string, kind: PolicyKind): Elements | undefined {
  const resources = oneOf(statement, 'Resource', path);
  if (kind === 'trust') {
    if (resources) throw new PolicyError(`${path}.Resource`, 'has prohibited field Resource: a trust policy has none');
    return undefined;
  }
  if (!resources) throw new PolicyError(`${path}.Resource`, 'is required: policy statement must contain resources');
  return checked(resources, `${path}.${resources.not ? 'NotResource' : 'Resource'}`, (resource) =>
    checkResource(resource, kind),
  );
}

/** IAM is strict about the names of statements, other services are not. */
function readSid(statement: Record<string, unknown>, path: string, kind: PolicyKind): string | undefined {
  const sid = optionalText(statement.Sid, `${path}.Sid`);
  if (kind !== 'resource' && sid !== undefined && !/^[0-9A-Za-z]*$/.test(sid)) {
    throw new PolicyError(
      `${path}.Sid`,
      `"${sid}": statement IDs (SID) must be alpha-numeric, as in the regular expression [0-9A-Za-z]*.`,
    );
  }
  return sid;
}

function readPrincipals(statement: Record<string, unknown>, path: string, kind: PolicyKind): Statement['principals'] {
  const not = statement.NotPrincipal !== undefined;
  if (not && statement.Principal !== undefined) {
    throw new PolicyError(path, 'has both Principal and NotPrincipal; only one of them is allowed');
  }
  const value = statement.Principal ?? statement.NotPrincipal;
  const at = `${path}.${not ? 'NotPrincipal' : 'Principal'}`;
  if (kind === 'identity' || kind === 'session') {
    if (value !== undefined)
      throw new PolicyError(
        at,
        `must not be in ${kind === 'identity' ? 'an' : 'a'} ${kind} policy: policy document should not specify a principal`,
      );
    return undefined;
  }
  if (value === undefined) throw new PolicyError(at, 'is required: policy statement must contain a principal');
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  if (not && kind === 'trust') throw new PolicyError(at, 'must not be in a trust policy');
  return { not, values: principalPatterns(value, at) };
}

function principalPatterns(value: unknown, path: string): PrincipalPattern[] {
  if (value === '*') return [{ type: '*', value: '*' }];
  return Object.entries(object(value, path)).flatMap(([type, names]) => {
    if (!PRINCIPAL_TYPES.has(type)) throw new PolicyError(`${path}.${type}`, 'is not a type of principal');
    return texts(names, `${path}.${type}`).map((name) => {
      if (!isPrincipalName(type, name)) {
        throw new PolicyError(`${path}.${type}`, `invalid principal in policy: "${type}":"${name}"`);
      }
      return { type, value: name } as PrincipalPattern;
    });
  });
}

/** Everybody, or one that is named whole: a wildcard is no part of a name. */
function isPrincipalName(type: string, name: string): boolean {
  if (type === 'AWS') return name === '*' || AWS_PRINCIPAL.test(name);
  return type === 'Service' ? /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/.test(name) : true;
}

function oneOf(statement: Record<string, unknown>, name: 'Action' | 'Resource', path: string): Elements | undefined {
  const [plain, negated] = [statement[name], statement[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) {
    throw new PolicyError(path, `has both ${name} and Not${name}; only one of them is allowed`);
  }
  if (plain !== undefined) return { not: false, values: texts(plain, `${path}.${name}`) };
  if (negated !== undefined) return { not: true, values: texts(negated, `${path}.Not${name}`) };
  return undefined;
}

function checked(elements: Elements, path: string, check: (value: string) => string | undefined): Elements {
  elements.values.forEach((value, index) => {
    const problem = check(value);
    if (problem) throw new PolicyError(elements.values.length > 1 ? `${path}[${index}]` : path, problem);
  });
  return elements;
}

function checkAction(action: string): string | undefined {
  if (action === '*' || /^[a-z0-9-]+:[A-Za-z0-9*?]+$/i.test(action)) return undefined;
  return `"${action}" is not an action: actions must be prefaced by a vendor, e.g., iam, s3, glue`;
}

/**
 * A pattern of ARNs. IAM fills in what an identity policy leaves out at the end, but nobody else does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function checkResource(resource: string, kind: PolicyKind): string | undefined {
  if (resource === '*') return undefined;
  const [arn, partition = '', vendor, ...rest] = resource.split(':');
  if (arn !== 'arn' || vendor === undefined || (kind !== 'identity' && rest.length < 3))
    return `resource ${resource} must be in ARN format or "*".`;
  if (!/^aws(?:-[a-z]+)*$/.test(partition)) return `partition "${partition}" is not valid for resource "${resource}".`;
  if (!/^[a-z0-9-]+$/i.test(vendor)) return 'resource vendor must be fully qualified and cannot contain regexes.';
  return undefined;
}

function requireUniqueSids(statements: Statement[]): void {
  const seen = new Set<string>();
  statements.forEach(({ sid }, index) => {
    if (sid !== undefined && seen.has(sid)) {
      throw new PolicyError(
        `Statement[${index}].Sid`,
        `"${sid}" is used twice: statement IDs (SID) in a single policy must be unique.`,
      );
    }
    if (sid !== undefined) seen.add(sid);
  });
}

function object(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PolicyError(path, 'must be a JSON object');
  return value as Record<string, unknown>;
}

function optionalText(value: unknown, path: string): string | undefined {
  if (value !== undefined && typeof value !== 'string') throw new PolicyError(path, 'must be text');
  return value;
}

function texts(value: unknown, path: string): string[] {
  const values = list(value);
  if (values.length === 0) throw new PolicyError(path, 'must not be empty');
  return values.map((item, index) => {
    if (typeof item === 'string' && item !== '') return item;
    throw new PolicyError(Array.isArray(value) ? `${path}[${index}]` : path, 'must be text');
  });
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
