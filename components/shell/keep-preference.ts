const YEAR_SECONDS = 365 * 24 * 3600;

/** Keeps a choice on this browser, where the server can read it at the next request. */
export function keepPreference(cookie: string, value: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http, which a local lake uses.
  document.cookie = `${cookie}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
}
