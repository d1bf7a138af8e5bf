'use client';
import { useSyncExternalStore } from 'react';
import { isTheme, THEME_COOKIE, type Theme } from '@/lib/i18n/locales';
import { keepPreference } from './keep-preference';

const CHANGED = 'lacustre-theme-changed';

function read(): Theme {
  const named = document.documentElement.dataset.theme;
  return isTheme(named) ? named : 'system';
}

function subscribe(onChange: () => void) {
  addEventListener(CHANGED, onChange);
  return () => removeEventListener(CHANGED, onChange);
}

/** Sets the theme of this page at once and of the next ones by the cookie. */
function setTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  keepPreference(THEME_COOKIE, theme);
  dispatchEvent(new Event(CHANGED));
}

/** The theme a person chose on this browser (`system` when they never did), and how to change it. */
export function useTheme() {
  const theme = useSyncExternalStore<Theme>(subscribe, read, () => 'system');
  return { theme, setTheme };
}
