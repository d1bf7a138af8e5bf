import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { load } from '@/lib/page';
import { listScores } from '@/lib/quality';
import { routes } from '@/lib/routes';
import { ScoreMark } from '../../_components/score-mark';

/** What the last evaluation said of the table, and the way to it. */
export async function QualityFact({ database, name }: { database: string; name: string }) {
  const t = await getTranslations('datasets');
  const scores = await load(listScores, undefined);
  const score = scores.ok ? scores.data[`${database}.${name}`] : undefined;
  return <Link href={routes.datasetQuality(name) as Route}>{score ? <ScoreMark score={score} /> : t('noScore')}</Link>;
}
