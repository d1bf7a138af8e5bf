import { AwsError } from '../../service.ts';

export interface ArnSpace {
  region: string;
  account: string;
}

export function machineArn({ region, account }: ArnSpace, name: string): string {
  return `arn:aws:states:${region}:${account}:stateMachine:${name}`;
}

export function executionArn({ region, account }: ArnSpace, machine: string, name: string): string {
  return `arn:aws:states:${region}:${account}:execution:${machine}:${name}`;
}

/** The machine's name. Throws InvalidArn. */
export function parseMachineArn(space: ArnSpace, arn: string): string {
  const name = arn.startsWith(machineArn(space, '')) ? arn.slice(machineArn(space, '').length) : arn.split(':')[6];
  if (!/^arn:aws[a-z-]*:states:[^:]+:\d{12}:stateMachine:[^:]+$/.test(arn) || !name) throw invalidArn(arn);
  return name;
}

/** The names of machine and execution. Throws InvalidArn. */
export function parseExecutionArn(arn: string): { machine: string; name: string } {
  const [, machine, name] = /^arn:aws[a-z-]*:states:[^:]+:\d{12}:execution:([^:]+):([^:]+)$/.exec(arn) ?? [];
  if (!machine || !name) throw invalidArn(arn);
  return { machine, name };
}

function invalidArn(arn: string): AwsError {
  return new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
}
