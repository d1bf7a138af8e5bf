'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { rolesWith } from '@/lib/auth/permissions';
import { parameterCount } from '@/lib/languages/trino-sql/parameter-count.ts';
import { PARAMETER_TYPES } from '@/lib/query/saved/parameters';
import { type SavedQuery, SHARINGS, type Sharing } from '@/lib/query/saved/schemas';

interface SaveFieldsProps {
  kept: SavedQuery | undefined;
  text: string;
  errors: Record<string, string> | undefined;
}

export function SaveFields({ kept, text, errors }: SaveFieldsProps) {
  const t = useTranslations('sql');
  const saved = useTranslations('savedQueries');
  return (
    <>
      <Field label={t('queryName')} hint={t('queryNameHint')} error={errors?.name}>
        {(control) => <Input {...control} name="name" defaultValue={kept?.name} autoComplete="off" required />}
      </Field>
      <Field label={saved('description')} error={errors?.description}>
        {(control) => <Input {...control} name="description" defaultValue={kept?.description} autoComplete="off" />}
      </Field>
      <Field label={saved('tags')} hint={saved('tagsHint')} error={errors?.tags}>
        {(control) => <Input {...control} name="tags" defaultValue={kept?.tags.join(', ')} autoComplete="off" />}
      </Field>
      <SharingFields kept={kept} error={errors?.roles} />
      <ParameterFields kept={kept} count={parameterCount(text)} errors={errors} />
    </>
  );
}

function SharingFields({ kept, error }: { kept: SavedQuery | undefined; error: string | undefined }) {
  const t = useTranslations('savedQueries');
  const roles = useTranslations('roles');
  const [sharing, setSharing] = useState<Sharing>(kept?.sharing ?? 'team');
  // An administrator sees whatever is shared by role.
  const choices = rolesWith('queries:read').filter((role) => role !== 'administrator');
  return (
    <>
      <Field label={t('sharing')} hint={t(`sharingHints.${sharing}`)}>
        {(control) => (
          <Select
            {...control}
            name="sharing"
            value={sharing}
            onChange={(event) => setSharing(event.target.value as Sharing)}
          >
            {SHARINGS.map((each) => (
              <option key={each} value={each}>
                {t(`sharings.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {sharing === 'roles' && (
        <fieldset className="flex flex-wrap gap-4">
          <legend className="sr-only">{t('sharings.roles')}</legend>
          {choices.map((role) => (
            <label key={role} className="flex items-center gap-2">
              <input type="checkbox" name="roles" value={role} defaultChecked={kept?.roles.includes(role)} />
              {roles(role)}
            </label>
          ))}
          {error && <small className="text-failed">{error}</small>}
        </fieldset>
      )}
    </>
  );
}

interface ParameterFieldsProps {
  kept: SavedQuery | undefined;
  /** How many `?` the text has. */
  count: number;
  errors: Record<string, string> | undefined;
}

/** A name, a type and some words for each `?`, so that the query can be asked for with values. */
function ParameterFields({ kept, count, errors }: ParameterFieldsProps) {
  const t = useTranslations('savedQueries');
  if (count === 0) return null;
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-medium text-xs">{t('parameters')}</legend>
      {Array.from({ length: count }, (_, index) => {
        const parameter = kept?.parameters[index];
        const number = index + 1;
        const problem = (['name', 'default', 'description'] as const)
          .map((field) => errors?.[`parameters.${index}.${field}`])
          .find(Boolean);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a parameter is its place in the text.
          <div key={index} className="grid gap-1.5 border-line border-l-2 pl-3">
            <div className="grid grid-cols-3 gap-2">
              <Input
                aria-label={t('parameterName', { number })}
                name="parameterName"
                isMono
                defaultValue={parameter?.name ?? `p${number}`}
              />
              <Select
                aria-label={t('parameterType', { number })}
                name="parameterType"
                defaultValue={parameter?.type ?? 'text'}
              >
                {PARAMETER_TYPES.map((type) => (
                  <option key={type} value={type}>
                    {t(`types.${type}`)}
                  </option>
                ))}
              </Select>
              <Input
                aria-label={t('parameterDefault', { number })}
                placeholder={t('required')}
                name="parameterDefault"
                defaultValue={parameter?.default}
              />
            </div>
            <Input
              aria-label={t('parameterDescription', { number })}
              placeholder={t('parameterDescriptionHint')}
              name="parameterDescription"
              defaultValue={parameter?.description}
              autoComplete="off"
            />
            {problem && <small className="text-failed">{problem}</small>}
          </div>
        );
      })}
    </fieldset>
  );
}
