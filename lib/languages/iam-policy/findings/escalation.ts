/**
 * Permissions by which a role can get more than it has. The methods are published ones:
 * https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/ and
 * https://bishopfox.com/blog/privilege-escalation-in-aws
 */
import { covers } from '../pattern-cover.ts';
import {
  addCondition,
  type Change,
  type Finding,
  finding,
  type Group,
  hasCondition,
  isIdentity,
  keepActions,
  type Place,
  type Severity,
} from './finding.ts';

type Method =
  | 'everything'
  | 'policyVersion'
  | 'policyAttachment'
  | 'credentials'
  | 'group'
  | 'trust'
  | 'boundary'
  | 'passRole'
  | 'code'
  | 'endpoint'
  | 'assumeRole';

/** All of the actions are needed; the finding stands where the first of them is allowed. */
const METHODS: readonly (readonly [Method, readonly string[]])[] = [
  ['policyVersion', ['iam:CreatePolicyVersion']],
  ['policyVersion', ['iam:SetDefaultPolicyVersion']],
  ...[
    'AttachRolePolicy',
    'AttachUserPolicy',
    'AttachGroupPolicy',
    'PutRolePolicy',
    'PutUserPolicy',
    'PutGroupPolicy',
  ].map((name) => ['policyAttachment', [`iam:${name}`]] as const),
  ...['CreateAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile', 'CreateServiceSpecificCredential'].map(
    (name) => ['credentials', [`iam:${name}`]] as const,
  ),
  ['group', ['iam:AddUserToGroup']],
  ['trust', ['iam:UpdateAssumeRolePolicy']],
  ...[
    'DeleteRolePermissionsBoundary',
    'DeleteUserPermissionsBoundary',
    'PutRolePermissionsBoundary',
    'PutUserPermissionsBoundary',
  ].map((name) => ['boundary', [`iam:${name}`]] as const),
  ...[
    ['lambda:CreateFunction', 'lambda:InvokeFunction'],
    ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
    ['lambda:CreateFunction', 'lambda:AddPermission'],
    ['glue:CreateJob', 'glue:StartJobRun'],
    ['glue:CreateJob', 'glue:CreateTrigger'],
    ['glue:UpdateJob', 'glue:StartJobRun'],
    ['glue:UpdateJob', 'glue:CreateTrigger'],
    ['glue:CreateDevEndpoint'],
    ['glue:CreateSession', 'glue:RunStatement'],
    ['states:CreateStateMachine', 'states:StartExecution'],
    ['states:UpdateStateMachine', 'states:StartExecution'],
    ['cloudformation:CreateStack'],
    ['cloudformation:UpdateStack'],
    ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    ['sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
    ['sagemaker:CreateTrainingJob'],
    ['sagemaker:CreateProcessingJob'],
    ['ec2:RunInstances'],
    ['ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition'],
  ].map((actions) => ['passRole', ['iam:PassRole', ...actions]] as const),
  ['code', ['lambda:UpdateFunctionCode']],
  ['code', ['lambda:UpdateFunctionConfiguration']],
  ['endpoint', ['glue:UpdateDevEndpoint']],
  ['endpoint', ['sagemaker:CreatePresignedNotebookInstanceUrl']],
];

export function findEscalations({ places }: Group): Finding[] {
  const identity = places.filter(isIdentity);
  const allowing = identity.filter(({ statement }) => statement.effect === 'Allow');
  const denying = identity.filter(({ statement }) => statement.effect === 'Deny');
  const grants = (action: string) =>
    denying.some((place) => deniesAlways(place, action)) ? [] : allowing.filter((place) => isAbout(place, action));
  return [
    ...allowing.filter(allowsEverything).map((place) => everything(place)),
    ...byMethod(allowing, grants).flatMap(({ place, method, actions }) => escalation(place, method, actions)),
    ...allowing.flatMap((place) => passRole(place, allowing)),
  ];
}

function isAbout({ statement: { actions } }: Place, action: string): boolean {
  return actions.values.some((pattern) => covers(pattern, action, { ignoreCase: true })) !== actions.not;
}

function deniesAlways(place: Place, action: string): boolean {
  const { conditions, resources } = place.statement;
  return (
    conditions.length === 0 && !resources?.not && resources?.values.includes('*') === true && isAbout(place, action)
  );
}

function allowsEverything({ statement: { actions } }: Place): boolean {
  return !actions.not && actions.values.some((action) => action === '*' || action === '*:*');
}

function everything(place: Place): Finding {
  const severity = isLimited(place) ? 'medium' : 'high';
  return finding(place, 'escalation', severity, { method: 'everything', actions: ['*'] }, { remedy: 'narrow' });
}

interface Found {
  place: Place;
  method: Method;
  actions: string[];
}

/** One for each statement and method, with all the actions that make it. */
function byMethod(allowing: Place[], grants: (action: string) => Place[]): Found[] {
  const found = METHODS.flatMap(([method, actions]) => {
    const [first = [], ...others] = actions.map(grants);
    if (others.some((places) => places.length === 0)) return [];
    return first.filter((place) => !allowsEverything(place)).map((place) => ({ place, method, actions: [...actions] }));
  });
  const assuming = allowing
    .filter((place) => !allowsEverything(place) && isAbout(place, 'sts:AssumeRole') && !isLimited(place))
    .map((place): Found => ({ place, method: 'assumeRole', actions: ['sts:AssumeRole'] }));
  const groups = Map.groupBy([...found, ...assuming], ({ place, method }) => `${method} ${allowing.indexOf(place)}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, actions: [...new Set(same.flatMap(({ actions }) => actions))] }] : [];
  });
}

function escalation(place: Place, method: Method, actions: string[]): Finding {
  const severity: Severity = isLimited(place) ? 'medium' : 'high';
  const { statement, raw } = place;
  const kept = statement.actions.values.filter(
    (pattern) => !actions.some((action) => covers(pattern, action, { ignoreCase: true })),
  );
  // Of what is passed, the condition of the finding `passRole` is the smaller statement.
  const change: Change = statement.actions.not || method === 'passRole' ? { remedy: 'narrow' } : keepActions(raw, kept);
  return finding(place, 'escalation', severity, { method, actions }, change);
}

/** Whether a statement is for named resources alone, or under a condition. */
function isLimited({ statement: { resources, conditions } }: Place): boolean {
  if (conditions.length > 0) return true;
  return resources !== undefined && !resources.not && resources.values.every((resource) => !/[*?]/.test(resource));
}

/** Services that are given roles, by the service's prefix in actions. */
const PASSED_TO = ['cloudformation', 'events', 'firehose', 'glue', 'lambda', 'sagemaker', 'states'];

function passRole(place: Place, allowing: Place[]): Finding[] {
  const { statement, raw } = place;
  if (!isAbout(place, 'iam:PassRole') || allowsEverything(place)) return [];
  const isOpen =
    statement.resources?.not || statement.resources?.values.some((one) => one === '*' || one.endsWith(':role/*'));
  const hasService = hasCondition(statement, ['iam:passedtoservice']);
  if (!isOpen && hasService) return [];
  const given = allowing.flatMap(({ statement: { actions } }) => (actions.not ? [] : actions.values));
  const services = PASSED_TO.filter((service) => given.some((action) => action.startsWith(`${service}:`)));
  const resources = statement.resources?.values ?? [];
  const isOnlyPassing =
    statement.actions.values.every((action) => /^iam:passrole$/i.test(action)) && !statement.actions.not;
  const principals = services.map((service) => `${service}.amazonaws.com`);
  const change: Change =
    !hasService && !isOpen && isOnlyPassing && principals.length > 0
      ? { remedy: 'replace', smaller: addCondition(raw, 'StringEquals', 'iam:PassedToService', principals) }
      : { remedy: 'narrow' };
  return [finding(place, 'passRole', isOpen ? 'high' : 'medium', { resources, isOpen: isOpen ? 'yes' : 'no' }, change)];
}
