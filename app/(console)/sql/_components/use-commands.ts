'use client';
import { useEffect, useRef } from 'react';
import { type Command, commandOf } from './shortcuts';

/** What each command does where the workbench is now. */
export type Commands = Record<Command, () => void>;

/** Listens on the whole page, before the editor does; what stands in a dialog or menu is left alone. */
export function useCommands(commands: Commands): void {
  const current = useRef(commands);
  useEffect(() => {
    current.current = commands;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.isComposing || target.closest('[role="dialog"], [role="menu"]')) return;
      const isTyping = target.closest('input, textarea, select, [contenteditable="true"]') !== null;
      const command = commandOf(event, isMac(), isTyping);
      if (!command) return;
      event.preventDefault();
      event.stopPropagation();
      // A key that is held down would run a statement again and again.
      if (!event.repeat || command === 'nextTab' || command === 'previousTab') current.current[command]();
    };
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
}
