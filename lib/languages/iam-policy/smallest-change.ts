import { actionWord } from './action-words.ts';
import type { Explanation, ExplanationStep } from './explanation.ts';
import { literal } from './fold-resources.ts';
import type { StatementJson } from './minimal-policy.ts';
import { requiredResources } from './required-resources.ts';

export interface SmallestChange {
  /**
   * `add`: a statement in a policy of the role; `extendStatement`: a statement that allows the action elsewhere gets what
   * is in `statement`; `removeDeny`: a statement that denies goes, or makes an exception; `widenBoundary` and
   * `widenSession`: the statement is added to what narrows the role.
   */
  kind: 'add' | 'removeDeny' | 'widenBoundary' | 'widenSession' | 'extendStatement';
  /** JSON of the statement that allows the request alone; where a denial goes, only if nothing else allows it. */
  statement?: string;
  /** Where the change is made: the policy, and the statement's place in it. */
  policy?: string;
  index?: number;
}

export interface ChangeRequest {
  action: string;
  resource: string;
  principalRoleArn?: string;
}

/** The smallest change of a policy that would allow a denied request; undefined where it is allowed. */
export function smallestChange(request: ChangeRequest, explanation: Explanation): SmallestChange | undefined {
  const { decision, steps } = explanation;
  if (decision.result === 'allowed') return undefined;
  const statement = JSON.stringify(statementFor(request), null, 2);
  if (decision.result === 'explicitDeny') {
    const isAllowed = steps.some(({ effect, outcome }) => effect === 'Allow' && outcome === 'applies');
    const { policy, index } = decision.by ?? {};
    return { kind: 'removeDeny', policy, index, ...(!isAllowed && { statement }) };
  }
  if (decision.source === 'boundary' || decision.source === 'session') {
    const policy = steps.find(({ source }) => source === decision.source)?.policy;
    return { kind: decision.source === 'boundary' ? 'widenBoundary' : 'widenSession', statement, policy };
  }
  const near = nearest(steps);
  return near
    ? { kind: 'extendStatement', statement, policy: near.policy, index: near.index }
    : { kind: 'add', statement };
}

/** The statement of the role's own that allows the action, and only not on this resource. */
function nearest(steps: readonly ExplanationStep[]): ExplanationStep | undefined {
  return steps.find(
    ({ source, effect, outcome }) => source === 'identity' && effect === 'Allow' && outcome === 'resource',
  );
}

function statementFor({ action, resource }: ChangeRequest): StatementJson {
  const word = actionWord(action);
  const name = word === 'otherActions' ? action.replaceAll(/[^A-Za-z0-9]/g, '') : word;
  return {
    Sid: name.charAt(0).toUpperCase() + name.slice(1),
    Effect: 'Allow',
    Action: [action],
    Resource: requiredResources(action, resource).map((each) =>
      each.endsWith('/*') && each !== resource ? each : literal(each),
    ),
  };
}
