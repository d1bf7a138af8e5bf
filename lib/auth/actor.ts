import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Role } from './permissions';
import type { RequestOrigin } from './request-origin';

/** Who does something before there is a context: somebody who is just coming in. */
export function actorOf(
  { id, email, name, role }: { id: string; email: string; name: string; role: Role },
  origin: RequestOrigin,
) {
  return { user: { id, email, name }, role, requestId: randomUUID(), origin };
}
