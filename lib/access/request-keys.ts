/**
 * The condition keys that the console's own requests bring along, as far as they are the same for each of them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function consoleKeys(principal: { roleArn: string }, region: string, now: Date): Record<string, string> {
  const account = principal.roleArn.split(':')[4] ?? '';
  return {
    'aws:PrincipalArn': principal.roleArn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ResourceAccount': account,
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
  };
}

/** `key=value` texts over the keys that every request has; one without a value takes its key away. */
export function requestKeys(global: Record<string, string>, written: readonly string[]): Map<string, string[]> {
  const keys = new Map(Object.entries(global).map(([key, value]) => [key.toLowerCase(), [value]]));
  const own = new Map<string, string[]>();
  for (const text of written) {
    const at = text.indexOf('=');
    const key = text.slice(0, at).toLowerCase();
    const value = text.slice(at + 1);
    own.set(key, [...(own.get(key) ?? []), ...(value === '' ? [] : [value])]);
  }
  for (const [key, values] of own) {
    if (values.length > 0) keys.set(key, values);
    else keys.delete(key);
  }
  return keys;
}
