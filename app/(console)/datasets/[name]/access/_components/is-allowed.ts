import type { AccessPart, RoleAccess } from '@/lib/catalog/schemas';

/** A part takes several requests, and one that is denied denies it. What takes none needs no permission. */
export function isAllowed({ decisions }: RoleAccess, part: AccessPart): boolean {
  return decisions[part].every(({ result }) => result === 'allowed');
}

/** Athena reads as the person who asks: a query takes the entry and the rows as well. */
export function canQuery(access: RoleAccess): boolean {
  return isAllowed(access, 'entry') && isAllowed(access, 'rows') && isAllowed(access, 'query');
}
