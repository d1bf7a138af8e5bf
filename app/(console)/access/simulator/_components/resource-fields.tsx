'use client';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import type { ActionChoice, ResourceChoice } from '@/lib/access/decision-schemas';
import { fitsTypes } from '@/lib/access/resource-fit';

interface ResourceFieldsProps {
  values: readonly string[];
  onChange: (values: string[]) => void;
  choices: readonly ResourceChoice[];
  about: ActionChoice | undefined;
  errors: readonly (string | undefined)[];
}

/** The same as the verb's own limit. */
const RESOURCES_MAX = 10;
const SHOWN = 60;

/** ARNs: those of the lake's own things are suggested, as far as the action is about such a thing. */
export function ResourceFields({ values, onChange, choices, about, errors }: ResourceFieldsProps) {
  const t = useTranslations('access.simulator');
  const kinds = useTranslations('access.simulator.kinds');
  const fitting = about ? choices.filter(({ arn }) => fitsTypes(arn, about.resourceTypes)) : choices;
  const star = about?.resourceTypes.length === 0 ? [{ value: '*', note: t('noResource') }] : [];
  const optionsFor = (text: string) => [
    ...star,
    ...fitting
      .filter(({ arn, name }) => [arn, name].some((part) => part.toLowerCase().includes(text.trim().toLowerCase())))
      .slice(0, SHOWN)
      .map(({ arn, name, kind }) => ({ value: arn, label: `${kinds(kind)} ${name}` })),
  ];
  const replace = (index: number, value: string) => onChange(values.with(index, value));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {values.map((value, index) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: fields are only added, at the end.
          key={index}
          label={index === 0 ? t('on') : t('onToo', { number: index + 1 })}
          hint={<Hint value={value} about={about} />}
          {...(errors[index] ? { error: errors[index] } : {})}
        >
          {(control) => (
            <Combobox
              {...control}
              name="resource"
              value={value}
              onChange={(next) => replace(index, next)}
              listLabel={t('resources')}
              placeholder="arn:aws:s3:::…"
              options={optionsFor(choices.some(({ arn }) => arn === value) ? '' : value)}
            />
          )}
        </Field>
      ))}
      {values.length < RESOURCES_MAX && values.at(-1) !== '' && (
        <div>
          <Button size="sm" variant="ghost" icon={Plus} onClick={() => onChange([...values, ''])}>
            {t('another')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Says so where the action is about something else: AWS would then never find the statement that one thinks of. */
function Hint({ value, about }: { value: string; about: ActionChoice | undefined }) {
  const t = useTranslations('access.simulator');
  if (!about || value.trim() === '') return t('resourceHint');
  if (about.resourceTypes.length === 0) return value.trim() === '*' ? t('noResource') : t('onlyStar');
  const shapes = about.resourceTypes
    .map(({ arn }) => arn.replaceAll(/\$\{(\w+)\}/g, '‹$1›'))
    .slice(0, 3)
    .join(', ');
  if (fitsTypes(value.trim(), about.resourceTypes)) return t('fits');
  return <span className="text-rejected [overflow-wrap:anywhere]">{t('unfit', { action: about.name, shapes })}</span>;
}
