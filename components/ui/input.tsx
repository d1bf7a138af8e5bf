import clsx from 'clsx';
import { ChevronsUpDown, Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Icon } from './icon';

interface Look {
  /** `sm` is for controls inside a table's row. */
  size?: 'sm' | 'md' | 'lg';
  isMono?: boolean;
}

export function Input({
  size = 'md',
  isMono,
  ...rest
}: Omit<ComponentProps<'input'>, 'className' | 'style' | 'size'> & Look) {
  return <input {...rest} className={clsx('input', size !== 'md' && size, isMono && 'mono')} />;
}

/** Text of several lines; it grows by its corner. */
export function TextArea({ rows = 3, ...rest }: Omit<ComponentProps<'textarea'>, 'className' | 'style'>) {
  return <textarea {...rest} rows={rows} className="input area" />;
}

/** `label` is read out; the magnifier stands for it on screen. */
export function SearchInput({
  label,
  ...rest
}: { label: string } & Omit<ComponentProps<'input'>, 'className' | 'style' | 'size'>) {
  return (
    <span className="search">
      <Icon of={Search} size="s" />
      <input placeholder={label} {...rest} type="search" aria-label={label} className="input" />
    </span>
  );
}

/** The browser's own select: its list works with every keyboard, screen reader and phone. Children are options. */
export function Select({
  size = 'md',
  isMono,
  children,
  ...rest
}: Omit<ComponentProps<'select'>, 'className' | 'style' | 'size'> & Look) {
  return (
    <span className="select">
      <select {...rest} className={clsx('input', size !== 'md' && size, isMono && 'mono')}>
        {children}
      </select>
      <Icon of={ChevronsUpDown} size="s" />
    </span>
  );
}
