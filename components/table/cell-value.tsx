'use client';
import { useLocale } from 'next-intl';
import { Null } from '@/components/ui/table';
import { columnKind } from '@/lib/query/column-kind';
import { groupDigits } from './group-digits';

/** A value of a result, as its column's type is read: numbers in the reader's language, null told from a text. */
export function CellValue({ value, type }: { value: string | null; type: string }) {
  const locale = useLocale();
  if (value === null) return <Null />;
  return columnKind(type) === 'number' ? groupDigits(value, locale) : value;
}
