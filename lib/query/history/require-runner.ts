import 'server-only';
import { type Context, can } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import { findRunners } from './runners';

/** Throws FORBIDDEN for another's query and NOT_FOUND for nobody's, unless the role is one that sees everybody's. */
export async function requireRunner(ctx: Context, id: string): Promise<void> {
  if (can(ctx.role, 'queries:readAll')) return;
  const runner = (await findRunners([id])).get(id);
  if (runner?.email === ctx.user.email) return;
  if (!runner) throw new AppError('NOT_FOUND', `There is no query ${id} of yours.`);
  throw new AppError('FORBIDDEN', 'Somebody else runs this query: they or an engineer can do that.', {
    reason: 'queryNotOwn',
  });
}
