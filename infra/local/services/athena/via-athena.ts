import type { Access, Principal } from '../../service.ts';

const ATHENA = 'athena.amazonaws.com';

/**
 * Athena asks Glue and S3 on behalf of its caller, and policies may ask for that:
 * https://docs.aws.amazon.com/athena/latest/ug/security-iam-athena-calledvia.html
 */
export function viaAthena(principal: Principal): Principal {
  return { ...principal, calledVia: [...(principal.calledVia ?? []), ATHENA] };
}

export function accessViaAthena(access: Access): Access {
  const context = {
    ...access.context,
    'aws:CalledVia': [ATHENA],
    'aws:CalledViaFirst': ATHENA,
    'aws:CalledViaLast': ATHENA,
    'aws:ViaAWSService': 'true',
  };
  return { ...access, context };
}
