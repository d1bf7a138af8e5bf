import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { listDatasets } from '@/lib/catalog';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';

/** An empty lake begins with a file; one that has tables shows them. */
export default async function Home() {
  const result = await load(listDatasets, undefined);
  const isEmpty = result.ok && result.data.datasets.length === 0;
  redirect((isEmpty ? routes.upload() : routes.datasets()) as Route);
}
