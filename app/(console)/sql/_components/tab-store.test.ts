import { beforeEach, describe, expect, it } from 'vitest';
import { isUnsaved, TabStore } from './tab-store';

let kept: string | null;
let ids: number;
const memory = {
  read: () => kept,
  write: (text: string) => {
    kept = text;
  },
};
const open = () => new TabStore(memory, () => `t${++ids}`, 'SELECT 1');
const texts = (store: TabStore) => store.state.tabs.map((tab) => tab.selection.text);
const saved = { id: 'q1', name: 'Margins', sql: 'SELECT 2', tables: [] };

beforeEach(() => {
  kept = null;
  ids = 0;
});

describe('the tabs of a workbench', () => {
  it('begin with a text that works', () => {
    expect(texts(open())).toEqual(['SELECT 1']);
  });

  it('come back after a reload with text, cursor and result', () => {
    const store = open();
    store.open('SELECT * FROM sales');
    const { id } = store.current;
    store.write(id, { text: 'SELECT * FROM sales LIMIT 3', from: 4, to: 9 });
    store.change(id, { sent: { id: 'run', text: 'x', statement: { sql: 'x', from: 0, to: 1 } } });
    const again = open();
    expect(again.current).toMatchObject({
      id,
      selection: { text: 'SELECT * FROM sales LIMIT 3', from: 4, to: 9 },
      sent: { id: 'run' },
    });
    expect(again.state.tabs).toHaveLength(2);
  });

  it('are begun anew where what was kept cannot be read', () => {
    for (const text of ['{', '{}', '{"tabs":[]}', '{"tabs":[{"id":1}]}', 'null']) {
      kept = text;
      expect(texts(open())).toEqual(['SELECT 1']);
    }
  });

  it('are not opened twice for the same text or the same saved query', () => {
    const store = open();
    store.open('SELECT 1');
    store.openSaved(saved);
    store.openSaved(saved);
    expect(texts(store)).toEqual(['SELECT 1', 'SELECT 2']);
    expect(store.current.saved?.name).toBe('Margins');
  });

  it('know when they hold something else than what is saved', () => {
    const store = open();
    store.openSaved(saved);
    let told = 0;
    store.subscribe(() => told++);
    store.write(store.current.id, { text: 'SELECT 2  ', from: 0, to: 0 });
    expect([isUnsaved(store.current), told]).toEqual([false, 0]);
    store.write(store.current.id, { text: 'SELECT 3', from: 0, to: 0 });
    expect([isUnsaved(store.current), told]).toEqual([true, 1]);
  });

  it('pass on to the neighbour when one is closed, and the last leaves an empty one', () => {
    const store = open();
    store.open('SELECT 2');
    store.open('SELECT 3');
    const [first, second, third] = store.state.tabs.map((tab) => tab.id);
    store.select(second ?? '');
    store.close(second ?? '');
    expect(store.current.id).toBe(third);
    store.close(third ?? '');
    expect(store.current.id).toBe(first);
    store.close(first ?? '');
    expect(texts(store)).toEqual(['']);
  });
});
