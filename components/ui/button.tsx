import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ComponentProps, MouseEventHandler, ReactNode } from 'react';
import { Icon } from './icon';

interface Look {
  variant?: 'default' | 'primary' | 'danger' | 'ghost';
  size?: 'sm' | 'md' | 'lg';
  icon?: LucideIcon;
}

interface ButtonProps extends Look, Pick<ComponentProps<'button'>, 'type' | 'name' | 'value' | 'form' | 'ref' | 'id'> {
  children: ReactNode;
  onClick?: MouseEventHandler<HTMLButtonElement>;
  /** Stays focusable and says so; a second press does nothing. */
  isPending?: boolean;
  /** Disables the button and says why, on hover and to screen readers. */
  disabledReason?: string;
  isDisabled?: boolean;
}

/** `children` is the visible name. Extra props come from Radix triggers (`asChild`). */
export function Button({
  variant = 'default',
  size = 'md',
  icon,
  type = 'button',
  isPending,
  isDisabled,
  disabledReason,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const isOff = Boolean(isPending || disabledReason);
  return (
    <button
      {...rest}
      type={type}
      className={clsx('btn', variant !== 'default' && variant, size !== 'md' && size)}
      disabled={isDisabled}
      aria-disabled={isOff || undefined}
      aria-busy={isPending || undefined}
      title={disabledReason}
      onClick={isOff ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon of={icon} size="s" />}
      {children}
      {disabledReason && <span className="sr-only">{disabledReason}</span>}
    </button>
  );
}

interface IconButtonProps extends Pick<ComponentProps<'button'>, 'type' | 'ref' | 'id' | 'tabIndex' | 'aria-haspopup'> {
  icon: LucideIcon;
  /** The accessible name, also shown on hover. */
  label: string;
  size?: 'sm' | 'md';
  onClick?: MouseEventHandler<HTMLButtonElement>;
  isDisabled?: boolean;
}

export function IconButton({ icon, label, size = 'md', type = 'button', isDisabled, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={clsx('btn ghost icon', size === 'sm' && 'sm')}
      aria-label={label}
      title={label}
      disabled={isDisabled}
    >
      <Icon of={icon} size="s" />
    </button>
  );
}

interface LinkButtonProps extends Look {
  href: string;
  children: ReactNode;
  /** For files: a plain anchor that the router leaves alone. */
  isDownload?: boolean;
}

/** Looks like a button, goes somewhere. */
export function LinkButton({ href, variant = 'default', size = 'md', icon, isDownload, children }: LinkButtonProps) {
  const className = clsx('btn', variant !== 'default' && variant, size !== 'md' && size);
  const content = (
    <>
      {icon && <Icon of={icon} size="s" />}
      {children}
    </>
  );
  if (isDownload) {
    return (
      <a className={className} href={href} download>
        {content}
      </a>
    );
  }
  return (
    <Link className={className} href={href as Route}>
      {content}
    </Link>
  );
}
