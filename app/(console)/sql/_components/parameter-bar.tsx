'use client';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Input, Select } from '@/components/ui/input';
import {
  literalOf,
  PARAMETER_TYPES,
  type ParameterPlace,
  type ParameterType,
  type ParameterValue,
} from '@/lib/query/parameters';
import type { WorkTab } from './tab-store';
import styles from './workbench.module.css';

interface ParameterBarProps {
  places: readonly ParameterPlace[];
  values: WorkTab['parameters'];
  /** What a saved query calls each `?` of the text; those of one name have one value. */
  names: readonly string[];
  onChange: (values: readonly (ParameterValue | null)[]) => void;
  /** Ordinal of the one for whose lack nothing was sent. */
  missing: number | undefined;
}

/** A typed field for each `?` of the statement at the cursor; what is entered stays with the tab. */
export function ParameterBar({ places, values, names, onChange, missing }: ParameterBarProps) {
  const t = useTranslations('sql.parameters');
  if (places.length === 0) return null;
  const change = (ordinal: number, value: ParameterValue) => {
    const length = Math.max(values?.length ?? 0, ordinal + 1, names.length);
    const isChanged = (index: number) =>
      index === ordinal || (names[index] !== undefined && names[index] === names[ordinal]);
    onChange(Array.from({ length }, (_, index) => (isChanged(index) ? value : (values?.[index] ?? null))));
  };
  return (
    <section id="sql-parameters" aria-label={t('title')} className={styles.parameters}>
      {places.map((place, index) => (
        <ParameterField
          key={place.ordinal}
          label={
            place.name ? t('named', { number: index + 1, name: place.name }) : t('numbered', { number: index + 1 })
          }
          value={values?.[place.ordinal] ?? { type: place.name === 'LIMIT' ? 'number' : 'text', text: '' }}
          isMissing={missing === place.ordinal}
          onChange={(value) => change(place.ordinal, value)}
        />
      ))}
    </section>
  );
}

const INPUT_TYPES: Record<ParameterType, string> = {
  text: 'text',
  number: 'text',
  date: 'date',
  timestamp: 'datetime-local',
  boolean: 'text',
  null: 'text',
};

interface ParameterFieldProps {
  label: string;
  value: ParameterValue;
  isMissing: boolean;
  onChange: (value: ParameterValue) => void;
}

function ParameterField({ label, value, isMissing, onChange }: ParameterFieldProps) {
  const t = useTranslations('sql.parameters');
  const id = useId();
  const { type, text } = value;
  const isWrong = (isMissing || text !== '') && literalOf(value) === undefined;
  const problem = isWrong ? t(`wrong.${type}`) : isMissing ? t('missing') : undefined;
  const field = {
    id,
    'aria-invalid': problem !== undefined || undefined,
    'aria-describedby': problem ? `${id}-problem` : undefined,
  };
  return (
    <div className={styles.parameter}>
      <label htmlFor={id} className="mono truncate">
        {label}
      </label>
      <span className={styles.typedField}>
        {type === 'boolean' ? (
          <Select {...field} size="sm" value={text} onChange={(event) => onChange({ type, text: event.target.value })}>
            <option value="">–</option>
            <option value="true">true</option>
            <option value="false">false</option>
          </Select>
        ) : (
          <Input
            {...field}
            key={type}
            size="sm"
            type={INPUT_TYPES[type]}
            inputMode={type === 'number' ? 'decimal' : undefined}
            step={type === 'timestamp' ? 1 : undefined}
            value={type === 'null' ? 'NULL' : text}
            disabled={type === 'null'}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ type, text: event.target.value })}
          />
        )}
        <Select
          size="sm"
          aria-label={t('typeOf', { name: label })}
          value={type}
          onChange={(event) => onChange({ type: event.target.value as ParameterType, text: '' })}
        >
          {PARAMETER_TYPES.map((each) => (
            <option key={each} value={each}>
              {t(`type.${each}`)}
            </option>
          ))}
        </Select>
      </span>
      {problem && (
        <span id={`${id}-problem`} className="text-failed text-2xs" role={isMissing ? 'alert' : undefined}>
          {problem}
        </span>
      )}
    </div>
  );
}
