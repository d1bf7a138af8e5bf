import { Count } from '@/components/ui/tag';
import { listFindings } from '@/lib/access';
import { settle } from '@/lib/action';
import { can } from '@/lib/auth';
import { pageContext } from '@/lib/page';

/** How many findings nobody has accepted; nothing for who may not see them, and where they cannot be read. */
export async function FindingsCount() {
  const ctx = await pageContext();
  if (!can(ctx.role, 'access:read')) return null;
  const result = await settle(() => listFindings(ctx, {}));
  const count = result.ok ? result.data.findings.filter(({ acceptance }) => !acceptance).length : 0;
  return count > 0 && <Count>{count}</Count>;
}
