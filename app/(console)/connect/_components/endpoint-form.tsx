'use client';
import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { EndpointDoc, ParameterDoc } from '@/lib/data-api/endpoint-docs';
import type { Values } from './request-of';

interface EndpointFormProps {
  endpoint: EndpointDoc;
  values: Values;
  onChange: (values: Values) => void;
  accept: string;
  onAccept: (accept: string) => void;
}

const OWN = ['query', 'id', 'limit', 'timeout', 'next'] as const;
type Own = (typeof OWN)[number];
const WIDE = new Set(['query', 'id', 'next']);

/** A field for each parameter, and the format of the answer where there are several. */
export function EndpointForm({ endpoint, values, onChange, accept, onAccept }: EndpointFormProps) {
  const t = useTranslations('connect');
  // The ETag is sent by a button of its own, once there is one.
  const parameters = endpoint.parameters.filter((parameter) => parameter.in !== 'header');
  if (parameters.length === 0 && endpoint.formats.length < 2) return null;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {parameters.map((parameter) => (
        <div key={parameter.name} className={WIDE.has(parameter.name) ? 'sm:col-span-2' : undefined}>
          <ParameterField
            parameter={parameter}
            value={values[parameter.name] ?? ''}
            onChange={(value) => onChange({ ...values, [parameter.name]: value })}
          />
        </div>
      ))}
      {endpoint.formats.length > 1 && (
        <Field label={t('format')} hint={<span className="mono">Accept</span>}>
          {(control) => (
            <Select {...control} isMono value={accept} onChange={(event) => onAccept(event.target.value)}>
              {endpoint.formats.map((format) => (
                <option key={format} value={format}>
                  {format}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </div>
  );
}

interface ParameterFieldProps {
  parameter: ParameterDoc;
  value: string;
  onChange: (value: string) => void;
}

function ParameterField({ parameter, value, onChange }: ParameterFieldProps) {
  const t = useTranslations('connect');
  const { name, type, isRequired } = parameter;
  const own = OWN.find((each) => each === name);
  const label = (
    <>
      <span className="mono">{name}</span>{' '}
      <span className="faint font-normal">
        {type} {isRequired && `· ${t('required')}`}
      </span>
    </>
  );
  const hint = own ? t(`parameter.${own satisfies Own}`) : parameter.description;
  return (
    <Field label={label} hint={hint}>
      {(control) =>
        type === 'boolean' ? (
          <Select {...control} isMono value={value} onChange={(event) => onChange(event.target.value)}>
            <option value="">{parameter.default ?? '–'}</option>
            <option>true</option>
            <option>false</option>
          </Select>
        ) : (
          <Input
            {...control}
            isMono
            type={type === 'date' ? 'date' : 'text'}
            inputMode={type === 'integer' ? 'numeric' : undefined}
            autoComplete="off"
            required={isRequired}
            placeholder={parameter.default}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
