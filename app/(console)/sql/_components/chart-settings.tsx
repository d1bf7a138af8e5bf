'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import {
  CHART_AGGREGATIONS,
  CHART_KINDS,
  CHART_LIMIT_MAX,
  CHART_SERIES_MAX,
  CHART_SORTS,
  type ChartConfig,
} from '@/lib/query/chart-config';
import { columnKind } from '@/lib/query/column-kind';
import type { ResultColumn } from '@/lib/query/schemas';

interface ChartSettingsProps {
  columns: readonly ResultColumn[];
  config: ChartConfig;
  onChange: (config: ChartConfig) => void;
}

export function ChartSettings({ columns, config, onChange }: ChartSettingsProps) {
  const t = useTranslations('result');
  const numbers = columns.filter(({ type }) => columnKind(type) === 'number').map(({ name }) => name);
  const names = columns.map(({ name }) => name);
  const set = (change: Partial<ChartConfig>) => onChange(settled({ ...config, ...change }));
  const isStackable =
    (config.kind === 'bar' || config.kind === 'area') && (config.y.length > 1 || config.series !== undefined);
  return (
    <>
      <Choice
        label={t('chart.kind')}
        value={config.kind}
        options={CHART_KINDS}
        textOf={(kind) => t(`chart.kinds.${kind}`)}
        onChange={(kind) => set({ kind })}
      />
      <Choice label={t('chart.x')} value={config.x} options={unique(names)} onChange={(x) => set({ x })} />
      <fieldset className="field">
        <legend className="text-xs">{t('chart.y')}</legend>
        <div className="grid max-h-32 overflow-auto">
          {unique(numbers).map((name) => (
            <label key={name} className="check text-xs">
              <input
                type="checkbox"
                checked={config.y.includes(name)}
                disabled={!config.y.includes(name) && config.y.length >= CHART_SERIES_MAX}
                onChange={({ target }) =>
                  set({ y: target.checked ? [...config.y, name] : config.y.filter((each) => each !== name) })
                }
              />
              <span className="mono truncate">{name}</span>
            </label>
          ))}
          {numbers.length === 0 && <span className="faint text-xs">{t('chart.noNumbers')}</span>}
        </div>
      </fieldset>
      {config.kind !== 'scatter' && (
        <Choice
          label={t('chart.aggregation')}
          value={config.aggregation}
          options={config.y.length === 0 ? ['count'] : CHART_AGGREGATIONS}
          textOf={(each) => t(`chart.aggregations.${each}`)}
          onChange={(aggregation) => set({ aggregation })}
        />
      )}
      {config.kind !== 'scatter' && config.kind !== 'pie' && (
        <Choice
          label={t('chart.series')}
          value={config.series ?? ''}
          options={['', ...unique(names)]}
          textOf={(name) => name || t('chart.noSeries')}
          onChange={(series) => set({ series: series || undefined, y: config.y.slice(0, series ? 1 : undefined) })}
        />
      )}
      {config.kind !== 'scatter' && (
        <>
          <Choice
            label={t('chart.sort')}
            value={config.sort}
            options={CHART_SORTS}
            textOf={(each) => t(`chart.sorts.${each}`)}
            onChange={(sort) => set({ sort })}
          />
          <Field label={t('chart.limit')}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={CHART_LIMIT_MAX}
                value={config.limit}
                onChange={({ target }) => {
                  const limit = Math.round(target.valueAsNumber);
                  if (limit >= 1 && limit <= CHART_LIMIT_MAX) set({ limit });
                }}
              />
            )}
          </Field>
        </>
      )}
      {isStackable && (
        <label className="check text-xs">
          <input
            type="checkbox"
            checked={config.isStacked}
            onChange={({ target }) => set({ isStacked: target.checked })}
          />
          {t('chart.stacked')}
        </label>
      )}
    </>
  );
}

/** What cannot be together: a cloud folds nothing, a pie has one series, and without a number rows are counted. */
function settled(config: ChartConfig): ChartConfig {
  const { series, ...rest } = config;
  if (config.kind === 'scatter') return { ...rest, aggregation: 'none' };
  const y = config.kind === 'pie' || series !== undefined ? config.y.slice(0, 1) : config.y;
  const folds = config.kind === 'pie' || series !== undefined;
  const aggregation = y.length === 0 ? 'count' : folds && config.aggregation === 'none' ? 'sum' : config.aggregation;
  return { ...rest, ...(series === undefined || config.kind === 'pie' ? {} : { series }), y, aggregation };
}

const unique = (names: readonly string[]) => [...new Set(names)];

function Choice<T extends string>({
  label,
  value,
  options,
  textOf = (option) => option,
  onChange,
}: {
  label: ReactNode;
  value: T;
  options: readonly T[];
  textOf?: (option: T) => string;
  onChange: (value: T) => void;
}) {
  return (
    <Field label={label}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value as T)}>
          {options.map((option) => (
            <option key={option} value={option}>
              {textOf(option)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
