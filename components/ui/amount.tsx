'use client';
import { useLocale } from 'next-intl';
import { formatBytes } from '@/lib/format/bytes';
import { formatDuration } from '@/lib/format/duration';
import { formatNumber } from '@/lib/format/number';

/** Numbers in the reader's language; nothing is an en dash. */
export function Amount({ value }: { value: number | null | undefined }) {
  return formatNumber(value, useLocale());
}

export function Bytes({ value }: { value: number | null | undefined }) {
  return formatBytes(value, useLocale());
}

/** `value` in milliseconds. */
export function Duration({ value }: { value: number | null | undefined }) {
  return formatDuration(value, useLocale());
}
