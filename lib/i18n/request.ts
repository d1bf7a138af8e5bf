import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { fromAcceptLanguage, isLocale, LOCALE_COOKIE, ZONE_COOKIE } from './locales';
import { messagesFor } from './messages';

/** next-intl's settings of one request: the chosen language, else the browser's; no prefix in the address. */
export default getRequestConfig(async () => {
  const jar = await cookies();
  const chosen = jar.get(LOCALE_COOKIE)?.value;
  const locale = isLocale(chosen) ? chosen : fromAcceptLanguage((await headers()).get('accept-language'));
  return { locale, messages: messagesFor(locale), timeZone: zone(jar.get(ZONE_COOKIE)?.value), now: new Date() };
});

/** The browser's time zone, which it tells us in a cookie; an unknown one would make every date throw. */
function zone(named: string | undefined): string {
  if (!named) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: named }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
