import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { rolesWith } from '@/lib/auth/permissions';
import { db } from '@/lib/db';

/** Returns who can see to an incident, in the order of their names. */
export async function listAssignees(ctx: Context): Promise<{ email: string; name: string }[]> {
  requirePermission(ctx, 'incidents:edit');
  const prisma = await db();
  return prisma.user.findMany({
    where: { isActive: true, role: { in: [...rolesWith('incidents:edit')] } },
    select: { email: true, name: true },
    orderBy: { name: 'asc' },
    take: 500,
  });
}
