'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import type { ActionChoice } from '@/lib/access/decision-schemas';
import { actionsOptions } from '@/lib/access/query-options';

interface ActionFieldProps {
  value: string;
  /** What the catalog says of it. */
  about: ActionChoice | undefined;
  onChange: (name: string, about: ActionChoice | undefined) => void;
  error: string | undefined;
}

/** IAM's actions by name: each with what it does, in AWS's own classes, and what it is about. */
export function ActionField({ value, about, onChange, error }: ActionFieldProps) {
  const t = useTranslations('access.simulator');
  const levels = useTranslations('access.simulator.levels');
  const { data: found = [] } = useQuery(actionsOptions(value.trim()));
  // Until the answer comes they are those of the text before: Enter must not choose what is not what was typed.
  const data = found.filter(({ name }) => name.toLowerCase().includes(value.trim().toLowerCase()));
  const change = (name: string) =>
    onChange(
      name,
      data.find((choice) => choice.name.toLowerCase() === name.trim().toLowerCase()),
    );
  return (
    <Field
      label={t('does')}
      hint={about ? `${levels(about.accessLevel)} · ${typesOf(about) || t('noResource')}` : t('actionHint')}
      {...(error ? { error } : {})}
    >
      {(control) => (
        <Combobox
          {...control}
          name="action"
          value={value}
          onChange={change}
          listLabel={t('actions')}
          placeholder="s3:GetObject"
          options={data.map((choice) => ({
            value: choice.name,
            note: [levels(choice.accessLevel), typesOf(choice)].filter(Boolean).join(' · '),
          }))}
        />
      )}
    </Field>
  );
}

const typesOf = ({ resourceTypes }: ActionChoice) =>
  resourceTypes
    .map(({ name }) => name)
    .slice(0, 4)
    .join(', ');
