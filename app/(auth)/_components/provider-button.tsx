'use client';
import { LogIn } from 'lucide-react';
import { getCsrfToken } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { routes } from '@/lib/routes';

interface ProviderButtonProps {
  name: string;
  target: string;
  /** The console's own address, where it has one: the provider sends people back there, and there alone. */
  home: string | undefined;
}

/** Leads to the identity provider, and from there to `target`. */
export function ProviderButton({ name, target, home }: ProviderButtonProps) {
  const t = useTranslations('signIn');
  const [isPending, setIsPending] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const leave = async () => {
    setIsPending(true);
    // What this browser keeps for the way back belongs to the address that it is at.
    if (home && new URL(home).origin !== location.origin) return location.assign(new URL(routes.signIn(target), home));
    const url = await addressOfProvider(target);
    if (url) return location.assign(url);
    setIsPending(false);
    setHasFailed(true);
  };
  return (
    <div className="grid gap-1">
      <Button variant="primary" size="lg" icon={LogIn} isPending={isPending} onClick={leave}>
        {t('withProvider', { name })}
      </Button>
      {hasFailed && (
        <small role="alert" className="text-failed">
          {t('unavailable')}
        </small>
      )}
    </div>
  );
}

/** next-auth's own script would list the providers first; there is one, and the page knows that it is there. */
async function addressOfProvider(callbackUrl: string): Promise<string | undefined> {
  try {
    const csrfToken = (await getCsrfToken()) ?? '';
    const response = await fetch('/api/auth/signin/oidc', {
      method: 'POST',
      body: new URLSearchParams({ csrfToken, callbackUrl, json: 'true' }),
    });
    const { url } = (await response.json()) as { url?: unknown };
    return typeof url === 'string' ? url : undefined;
  } catch {
    return undefined;
  }
}
