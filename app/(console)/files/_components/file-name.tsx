'use client';
import { useTranslations } from 'next-intl';
import { visibleName } from './visible-name';

/** A part of a key as it is: with its spaces, in its own direction, and what has no sign made visible. */
export function FileName({ name }: { name: string }) {
  const t = useTranslations('files');
  if (name === '' || name === '/') {
    return (
      <i className="faint">
        {t('noName')}
        {name}
      </i>
    );
  }
  return <bdi className="whitespace-pre-wrap">{visibleName(name)}</bdi>;
}
