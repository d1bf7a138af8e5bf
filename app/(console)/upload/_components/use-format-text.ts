'use client';
import { useLocale, useTranslations } from 'next-intl';
import { formatNumber } from '@/lib/format/number';
import type { FileFormat } from '@/lib/languages/contract/format.ts';
import type { Inspection } from '@/lib/languages/contract/inspect-file.ts';

const delimiters = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
const encodings = { 'utf-8': 'UTF-8', 'latin-1': 'Latin-1', 'utf-16': 'UTF-16' } as const;

/** Returns a function that says in a line what a file is: `CSV, semicolons, Latin-1 · 12 columns · 1,204 rows`. */
export function useFormatText(): (inspection: Inspection) => string {
  const t = useTranslations('upload.format');
  const locale = useLocale();
  const formatOf = (format: FileFormat): string => {
    if (format.type === 'csv') {
      return ['CSV', t(delimiters[format.delimiter]), encodings[format.encoding], ...packed(format)].join(', ');
    }
    if (format.type === 'json') return [t(`json-${format.layout}`), ...packed(format)].join(', ');
    if (format.type === 'parquet') return 'Parquet';
    if (format.type === 'combined-log') return [t('log'), ...packed(format)].join(', ');
    return format.mediaType;
  };
  const packed = (format: { compression?: 'gzip' | undefined }) => (format.compression ? ['gzip'] : []);
  return ({ format, contract, rowsChecked, complete, kind }) => {
    const said = [formatOf(format)];
    if (kind === 'file') said.push(t('asFile'));
    if (contract) said.push(t('columns', { count: contract.schema[0].properties.length }));
    if (rowsChecked > 0) {
      const rows = formatNumber(rowsChecked, locale);
      said.push(complete ? t('rows', { rows }) : t('firstRows', { rows }));
    }
    return said.join(' · ');
  };
}
