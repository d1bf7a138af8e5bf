/**
 * Decisions on trial, by the evaluator that decides requests.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
import { z } from 'zod';
import type { CompiledPolicy } from '../../../../../lib/languages/iam-policy/compile-policy.ts';
import { compilePolicy } from '../../../../../lib/languages/iam-policy/compile-policy.ts';
import type { PolicyRequest, PolicySet } from '../../../../../lib/languages/iam-policy/evaluate.ts';
import { explain } from '../../../../../lib/languages/iam-policy/explain.ts';
import { parsePolicy } from '../../../../../lib/languages/iam-policy/parse-policy.ts';
import { PolicyError, type PolicyKind } from '../../../../../lib/languages/iam-policy/policy.ts';
import type { PolicyPrincipal } from '../../../../../lib/languages/iam-policy/principal.ts';
import { AwsError, type Operation, operation } from '../../../service.ts';
import { type Directory, documentInForce, type Holder } from '../directory.ts';
import { noSuchEntity } from '../errors.ts';
import { page } from '../paging.ts';
import { Page, PolicyDocument } from '../schemas.ts';

/** An empty list travels as empty text. */
const listOf = <S extends z.ZodType>(item: S) =>
  z.preprocess((value) => (value === '' || value === undefined ? [] : value), z.array(item));

const ContextEntry = z.object({
  ContextKeyName: z.string().min(5).max(256),
  ContextKeyValues: listOf(z.string()),
  ContextKeyType: z.string().optional(),
});
const Simulation = {
  ActionNames: listOf(z.string().regex(/^[a-z0-9-]+:[A-Za-z0-9]+$/i, 'Member must be an action, as s3:GetObject')),
  ResourceArns: listOf(z.string().min(1).max(2048)),
  PolicyInputList: listOf(PolicyDocument),
  PermissionsBoundaryPolicyInputList: listOf(PolicyDocument).refine(
    ({ length }) => length <= 1,
    'At most one boundary',
  ),
  ResourcePolicy: PolicyDocument.optional(),
  CallerArn: z.string().max(2048).optional(),
  ContextEntries: listOf(ContextEntry),
  ResourceOwner: z.string().optional(),
  ResourceHandlingOption: z.string().optional(),
  ...Page,
};
const Custom = z.object(Simulation);
const OfPrincipal = z.object({ ...Simulation, PolicySourceArn: z.string().min(20).max(2048) });
type Simulation = z.output<typeof Custom>;

export function simulationOperations(directory: Directory): Record<string, Operation> {
  return {
    SimulateCustomPolicy: operation({
      input: Custom,
      access: () => [{ action: 'iam:SimulateCustomPolicy', resource: '*' }],
      run: (input) => {
        if (input.PolicyInputList.length === 0) throw invalidInput('PolicyInputList must not be empty.');
        return simulate(input, policiesOf(input, []), principalOf(directory, input.CallerArn));
      },
    }),
    SimulatePrincipalPolicy: operation({
      input: OfPrincipal,
      access: (input) => [{ action: 'iam:SimulatePrincipalPolicy', resource: input.PolicySourceArn }],
      run: (input) => {
        const holder = directory.findByArn(input.PolicySourceArn);
        if (!holder || !('inline' in holder))
          throw noSuchEntity(`No user or role has the ARN ${input.PolicySourceArn}.`);
        const boundary = holder.boundary === undefined ? undefined : directory.policies.get([holder.boundary]);
        const policies = policiesOf(input, ownPolicies(directory, holder));
        const within = policies.boundary ?? (boundary && compile(boundary.name, documentInForce(boundary), 'identity'));
        return simulate(
          input,
          { ...policies, boundary: within },
          principalOf(directory, input.CallerArn ?? holder.arn),
        );
      },
    }),
  };
}

function ownPolicies(directory: Directory, { inline, attached }: Holder): CompiledPolicy[] {
  return [
    ...Object.entries(inline).map(([name, document]) => compile(name, document, 'identity')),
    ...attached.map((arn) => {
      const policy = directory.getPolicy(arn);
      return compile(policy.name, documentInForce(policy), 'identity');
    }),
  ];
}

function policiesOf(input: Simulation, own: CompiledPolicy[]): PolicySet {
  const [boundary] = input.PermissionsBoundaryPolicyInputList;
  const given = input.PolicyInputList.map((text, at) => compile(`PolicyInputList.${at + 1}`, text, 'identity'));
  return {
    identity: [...own, ...given],
    ...(boundary && { boundary: compile('PermissionsBoundaryPolicyInputList.1', boundary, 'identity') }),
    ...(input.ResourcePolicy && { resource: compile('ResourcePolicy', input.ResourcePolicy, 'resource') }),
  };
}

function compile(name: string, text: string, kind: PolicyKind): CompiledPolicy {
  try {
    return compilePolicy(name, parsePolicy(text, kind));
  } catch (error) {
    if (error instanceof PolicyError) throw invalidInput(`${name}: ${error.message}`);
    throw error;
  }
}

/** Without a caller, resource policies are asked as by the account's root. */
function principalOf({ ctx }: Directory, arn = `arn:aws:iam::${ctx.account}:root`): PolicyPrincipal {
  return { arn, accountId: arn.split(':')[4] ?? ctx.account, ...(arn.includes(':role/') && { roleArn: arn }) };
}

function simulate(input: Simulation, policies: PolicySet, principal: PolicyPrincipal) {
  if (input.ActionNames.length === 0) throw invalidInput('ActionNames must not be empty.');
  const context = new Map(
    input.ContextEntries.map((entry) => [entry.ContextKeyName.toLowerCase(), entry.ContextKeyValues]),
  );
  const resources = input.ResourceArns.length === 0 ? ['*'] : input.ResourceArns;
  const results = input.ActionNames.flatMap((action) =>
    resources.map((resource) =>
      evaluation({ principal, action, resource, lookup: (key) => context.get(key) }, policies),
    ),
  );
  const numbered = results.map((result, at) => ({ name: String(at).padStart(6, '0'), result }));
  const { items, more } = page(numbered, ({ name }) => name, input);
  return { EvaluationResults: items.map(({ result }) => result), ...more };
}

const SOURCES = {
  identity: 'IAM Policy',
  resource: 'Resource Policy',
  boundary: 'Permissions Boundary Policy',
  session: 'none',
};

function evaluation(request: PolicyRequest, policies: PolicySet) {
  const { decision, steps } = explain(request, policies);
  const effect = decision.result === 'allowed' ? 'Allow' : 'Deny';
  const matched = steps.filter((step) => step.outcome === 'applies' && step.effect === effect);
  const missing = steps.flatMap(({ condition }) => (condition && condition.found.length === 0 ? [condition.key] : []));
  const within = steps.filter(({ source, outcome }) => source === 'boundary' && outcome === 'applies');
  return {
    EvalActionName: request.action,
    EvalResourceName: request.resource,
    EvalDecision: decision.result,
    MatchedStatements: matched.map(({ policy, source }) => ({
      SourcePolicyId: policy,
      SourcePolicyType: SOURCES[source],
    })),
    MissingContextValues: [...new Set(missing)],
    ...(policies.boundary && {
      PermissionsBoundaryDecisionDetail: {
        AllowedByPermissionsBoundary: within.length > 0 && within.every((step) => step.effect === 'Allow'),
      },
    }),
  };
}

const invalidInput = (message: string) => new AwsError('InvalidInput', message);
