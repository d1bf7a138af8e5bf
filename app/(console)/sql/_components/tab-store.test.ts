import { beforeEach, describe, expect, it } from 'vitest';
import { isUnsaved, TabStore } from './tab-store';

let kept: string | null;
let ids: number;
let pending: () => void;
const memory = {
  read: () => kept,
  write: (text: string) => {
    kept = text;
  },
  later: (run: () => void) => {
    pending = run;
  },
};
const open = () => new TabStore(memory, () => `t${++ids}`, 'SELECT 1');
const texts = (store: TabStore) => store.state.tabs.map((tab) => tab.selection.text);
const run = { text: 'x', statement: { sql: 'x', from: 0, to: 1 }, state: 'waiting' } as const;
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
    store.change(id, { runs: [{ ...run, state: 'sent', id: 'run' }] });
    const again = open();
    expect(again.current).toMatchObject({
      id,
      selection: { text: 'SELECT * FROM sales LIMIT 3', from: 4, to: 9 },
      runs: [{ id: 'run', state: 'sent' }],
    });
    expect(again.state.tabs).toHaveLength(2);
  });

  it('are not written at every letter, and nothing is lost when the page goes', () => {
    const store = open();
    store.select(store.current.id);
    for (const text of ['S', 'SE', 'SEL']) store.write(store.current.id, { text, from: 0, to: 0 });
    expect(texts(open())).toEqual(['SELECT 1']);
    pending();
    expect(texts(open())).toEqual(['SEL']);
    store.write(store.current.id, { text: 'SELE', from: 0, to: 0 });
    store.flush();
    expect(texts(open())).toEqual(['SELE']);
  });

  it('do not send after a reload what had been waiting', () => {
    const store = open();
    store.change(store.current.id, { runs: [{ ...run, state: 'sent', id: 'a' }, run, { ...run, state: 'sending' }] });
    expect(open().current.runs?.map(({ state }) => state)).toEqual(['sent', 'notRun', 'notRun']);
  });

  it('come back, the last closed first, with their results', () => {
    const store = open();
    store.openEmpty();
    store.close(store.current.id);
    store.open('SELECT 2');
    store.begin(store.current.id, [{ ...run, state: 'sent', id: 'a' }, run]);
    store.close(store.current.id);
    store.reopen();
    expect(store.current).toMatchObject({ selection: { text: 'SELECT 2' }, runs: [{ id: 'a' }, { state: 'notRun' }] });
    expect(store.isStopped(store.current.id)).toBe(true);
    store.reopen();
    expect(texts(store)).toEqual(['SELECT 1', 'SELECT 2']);
  });

  it('are gone through round and round', () => {
    const store = open();
    store.open('SELECT 2');
    store.open('SELECT 3');
    const [first, , third] = store.state.tabs.map((tab) => tab.id);
    store.step(1);
    expect(store.current.id).toBe(first);
    store.step(-1);
    expect(store.current.id).toBe(third);
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

  it('bring the chart and the values that are kept with a saved query, and know when another chart was chosen', () => {
    const chart = {
      kind: 'bar',
      x: 'day',
      y: ['n'],
      aggregation: 'sum',
      isStacked: false,
      sort: 'x',
      limit: 60,
    } as const;
    const kept = { ...saved, chart: { ...chart, y: [...chart.y] } };
    const store = open();
    store.openSaved({
      ...kept,
      parameters: [
        { name: 'town', type: 'text' },
        { name: 'since', type: 'timestamp', default: '2026-01-01 08:00' },
        { name: 'least', type: 'decimal', default: '2.5' },
      ],
    });
    expect(store.current).toMatchObject({
      chart,
      parameters: [null, { type: 'timestamp', text: '2026-01-01T08:00' }, { type: 'number', text: '2.5' }],
    });
    // As a database may give it back.
    const reordered = Object.fromEntries(Object.entries(kept.chart).reverse()) as typeof kept.chart;
    store.change(store.current.id, { chart: reordered });
    expect(isUnsaved(store.current)).toBe(false);
    store.change(store.current.id, { chart: { ...kept.chart, kind: 'pie' } });
    expect(isUnsaved(store.current)).toBe(true);
    store.openSaved(kept);
    expect([store.state.tabs.length, store.current.chart?.kind]).toEqual([2, 'pie']);
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
