'use client';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

interface DialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: ReactNode;
  /** One or two sentences: what will happen, to whom. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons: the way out first, the effect last. */
  footer?: ReactNode;
}

/** Only for what cannot be undone or concerns other people. Focus stays inside and returns to where it was. */
export function Dialog({ isOpen, onOpenChange, title, description, children, footer }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className="dialog" {...(description ? {} : { 'aria-describedby': undefined })}>
          {/* Not <header> and <footer>: outside of a section those are the page's own landmarks. */}
          <Radix.Title className="title">{title}</Radix.Title>
          {description && (
            <div className="muted !pt-0">
              <Radix.Description>{description}</Radix.Description>
            </div>
          )}
          {children && <div>{children}</div>}
          {footer && <div className="buttons">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
