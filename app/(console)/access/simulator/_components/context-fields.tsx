'use client';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { KeyValue } from '@/components/ui/facts';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface ContextFieldsProps {
  /** `key=value` */
  values: readonly string[];
  onChange: (values: string[]) => void;
  brought: Record<string, string[]> | undefined;
  /** Keys that the action has of its own. */
  suggested: readonly string[];
}

/** Keys that a person may want to try something else for; the console's requests have most of the others. */
const GLOBAL = [
  'aws:SourceIp',
  'aws:SecureTransport',
  'aws:CurrentTime',
  'aws:MultiFactorAuthPresent',
  'aws:UserAgent',
  'aws:PrincipalTag/team',
  'aws:RequestedRegion',
];

const partsOf = (text: string): [key: string, value: string] => {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
};

/** What conditions can ask of the request: the keys that every request of the console has, and those that are tried. */
export function ContextFields({ values, onChange, brought, suggested }: ContextFieldsProps) {
  const t = useTranslations('access.simulator');
  return (
    <details open={values.length > 0}>
      <summary className="muted cursor-pointer text-xs">{t('context', { count: values.length })}</summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 pt-3">
        {values.map((text, index) => (
          <Written
            // biome-ignore lint/suspicious/noArrayIndexKey: a key may be there twice, with two values.
            key={index}
            text={text}
            onChange={(next) => onChange(values.with(index, next))}
            onRemove={() => onChange(values.toSpliced(index, 1))}
          />
        ))}
        <AddKey suggested={[...suggested, ...GLOBAL]} onAdd={(key) => onChange([...values, `${key}=`])} />
        {brought && <Brought keys={brought} />}
      </div>
    </details>
  );
}

function Written({
  text,
  onChange,
  onRemove,
}: {
  text: string;
  onChange: (text: string) => void;
  onRemove: () => void;
}) {
  const t = useTranslations('access.simulator');
  const [key, value] = partsOf(text);
  return (
    <div className="flex max-w-160 items-end gap-2">
      <div className="grow">
        <Field label={<span className="mono">{key}</span>}>
          {(control) => (
            <Input {...control} isMono value={value} onChange={({ target }) => onChange(`${key}=${target.value}`)} />
          )}
        </Field>
      </div>
      <input type="hidden" name="context" value={text} />
      <IconButton icon={X} label={t('removeKey', { key })} onClick={onRemove} />
    </div>
  );
}

function AddKey({ suggested, onAdd }: { suggested: readonly string[]; onAdd: (key: string) => void }) {
  const t = useTranslations('access.simulator');
  const id = useId();
  const [key, setKey] = useState('');
  const options = [...new Set(suggested)].filter((each) => each.toLowerCase().includes(key.toLowerCase()));
  return (
    <div className="flex max-w-160 items-end gap-2">
      <div className="field grow">
        <label htmlFor={id}>{t('key')}</label>
        <Combobox
          id={id}
          value={key}
          onChange={setKey}
          listLabel={t('keys')}
          placeholder="aws:SourceIp"
          options={options.map((value) => ({ value }))}
        />
      </div>
      <Button
        icon={Plus}
        isDisabled={!/^[^=\s]+$/.test(key)}
        onClick={() => {
          onAdd(key);
          setKey('');
        }}
      >
        {t('addKey')}
      </Button>
    </div>
  );
}

function Brought({ keys }: { keys: Record<string, string[]> }) {
  const t = useTranslations('access.simulator');
  const items = Object.entries(keys).map(([label, found]) => ({
    label,
    value: <span className="mono [overflow-wrap:anywhere]">{found.join(', ')}</span>,
  }));
  return (
    <div className="grid gap-2">
      <p className="muted text-xs">{t('brought')}</p>
      <KeyValue items={items} />
    </div>
  );
}
