'use client';
import { useRouter } from 'next/navigation';
import { useTimeZone } from 'next-intl';
import { useEffect } from 'react';
import { ZONE_COOKIE } from '@/lib/i18n/locales';
import { keepPreference } from './keep-preference';

/** Tells the server the browser's time zone, which no header carries, so that it prints this reader's hours. */
export function ZoneCookie() {
  const router = useRouter();
  const known = useTimeZone();
  useEffect(() => {
    // External system: the browser's clock settings and its cookies.
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || zone === known) return;
    keepPreference(ZONE_COOKIE, zone);
    router.refresh();
  }, [known, router]);
  return null;
}
