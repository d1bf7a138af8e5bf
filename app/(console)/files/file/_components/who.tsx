'use client';
import { useTranslations } from 'next-intl';
import type { TimelineEntry } from '@/lib/versions/schemas';

type Made = Pick<TimelineEntry, 'writer' | 'request' | 'source'>;

/** Who made a version: a person by the console, the pipeline, or somebody outside, with what S3 says of them. */
export function Who({ entry, isInSentence }: { entry: Made; isInSentence?: boolean }) {
  const t = useTranslations('versions.who');
  const { writer, request, source } = entry;
  if (writer) return isInSentence ? t('by', { name: writer.email }) : writer.email;
  if (source) return t('pipeline');
  const known = [request?.reason, request?.sourceAddress, request?.requester].filter(Boolean).join(' · ');
  return (
    <>
      {t('outside')}
      {known && !isInSentence && (
        <span className="faint text-xs" title={t('outsideHint')}>
          {' '}
          {known}
        </span>
      )}
    </>
  );
}
