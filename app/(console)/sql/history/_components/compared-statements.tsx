'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { LineHunks } from '@/components/diff/line-hunks';
import { compareLines } from '@/lib/languages/compare/compare-lines.ts';
import type { QueryRecord } from '@/lib/query/history/schemas';

/** What this statement has that the marked one has not, and the other way round. */
export function ComparedStatements({ from, to }: { from: QueryRecord; to: QueryRecord }) {
  const t = useTranslations('queryHistory');
  const { hunks, isExact } = useMemo(() => compareLines(from.sql, to.sql), [from.sql, to.sql]);
  if (hunks.length === 0) return <p className="muted">{isExact ? t('same') : t('tooDifferent')}</p>;
  return <LineHunks label={t('compared')} hunks={hunks} />;
}
