/**
 * Collects the items of a paginated AWS call, up to `max`.
 * `fetchPage` gets the token of the previous page and returns the items with the next token, if there is one.
 */
export async function collectPages<T>(
  fetchPage: (token: string | undefined) => Promise<{ items: readonly T[] | undefined; next: string | undefined }>,
  max = 10_000,
): Promise<{ items: T[]; isTruncated: boolean }> {
  const items: T[] = [];
  let token: string | undefined;
  do {
    const page = await fetchPage(token);
    items.push(...(page.items ?? []));
    token = page.next;
  } while (token && items.length < max);
  return { items: items.slice(0, max), isTruncated: Boolean(token) || items.length > max };
}
