'use client';
import { useLocale, useTranslations } from 'next-intl';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { formatNumber } from '@/lib/format/number';
import type { TableProfile } from '@/lib/languages/quality/table-profile.ts';

/** Pairs of numbers that go together; the figure stands in each cell, its depth how strong. */
export function CorrelationMatrix({ correlations }: Pick<TableProfile, 'correlations'>) {
  const t = useTranslations('profile');
  const locale = useLocale();
  const names = [...new Set(correlations.flatMap(({ a, b }) => [a, b]))];
  const found = new Map(
    correlations.flatMap(({ a, b, value }) => [[`${a}\n${b}`, value] as const, [`${b}\n${a}`, value] as const]),
  );
  return (
    <Panel isFlush title={t('correlations.title')} aside={t('correlations.aside')}>
      <Table label={t('correlations.title')}>
        <thead>
          <tr>
            <td />
            {names.map((name) => (
              <th key={name} scope="col" className="num mono">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((row) => (
            <tr key={row}>
              <th scope="row" className="mono">
                {row}
              </th>
              {names.map((name) => {
                const value = name === row ? 1 : found.get(`${row}\n${name}`);
                return (
                  <td key={name} className="num" style={name === row ? undefined : shade(value)}>
                    {name === row ? '·' : formatNumber(value, locale, 2)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

/** The pale half of the ramp only: the figure must stay readable on it in both themes. */
function shade(value: number | undefined) {
  const strength = Math.abs(value ?? 0);
  if (strength < 0.3) return undefined;
  return { background: `var(--depth-${strength < 0.7 ? 0 : 1})`, fontWeight: strength < 0.7 ? undefined : 550 };
}
