import { connection } from 'next/server';
import { getLake } from '@/lib/aws/lake';
import { db } from '@/lib/db';

/** For start scripts and load balancers: 200 when the console can work. Says nothing that a stranger may not know. */
export async function GET() {
  await connection();
  const [database, lake] = await Promise.all([isUp(async () => (await db()).$queryRaw`SELECT 1`), isUp(getLake)]);
  const headers = { 'cache-control': 'no-store' };
  return Response.json({ database, lake }, { status: database === 'up' ? 200 : 503, headers });
}

/** The console starts and explains itself without its lake; without its database nobody could sign in. */
async function isUp(check: () => Promise<unknown>): Promise<'up' | 'down'> {
  return check().then(
    () => 'up' as const,
    () => 'down' as const,
  );
}
