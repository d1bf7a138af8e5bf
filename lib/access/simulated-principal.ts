import { roleOfPrincipal } from '@/lib/languages/iam-policy/read-denial.ts';
import type { SimulatedPrincipal } from './decision-schemas';

/** What sessions are called that are nobody's in particular. */
const SESSION = 'console';

/** Reads the ARN of a role, or of a person's session of it; requests are always made by a session. */
export function simulatedPrincipal(arn: string): SimulatedPrincipal {
  const roleName = roleOfPrincipal(arn) ?? '';
  const [, partition = 'aws', , , account = ''] = arn.split(':');
  if (arn.includes(':sts:')) return { arn, roleName, roleArn: `arn:${partition}:iam::${account}:role/${roleName}` };
  return { arn: `arn:${partition}:sts::${account}:assumed-role/${roleName}/${SESSION}`, roleName, roleArn: arn };
}
