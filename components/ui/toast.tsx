'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import { Button, IconButton } from './button';
import { StateIcon, type StateName } from './state';

export interface ToastMessage {
  state: StateName;
  title: ReactNode;
  body?: ReactNode;
  /** What can still be done about it: undo, retry. */
  action?: { label: string; onClick: () => void };
}

const ToastContext = createContext<(message: ToastMessage) => void>(() => undefined);

/** Says something that has already happened. Errors that stop work get a panel instead. */
export function useToast() {
  return use(ToastContext);
}

const SHOWN_MS = 8_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations('common');
  const [messages, setMessages] = useState<(ToastMessage & { id: number })[]>([]);
  const show = useCallback((message: ToastMessage) => {
    setMessages((before) => [...before, { ...message, id: (before.at(-1)?.id ?? 0) + 1 }]);
  }, []);
  const drop = (id: number) => setMessages((before) => before.filter((message) => message.id !== id));
  return (
    <Radix.Provider duration={SHOWN_MS} swipeDirection="right" label={t('notification')}>
      <ToastContext value={show}>{children}</ToastContext>
      {messages.map((message) => (
        <Radix.Root key={message.id} className="toast" onOpenChange={(isOpen) => !isOpen && drop(message.id)}>
          <StateIcon state={message.state} />
          <div className="grow">
            <Radix.Title className="font-semibold">{message.title}</Radix.Title>
            {message.body && <Radix.Description className="muted text-xs">{message.body}</Radix.Description>}
          </div>
          {message.action && (
            <Radix.Action altText={message.action.label} asChild>
              <Button variant="ghost" size="sm" onClick={message.action.onClick}>
                {message.action.label}
              </Button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton icon={X} label={t('dismiss')} size="sm" />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className="toasts" label={t('notifications')} />
    </Radix.Provider>
  );
}
