import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { minimalPolicy, policySize } from '@/lib/languages/iam-policy/minimal-policy.ts';
import type { ObservedCall } from '@/lib/languages/iam-policy/observed-call.ts';
import { policyDifference } from '@/lib/languages/iam-policy/policy-difference.ts';
import { listObservedCalls } from '@/lib/trail';
import { readPrincipal } from '../read-principal';
import { ObserveAccess, type ObservedAccess } from './schemas';

/** What a role has really asked for in the last days, the least policy that would do, and what today's has beyond it. */
export async function observeAccess(ctx: Context, raw: ObserveAccess): Promise<ObservedAccess> {
  requirePermission(ctx, 'access:read');
  const { roleName, days } = ObserveAccess.parse(raw);
  const [calls, { identity, unread }] = await Promise.all([
    listObservedCalls(ctx, { roleName, days }),
    readPrincipal(ctx, roleName),
  ]);
  const readable = identity.filter(({ name }) => !unread.some((each) => each.name === name));
  const texts = readable.map(({ text }) => text);
  const minimal = minimalPolicy(calls);
  const { unusedActions, widerResources, missing } = policyDifference(texts, minimal, calls);
  const named = <T extends { document: number }>(place: T) => ({ ...place, policy: readable[place.document]?.name ?? '' });
  return {
    roleName,
    days,
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

function byDenialThenTime(a: ObservedCall, b: ObservedCall): number {
  return Number(b.deniedCount > 0) - Number(a.deniedCount > 0) || b.lastAt.localeCompare(a.lastAt);
}
