import { type TabMemory, TabStore } from './tab-store';

const stores = new Map<string, TabStore>();

/**
 * The tabs of a person in this window. They outlive the page: statements that run in turn go on while another page of the
 * console is looked at, and what they come to is there when the workbench is opened again.
 */
export function tabStoreOf(person: string, firstText: string): TabStore {
  const make = () => new TabStore(memoryOf(person), () => crypto.randomUUID(), firstText);
  // A server has many people and no tabs.
  if (typeof window === 'undefined') return make();
  const store = stores.get(person) ?? make();
  stores.set(person, store);
  return store;
}

const PAUSE_MS = 400;

/** Tabs that cannot be kept (a private window, no room) still work until the page is left. */
function memoryOf(person: string): TabMemory {
  const name = `lacustre.sql ${person}`;
  return {
    read: () => (typeof window === 'undefined' ? null : attempt(() => localStorage.getItem(name))),
    write: (text) => void attempt(() => localStorage.setItem(name, text)),
    later: (run) => void setTimeout(run, PAUSE_MS),
  };
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
