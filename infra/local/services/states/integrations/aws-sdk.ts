/** Any operation of the lake's services: https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
import type { TaskResource } from '../../../../../lib/languages/asl/resource.ts';
import type { Integration } from './integrations.ts';
import { toJson } from './sdk-output.ts';
import { rethrow } from './service-failure.ts';

type SdkResource = TaskResource & { type: 'sdk' };

/** The SDK's name of a service → its signing name, and what its errors begin with. */
const SERVICES: Record<string, { service: string; prefix: string }> = {
  athena: { service: 'athena', prefix: 'Athena' },
  cloudformation: { service: 'cloudformation', prefix: 'CloudFormation' },
  cloudwatchlogs: { service: 'logs', prefix: 'CloudWatchLogs' },
  eventbridge: { service: 'events', prefix: 'EventBridge' },
  glue: { service: 'glue', prefix: 'Glue' },
  iam: { service: 'iam', prefix: 'Iam' },
  lambda: { service: 'lambda', prefix: 'Lambda' },
  sfn: { service: 'states', prefix: 'Sfn' },
  sts: { service: 'sts', prefix: 'Sts' },
};

export function supportsSdk({ service, pattern }: SdkResource): boolean {
  return pattern === 'request' && Object.hasOwn(SERVICES, service);
}

export function callSdk({ service: name, action }: SdkResource): Integration {
  return async ({ inside, principal, parameters, signal }) => {
    const known = SERVICES[name];
    if (!known) throw new Error(`aws-sdk:${name} was not checked`);
    const operation = action.charAt(0).toUpperCase() + action.slice(1);
    try {
      return toJson(await inside.call(known.service, operation, parameters, principal), 'iso');
    } catch (error) {
      return rethrow(known.prefix, error, signal);
    }
  };
}
