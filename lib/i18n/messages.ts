import type { Locale } from './locales';
import en from './messages/en.json';
import fr from './messages/fr.json';

export type Messages = typeof en;

// Typing French as English makes a missing key a compile error; messages.test.ts compares the placeholders too.
const MESSAGES: Record<Locale, Messages> = { en, fr };

export function messagesFor(locale: Locale): Messages {
  return MESSAGES[locale];
}

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
