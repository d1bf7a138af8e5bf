/**
 * What a Task's `Resource` asks for.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
 */
export type TaskResource =
  /** A Lambda function called by its own ARN. */
  | { type: 'function'; functionArn: string }
  | { type: 'activity'; activityArn: string }
  /** An optimized integration: `arn:aws:states:::glue:startJobRun.sync`. */
  | { type: 'service'; service: string; action: string; pattern: Pattern }
  /** Any API of the SDK: `arn:aws:states:::aws-sdk:glue:getTable`. */
  | { type: 'sdk'; service: string; action: string; pattern: Pattern };

type Pattern = 'request' | 'sync' | 'sync:2' | 'waitForTaskToken';

const SUFFIX = /\.(sync:2|sync|waitForTaskToken)$/;

/** `undefined` where `arn` is none of the forms that a Task may have. */
export function parseResource(arn: string): TaskResource | undefined {
  const [prefix, partition, vendor, region, account, ...rest] = arn.split(':');
  if (prefix !== 'arn' || !partition?.startsWith('aws') || rest.length === 0) return undefined;
  if (vendor === 'lambda' && rest[0] === 'function' && rest[1]) return { type: 'function', functionArn: arn };
  if (vendor !== 'states') return undefined;
  if (rest[0] === 'activity' && region && account) return { type: 'activity', activityArn: arn };
  return region === '' && account === '' ? parseIntegration(rest.join(':')) : undefined;
}

/** What history events call `resource` and `resourceType`: `startJobRun.sync` of `glue`. */
export function resourceLabels(resource: TaskResource): { resource: string; resourceType: string } {
  switch (resource.type) {
    case 'function':
      return { resource: resource.functionArn, resourceType: 'lambda' };
    case 'activity':
      return { resource: resource.activityArn, resourceType: 'activity' };
    case 'service':
      return { resource: withPattern(resource), resourceType: resource.service };
    case 'sdk':
      return { resource: withPattern(resource), resourceType: `aws-sdk:${resource.service}` };
  }
}

function parseIntegration(text: string): TaskResource | undefined {
  const pattern = (SUFFIX.exec(text)?.[1] as Pattern | undefined) ?? 'request';
  const [service, action, sdkAction, ...more] = text.replace(SUFFIX, '').split(':');
  if (!service || !action || more.length > 0) return undefined;
  if (service === 'aws-sdk')
    return sdkAction ? { type: 'sdk', service: action, action: sdkAction, pattern } : undefined;
  return sdkAction === undefined ? { type: 'service', service, action, pattern } : undefined;
}

function withPattern({ action, pattern }: { action: string; pattern: Pattern }): string {
  return pattern === 'request' ? action : `${action}.${pattern}`;
}
