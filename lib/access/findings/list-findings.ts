import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { type Scan, scanPolicies } from './scan-policies';
import { type Acceptance, type Findings, ListFindings, SEVERITIES } from './schemas';

/** Reading every policy takes some hundred calls of IAM: the tab's count must not make them with every page. */
const KEPT_MS = 10 * 60_000;

let kept: { scan: Promise<Scan>; at: number } | undefined;

/**
 * What is wrong in the policies of the lake's roles and buckets, the worst first, with what was accepted of it. What was
 * looked at in the last ten minutes is not looked at again, unless it was before `since`.
 */
export async function listFindings(ctx: Context, raw: ListFindings): Promise<Findings> {
  requirePermission(ctx, 'access:read');
  const { since } = ListFindings.parse(raw);
  const [{ found, ...scan }, acceptances] = await Promise.all([recentScan(ctx, since), listAcceptances()]);
  const findings = found.map((finding) => {
    const acceptance = acceptances.get(finding.key);
    return { ...finding, ...(acceptance ? { acceptance } : {}) };
  });
  return { ...scan, findings: findings.toSorted((a, b) => rank(a.severity) - rank(b.severity)) };
}

const rank = (severity: (typeof SEVERITIES)[number]) => SEVERITIES.indexOf(severity);

/** Everybody who may ask sees the same: the policies are read as the administrator's role. */
function recentScan(ctx: Context, since: number): Promise<Scan> {
  const now = Date.now();
  // A browser's clock may be ahead of ours.
  if (kept && kept.at >= Math.min(since, now) && now - kept.at < KEPT_MS) return kept.scan;
  const scan = scanPolicies(ctx, now);
  const entry = { scan, at: now };
  kept = entry;
  scan.catch(() => {
    if (kept === entry) kept = undefined;
  });
  return scan;
}

async function listAcceptances(): Promise<Map<string, Acceptance>> {
  const prisma = await db();
  const rows = await prisma.acceptedFinding.findMany({ where: { until: { gt: new Date() } } });
  return new Map(
    rows.map(({ key, reason, until, acceptedBy, acceptedAt }) => [
      key,
      { reason, until: until.getTime(), by: acceptedBy, at: acceptedAt.getTime() },
    ]),
  );
}
