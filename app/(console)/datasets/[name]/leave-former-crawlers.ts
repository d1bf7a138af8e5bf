import 'server-only';
import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { routes } from '@/lib/routes';
import { loadDataset } from './load-dataset';

const FORMER_NAME = 'crawler';

/** `/datasets/crawler` was the crawlers' page, and old links still lead there; a dataset of that name comes first. */
export async function leaveFormerCrawlers(
  name: string,
  search: Record<string, string | string[] | undefined>,
): Promise<void> {
  if (name !== FORMER_NAME) return;
  const result = await loadDataset(name);
  if (result.ok && !result.data) redirect(routes.crawlers(search) as Route);
}
