'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import type { EditMetadata } from '@/lib/catalog/schemas';
import type { ErrorReport } from '@/lib/errors';
import { editMetadataAction } from '../../actions';

type Fields = Readonly<Record<string, string>>;

/**
 * Saves changed fields of a table's metadata. `original` is what the person saw when they began. Where somebody else was
 * faster, `theirs` has what they wrote, by field, and the next save is over that: knowingly.
 */
export function useMetadataEdit(table: string, original: Fields) {
  const router = useRouter();
  const [theirs, setTheirs] = useState<Fields>({});
  const [error, setError] = useState<ErrorReport>();
  const [isPending, startSaving] = useTransition();
  const save = (values: Fields, onSaved: () => void) =>
    startSaving(async () => {
      const result = await editMetadataAction(toEdit(table, values, original, theirs));
      if (!result.ok) {
        setError(result.error);
        setTheirs((known) => ({ ...known, ...conflictOf(result.error) }));
        return;
      }
      setError(undefined);
      onSaved();
      router.refresh();
    });
  return { save, theirs, error, isPending };
}

function toEdit(table: string, values: Fields, original: Fields, theirs: Fields): EditMetadata {
  const changes = Object.entries(values)
    .filter(([field, after]) => after !== (original[field] ?? ''))
    .map(([field, after]) => [field, { before: theirs[field] ?? original[field] ?? '', after }] as const);
  const [comments, others] = [
    changes.filter(([field]) => field.startsWith(COMMENT)),
    changes.filter(([field]) => !field.startsWith(COMMENT)),
  ];
  return {
    table,
    ...Object.fromEntries(others),
    comments: Object.fromEntries(comments.map(([field, change]) => [field.slice(COMMENT.length), change])),
  };
}

const COMMENT = 'comments.';

function conflictOf({ details }: ErrorReport): Fields {
  const { fields, values } = details ?? {};
  if (!Array.isArray(fields) || !Array.isArray(values)) return {};
  return Object.fromEntries(fields.map((field, index) => [field, values[index] ?? '']));
}
