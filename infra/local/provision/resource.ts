import type { Clients } from './clients.ts';
import type { Made } from './resolver.ts';

export interface Ground {
  clients: Clients;
  account: string;
  region: string;
}

/** Creates a resource, or updates the one of that physical name, by AWS calls. */
export type MakeResource = (properties: Record<string, unknown>, logicalId: string, ground: Ground) => Promise<Made>;

/**
 * Types a resource's properties, which are those of CloudFormation's reference; CDK has checked them when it made the
 * template, and AWS checks them again in the calls.
 */
export function resource<P>(make: (properties: P, logicalId: string, ground: Ground) => Promise<Made>): MakeResource {
  return make as unknown as MakeResource;
}

/** True for an error of AWS with one of these names. */
export function isAwsError(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** Runs `create`; where the thing is there already (one of `errors`), runs `update` instead. */
export async function createOrUpdate(
  errors: string[],
  create: () => Promise<unknown>,
  update: () => Promise<unknown>,
): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!isAwsError(error, ...errors)) throw error;
    await update();
  }
}
