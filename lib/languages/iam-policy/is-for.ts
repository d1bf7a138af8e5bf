import type { CatalogAction } from './action-catalog.ts';
import { parseArn } from './arn.ts';
import { overlap } from './pattern-cover.ts';

/** Whether a resource of a statement, which may have stars, can be what the action is done to. */
export function isFor({ resourceTypes }: CatalogAction, resource: string): boolean {
  if (resource === '*') return true;
  const named = parseArn(resource);
  return resourceTypes.some(({ name, arn }) => {
    // A bucket's name has no slash: the objects of a bucket are no bucket.
    if (name === 'bucket' && resource.includes('/')) return false;
    const type = parseArn(arn.replaceAll(/\$\{\w+\}/g, '*'));
    if (!named || !type) return true;
    return overlap(named.service, type.service) && overlap(named.resource, type.resource);
  });
}
