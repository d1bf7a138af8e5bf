import type { Route } from 'next';
import Link from 'next/link';
import { getFormatter } from 'next-intl/server';
import { listFindings } from '@/lib/access';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';

/** How many findings of the role nobody has accepted; they are looked for in the trail too, which the page does not wait for. */
export async function RoleFindings({ roleName }: { roleName: string }) {
  const [format, result] = [await getFormatter(), await load(listFindings, {})];
  if (!result.ok) return <span title={result.error.message}>–</span>;
  const { findings } = result.data;
  const count = findings.filter((finding) => finding.roleName === roleName && !finding.acceptance).length;
  if (count === 0) return 0;
  return <Link href={routes.accessFindings({ role: roleName }) as Route}>{format.number(count)}</Link>;
}
