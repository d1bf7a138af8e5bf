'use client';
import { useTranslations } from 'next-intl';
import type { TimelineEntry } from '@/lib/versions/schemas';

type Made = Pick<TimelineEntry, 'writer' | 'request' | 'source'>;

interface WhoProps {
  entry: Made;
  /** Where there is no room for all that S3 says. */
  isShort?: boolean;
  isInSentence?: boolean;
}

/** Who made a version: a person by the console, the pipeline, or somebody outside, with what S3 says of them. */
export function Who({ entry, isShort, isInSentence }: WhoProps) {
  const t = useTranslations('versions.who');
  const { writer, request, source } = entry;
  if (writer) return isInSentence ? t('by', { name: writer.email }) : writer.email;
  if (source) return t('pipeline');
  const known = [request?.reason, request?.sourceAddress, request?.requester].filter((fact) => fact !== undefined);
  if (isInSentence || known.length === 0) return t('outside');
  return (
    <span title={`${t('outsideHint')}: ${known.join(' · ')}`}>
      {t('outside')} <span className="faint text-xs">{isShort ? known[0] : known.join(' · ')}</span>
    </span>
  );
}
