'use client';
import clsx from 'clsx';
import { type ReactNode, useId } from 'react';

/** What the control inside a field must carry, so that label, hint and error belong to it. */
interface FieldControl {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** One sentence: what is wrong and what to write instead. */
  error?: string;
  /** `(control) => <Input {...control} name="…" />` */
  children: (control: FieldControl) => ReactNode;
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={clsx('field', error && 'bad')}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': note ? noteId : undefined, 'aria-invalid': error ? true : undefined })}
      {note && (
        <small id={noteId} role={error ? 'alert' : undefined}>
          {note}
        </small>
      )}
    </div>
  );
}
