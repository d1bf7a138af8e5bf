'use client';
import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import type { SimulatorChoices } from '@/lib/access/decision-schemas';

interface PrincipalFieldProps {
  choices: SimulatorChoices;
  value: string;
  onChange: (arn: string) => void;
  error: string | undefined;
}

/** A person, who acts as their role, or a role: a Lambda's, a job's. */
export function PrincipalField({ choices: { people, roles }, value, onChange, error }: PrincipalFieldProps) {
  const t = useTranslations('access.simulator');
  const roleNames = useTranslations('roles');
  const isListed = [...people, ...roles].some(({ arn }) => arn === value);
  const arn = <span className="mono [overflow-wrap:anywhere]">{value}</span>;
  return (
    <Field label={t('who')} hint={arn} {...(error ? { error } : {})}>
      {(control) => (
        <Select {...control} name="principal" value={value} onChange={({ target }) => onChange(target.value)}>
          {!isListed && value && <option value={value}>{value.split('/').slice(1).join(' / ')}</option>}
          <optgroup label={t('people')}>
            {people.map((person) => (
              <option key={person.arn} value={person.arn}>
                {person.name} ({roleNames(person.role)})
              </option>
            ))}
          </optgroup>
          <optgroup label={t('roles')}>
            {roles.map((role) => (
              <option key={role.arn} value={role.arn}>
                {role.name}
              </option>
            ))}
          </optgroup>
        </Select>
      )}
    </Field>
  );
}
