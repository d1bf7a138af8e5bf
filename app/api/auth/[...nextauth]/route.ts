import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { handleOidc, type NextAuthRoute } from '@/lib/auth/oidc/handle';
import { OIDC } from '@/lib/auth/oidc/provider';
import { oidcSettings } from '@/lib/auth/oidc/settings';
import { authOptions } from '@/lib/auth/options';

async function handler(request: NextRequest, route: NextAuthRoute) {
  const [, provider] = (await route.params).nextauth;
  const settings = provider === OIDC ? oidcSettings() : undefined;
  if (settings) return handleOidc(request, route, settings);
  return NextAuth(request, route, await authOptions());
}

export { handler as GET, handler as POST };
