import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { log } from '@/lib/log';

const listeners = new AsyncLocalStorage<(logged: unknown) => void>();

/** Runs something of next-auth's, whose only word about an error is what it logs; it has one logger for all requests. */
export function listenToErrors<T>(listener: (logged: unknown) => void, run: () => Promise<T>): Promise<T> {
  return listeners.run(listener, run);
}

/** Logs the code alone: what comes with it may hold a token. */
export const nextAuthLogger = {
  error: (code: string, metadata: unknown) => {
    const listener = listeners.getStore();
    if (listener) return listener(metadata);
    // Nobody's fault: a cookie of before the secret was changed, or one that somebody made up.
    if (code !== 'JWT_SESSION_ERROR') log.warn('next-auth reports an error', { code });
  },
  warn: () => undefined,
  debug: () => undefined,
};
