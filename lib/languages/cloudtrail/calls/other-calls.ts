/** Services whose resources are named by one or two parameters. */
import { type CallPlace, fieldsOf, type IamCall, passedRole, textOf } from './iam-call.ts';

export function lambdaCalls(place: CallPlace): IamCall[] {
  const { asked } = place;
  // The API's version is a part of the name: `UpdateFunctionCode20150331v2`.
  const name = place.record.eventName.replace(/\d{8}(v\d+)?$/, '');
  const action = `lambda:${name === 'Invoke' ? 'InvokeFunction' : name}`;
  const of = textOf(asked, 'functionName', 'resource');
  const called = of && (of.startsWith('arn:') ? of : `${place.arn('lambda')}function:${of.split(':').at(-1)}`);
  return [{ action, resource: called ?? '*' }, ...passedRole(place, textOf(asked, 'role'))];
}

export function statesCalls(place: CallPlace): IamCall[] {
  const { asked } = place;
  const { eventName } = place.record;
  const named = eventName === 'CreateStateMachine' ? textOf(asked, 'name') : undefined;
  const resource = named
    ? `${place.arn('states')}stateMachine:${named}`
    : textOf(asked, 'stateMachineArn', 'executionArn', 'resourceArn');
  return [{ action: `states:${eventName}`, resource: resource ?? '*' }, ...passedRole(place, textOf(asked, 'roleArn'))];
}

export function eventsCalls(place: CallPlace): IamCall[] {
  const { asked } = place;
  const { eventName } = place.record;
  const bus = textOf(asked, 'eventBusName');
  const rule = textOf(asked, 'rule', 'name') ?? (/Rule/.test(eventName) ? '*' : undefined);
  const path = bus && bus !== 'default' ? `${bus}/` : '';
  const resource =
    eventName === 'PutEvents'
      ? `${place.arn('events')}event-bus/${bus ?? 'default'}`
      : (textOf(asked, 'resourceARN') ?? (rule ? `${place.arn('events')}rule/${path}${rule}` : '*'));
  const targets = Array.isArray(asked.targets) ? asked.targets.map(fieldsOf) : [];
  const roles = [asked, ...targets].flatMap((each) => passedRole(place, textOf(each, 'roleArn')));
  return [{ action: `events:${eventName}`, resource }, ...roles];
}

export function logsCalls(place: CallPlace): IamCall[] {
  const { asked } = place;
  const { eventName } = place.record;
  const group = textOf(asked, 'logGroupName') ?? textOf(asked, 'logGroupIdentifier')?.split(':log-group:').at(-1);
  const stream = /^(Get|Put)LogEvents$/.test(eventName) ? textOf(asked, 'logStreamName') : undefined;
  const resource = `${place.arn('logs')}log-group:${group ?? '*'}${stream ? `:log-stream:${stream}` : ''}`;
  return [{ action: `logs:${eventName}`, resource }];
}

export function iamCalls(place: CallPlace): IamCall[] {
  const { asked } = place;
  const arn = place.globalArn('iam');
  const role = textOf(asked, 'roleName');
  const user = textOf(asked, 'userName');
  const policy = textOf(asked, 'policyName');
  const action = `iam:${place.record.eventName}`;
  if (role) return [{ action, resource: `${arn}role/${role}` }];
  if (user) return [{ action, resource: `${arn}user/${user}` }];
  return [{ action, resource: textOf(asked, 'policyArn') ?? (policy ? `${arn}policy/${policy}` : '*') }];
}

export function stsCalls(place: CallPlace): IamCall[] {
  const role = textOf(place.asked, 'roleArn');
  // What has no role to name needs no permission: GetCallerIdentity.
  return role ? [{ action: `sts:${place.record.eventName}`, resource: role }] : [];
}

export function cloudFormationCalls(place: CallPlace): IamCall[] {
  const name = textOf(place.asked, 'stackName');
  const stack = name?.startsWith('arn:') ? name : name && `${place.arn('cloudformation')}stack/${name}/*`;
  return [{ action: `cloudformation:${place.record.eventName}`, resource: stack || '*' }];
}

export function cloudTrailCalls(place: CallPlace): IamCall[] {
  const name = textOf(place.asked, 'trailName', 'name', 'resourceId');
  const trail = name?.startsWith('arn:') ? name : name && `${place.arn('cloudtrail')}trail/${name}`;
  return [{ action: `cloudtrail:${place.record.eventName}`, resource: trail || '*' }];
}
