import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { minimalPolicy, policySize } from '@/lib/languages/iam-policy/minimal-policy.ts';
import type { ObservedCall } from '@/lib/languages/iam-policy/observed-call.ts';
import { policyDifference } from '@/lib/languages/iam-policy/policy-difference.ts';
import { getTrailStatus, listObservedCalls } from '@/lib/trail';
import type { TrailStatus } from '@/lib/trail/schemas';
import { readPrincipal } from '../read-principal';
import { ObserveAccess, type ObservedAccess } from './schemas';

const DAY_MS = 86_400_000;

/** What a role has really asked for in the last days, the least policy that would do, and what today's has beyond it. */
export async function observeAccess(ctx: Context, raw: ObserveAccess): Promise<ObservedAccess> {
  requirePermission(ctx, 'access:read');
  const { roleName, days } = ObserveAccess.parse(raw);
  const [calls, status, { identity, unread }] = await Promise.all([
    listObservedCalls(ctx, { roleName, days }),
    getTrailStatus(ctx),
    readPrincipal(ctx, roleName),
  ]);
  const readable = identity.filter(({ name }) => !unread.some((each) => each.name === name));
  const texts = readable.map(({ text }) => text);
  const minimal = minimalPolicy(calls, texts);
  const { unusedActions, widerResources, missing } = policyDifference(texts, minimal, calls);
  const named = <T extends { document: number }>(place: T) => ({
    ...place,
    policy: readable[place.document]?.name ?? '',
  });
  return {
    roleName,
    days,
    covered: coveredBy(status, Date.now() - days * DAY_MS),
    calls: calls.toSorted(byDenialThenTime),
    ...(minimal.Statement.length > 0 ? { minimal: JSON.stringify(minimal, null, 2) } : {}),
    unusedActions: unusedActions.map(named),
    widerResources: widerResources.map(named),
    missing,
    sizes: {
      today: texts.reduce((sum, text) => sum + text.replaceAll(/\s/g, '').length, 0),
      minimal: policySize(minimal),
    },
  };
}

/** The part of the period that there are records of. */
function coveredBy({ startedAt, deliveredAt }: TrailStatus, from: number): ObservedAccess['covered'] {
  if (!startedAt || !deliveredAt || Date.parse(deliveredAt) < from) return undefined;
  return { from: Math.max(from, Date.parse(startedAt)), to: Date.parse(deliveredAt) };
}

function byDenialThenTime(a: ObservedCall, b: ObservedCall): number {
  return Number(b.deniedCount > 0) - Number(a.deniedCount > 0) || b.lastAt.localeCompare(a.lastAt);
}
