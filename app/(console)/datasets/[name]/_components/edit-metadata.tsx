'use client';
import { Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Select, TextArea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { CLASSIFICATIONS, MAX_DESCRIPTION, type TableMetadata } from '@/lib/catalog/schemas';
import { CADENCES, useCadence } from './cadence';
import { useMetadataEdit } from './use-metadata-edit';

interface EditMetadataProps {
  /** As the address has it. */
  table: string;
  metadata: TableMetadata;
}

/** Opens a form for what people say of the table. */
export function EditMetadata({ table, metadata }: EditMetadataProps) {
  const t = useTranslations('datasets.edit');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button icon={Pencil} onClick={() => setIsOpen(true)}>
        {t('open')}
      </Button>
      {isOpen && <MetadataDialog table={table} metadata={metadata} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function MetadataDialog({ table, metadata, onClose }: EditMetadataProps & { onClose: () => void }) {
  const t = useTranslations('datasets.edit');
  const common = useTranslations('common');
  const toast = useToast();
  const formId = useId();
  // What the person began with: the page may be refreshed behind the dialog.
  const [original] = useState(() => fieldsOf(metadata));
  const { save, theirs, error, isPending } = useMetadataEdit(table, original);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)].map(([field, value]) => [field, String(value)] as const);
    save(Object.fromEntries(given.map(([field, value]) => [field, tidy(field, value)])), () => {
      toast({ state: 'succeeded', title: t('saved', { table }) });
      onClose();
    });
  };
  const control = { original, theirs, errors: error?.fieldErrors ?? {} };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('title', { table })}
      description={t('hint')}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" form={formId} variant="primary" isPending={isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form id={formId} className="grid gap-3" onSubmit={submit} noValidate>
        {error && !error.fieldErrors && <Failure error={error} isInForm />}
        <MetadataFields {...control} />
      </form>
    </Dialog>
  );
}

interface MetadataFieldsProps {
  original: Readonly<Record<string, string>>;
  theirs: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
}

function MetadataFields({ original, theirs, errors }: MetadataFieldsProps) {
  const t = useTranslations('datasets.edit');
  const classifications = useTranslations('datasets.classification');
  const cadence = useCadence();
  const hours = [...new Set<number>([...CADENCES, Number(original.cadenceHours)])].filter((each) => each > 0);
  /** Somebody else's text stands below the person's own, until they decide. */
  const problem = (field: string) => {
    const meanwhile = theirs[field];
    const error =
      errors[`${field}.after`] ?? (meanwhile === undefined ? undefined : t('theirs', { value: meanwhile || '–' }));
    return error === undefined ? {} : { error };
  };
  return (
    <>
      <Field label={t('description')} {...problem('description')}>
        {(control) => (
          <TextArea {...control} name="description" defaultValue={original.description} maxLength={MAX_DESCRIPTION} />
        )}
      </Field>
      <Field label={t('owner')} hint={t('ownerHint')} {...problem('owner')}>
        {(control) => (
          <Input {...control} name="owner" defaultValue={original.owner} maxLength={255} autoComplete="off" />
        )}
      </Field>
      <Field label={t('tags')} hint={t('tagsHint')} {...problem('tags')}>
        {(control) => (
          <Input
            {...control}
            name="tags"
            defaultValue={original.tags?.replaceAll(',', ', ')}
            maxLength={1000}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label={t('classification')} {...problem('classification')}>
        {(control) => (
          <Select {...control} name="classification" defaultValue={original.classification}>
            <option value="">{t('unclassified')}</option>
            {CLASSIFICATIONS.map((each) => (
              <option key={each} value={each}>
                {classifications(each)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('cadence')} hint={t('cadenceHint')} {...problem('cadenceHours')}>
        {(control) => (
          <Select {...control} name="cadenceHours" defaultValue={original.cadenceHours}>
            <option value="">{t('noCadence')}</option>
            {hours.map((each) => (
              <option key={each} value={each}>
                {cadence(each)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}

function fieldsOf(metadata: TableMetadata): Record<string, string> {
  const { description = '', owner = '', tags = [], classification = '', cadenceHours = '' } = metadata;
  return { description, owner, tags: tags.join(','), classification, cadenceHours: String(cadenceHours) };
}

/** So that a space typed and taken back is no change. */
function tidy(field: string, value: string): string {
  return field === 'tags'
    ? value
        .split(',')
        .map((tag) => tag.trim())
        .filter(Boolean)
        .join(',')
    : value.trim();
}
