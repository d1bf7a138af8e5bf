import type { EditorSelection } from '@/components/editor/sql-editor';
import type { ErrorReport } from '@/lib/errors';
import { ChartConfig } from '@/lib/query/chart-config';
import type { ParameterValue } from '@/lib/query/parameters';
import { enteredFor } from '@/lib/query/saved/entered-for';
import type { SavedQuery } from '@/lib/query/schemas';
import type { Statement } from '@/lib/query/statement-at';

/**
 * A statement of a run: `waiting` for those before it, `sending`, `sent` with its query's id, `refused` before Athena took
 * it, or `notRun`, as one before it failed or the run was left.
 */
export interface Run {
  /** The statement, and where in which text it stood. */
  statement: Statement;
  text: string;
  parameters?: string[];
  state: 'waiting' | 'sending' | 'sent' | 'refused' | 'notRun';
  id?: string;
  refusal?: ErrorReport;
}

export interface WorkTab {
  id: string;
  /** Counts up, for tabs without a name of their own. */
  number: number;
  /** Text and cursor, as they were left. */
  selection: EditorSelection;
  /** The saved query that the tab was opened from or saved as; its text as it is kept. */
  saved?: SavedText;
  /** The statements that were run here last: their results are found again by them. */
  runs?: readonly Run[];
  /** Which of them is looked at; left out while the newest is. */
  shown?: number;
  /** What was entered for each `?` of the text, in their order. */
  parameters?: readonly (ParameterValue | null)[];
  /** How results are drawn here, once that was chosen. */
  chart?: ChartConfig;
}

export type SavedText = Pick<SavedQuery, 'id' | 'name' | 'sql'> &
  Partial<Pick<SavedQuery, 'version' | 'parameters' | 'chart'>>;

export interface WorkTabs {
  tabs: readonly WorkTab[];
  current: string;
}

/** Where tabs outlive a reload; in a browser it is localStorage, which may refuse (private windows, no room). */
export interface TabMemory {
  read: () => string | null;
  write: (text: string) => void;
  /** Calls once, some time after. */
  later: (run: () => void) => void;
}

/**
 * The tabs of a person's workbench: what is written in each, where the cursor is, and which result it shows. They are
 * there again after a reload, in another window, and when the workbench is left and come back to.
 */
export class TabStore {
  state: WorkTabs;
  readonly #memory: TabMemory;
  readonly #newId: () => string;
  readonly #listeners = new Set<() => void>();
  #closed: WorkTab[] = [];
  readonly #stopped = new Set<string>();
  #isRemembering = false;

  constructor(memory: TabMemory, newId: () => string, firstText: string) {
    this.#memory = memory;
    this.#newId = newId;
    this.state = recall(memory) ?? startWith(newTab(newId(), 1, firstText));
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  snapshot = () => this.state;

  get current(): WorkTab {
    return this.state.tabs.find((tab) => tab.id === this.state.current) ?? (this.state.tabs[0] as WorkTab);
  }

  select(id: string): void {
    this.#set({ ...this.state, current: id });
  }

  /** Opens a text in a tab of its own, or goes to the tab that already holds just that. */
  open(text: string): void {
    const same = this.state.tabs.find((tab) => tab.selection.text.trim() === text.trim());
    if (same) this.select(same.id);
    else this.#add(newTab(this.#newId(), this.#nextNumber(), text));
  }

  openEmpty(): void {
    this.#add(newTab(this.#newId(), this.#nextNumber(), ''));
  }

  /** Opens a saved query; a tab that holds it already is gone to, and follows what was saved elsewhere unless it was changed here. */
  openSaved({ id, name, sql, version, parameters = [], chart }: SavedText): void {
    const saved = { id, name, sql, version, parameters, chart };
    const same = this.state.tabs.find((tab) => tab.saved?.id === id);
    const fresh = {
      ...newTab(this.#newId(), same?.number ?? this.#nextNumber(), sql),
      saved,
      chart,
      parameters: parameters.map(enteredFor),
    };
    if (!same) {
      this.#add(fresh);
      return;
    }
    if (isUnsaved(same)) {
      this.select(same.id);
      return;
    }
    const kept = same.saved?.sql === sql ? { ...same, saved, chart } : fresh;
    this.#set({ tabs: this.state.tabs.map((tab) => (tab === same ? kept : tab)), current: kept.id });
  }

  /** Opens a statement that was run, with its result; goes to the tab that shows it, if there is one. */
  openExecution({ id, sql }: { id: string; sql: string }): void {
    const same = this.state.tabs.find((tab) => tab.runs?.some((run) => run.id === id));
    const run: Run = { id, state: 'sent', text: sql, statement: { sql, from: 0, to: sql.length } };
    if (same) this.change(same.id, { shown: same.runs?.findIndex((each) => each.id === id) ?? 0 });
    if (same) this.select(same.id);
    else this.#add({ ...newTab(this.#newId(), this.#nextNumber(), sql), runs: [run] });
  }

  /** Closes a tab; the last one leaves an empty one. Its neighbour is the current one then. What runs, runs on. */
  close(id: string): void {
    this.stop(id);
    const index = this.state.tabs.findIndex((tab) => tab.id === id);
    const others = this.state.tabs.filter((tab) => tab.id !== id);
    const tabs = others.length > 0 ? others : [newTab(this.#newId(), 1, '')];
    const neighbour = tabs[Math.min(index, tabs.length - 1)] as WorkTab;
    const closed = this.state.tabs[index];
    if (closed && !isEmpty(closed)) this.#closed = [...this.#closed, closed].slice(-MOST_CLOSED);
    this.#set({ tabs, current: this.state.current === id ? neighbour.id : this.state.current });
  }

  /** Opens the tab that was closed last, with its results. */
  reopen(): void {
    const tab = this.#closed.pop();
    if (tab) this.#add(afterReload(tab));
  }

  /** Goes to the next tab, or to the one before; round and round. */
  step(by: 1 | -1): void {
    const { tabs, current } = this.state;
    const index = tabs.findIndex((tab) => tab.id === current);
    this.select(tabs[(index + by + tabs.length) % tabs.length]?.id ?? current);
  }

  /** Shows what is run now in the place of what was run before. */
  begin(id: string, runs: readonly Run[]): void {
    this.#stopped.delete(id);
    const { shown, ...tab } = this.state.tabs.find((each) => each.id === id) ?? this.current;
    this.#set({ ...this.state, tabs: this.state.tabs.map((each) => (each.id === id ? { ...tab, runs } : each)) });
  }

  /** What has not been sent of the tab's run will not be. */
  stop(id: string): void {
    this.#stopped.add(id);
  }

  isStopped(id: string): boolean {
    return this.#stopped.has(id);
  }

  parametersOf(id: string): WorkTab['parameters'] {
    return this.state.tabs.find((tab) => tab.id === id)?.parameters;
  }

  changeRun(id: string, index: number, change: Partial<Run>): void {
    const runs = this.state.tabs.find((tab) => tab.id === id)?.runs;
    if (!runs?.[index]) return;
    this.change(id, { runs: runs.map((run, at) => (at === index ? { ...run, ...change } : run)) });
  }

  change(id: string, change: Partial<Omit<WorkTab, 'id'>>): void {
    this.#set({
      ...this.state,
      tabs: this.state.tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)),
    });
  }

  /** What is written is kept, and nobody is told: the editor has it already. */
  write(id: string, selection: EditorSelection): void {
    const before = this.state.tabs.find((tab) => tab.id === id);
    if (!before) return;
    if (isUnsaved(before) === isUnsaved({ ...before, selection })) {
      before.selection = selection;
      this.#rememberSoon();
    } else this.change(id, { selection });
  }

  #add(tab: WorkTab): void {
    this.#set({ tabs: [...this.state.tabs, tab], current: tab.id });
  }

  #nextNumber(): number {
    return Math.max(...this.state.tabs.map((tab) => tab.number)) + 1;
  }

  #set(state: WorkTabs): void {
    this.state = state;
    this.#remember();
    for (const listener of this.#listeners) listener();
  }

  /** Writing is not for every letter: it is done when the person pauses, and at once when the page goes. */
  #rememberSoon(): void {
    if (this.#isRemembering) return;
    this.#isRemembering = true;
    this.#memory.later(() => this.flush());
  }

  /** Writes what has not been written yet. */
  flush(): void {
    if (this.#isRemembering) this.#remember();
  }

  #remember(): void {
    this.#isRemembering = false;
    this.#memory.write(JSON.stringify(this.state));
  }
}

/** Closed by mistake, a tab is wanted back soon or never. */
const MOST_CLOSED = 20;

function isEmpty({ selection, runs }: WorkTab): boolean {
  return selection.text.trim() === '' && !runs?.length;
}

/** Whether a tab of a saved query holds another text or chart than what is saved. */
export function isUnsaved({ saved, selection, chart }: WorkTab): boolean {
  return (
    saved !== undefined &&
    (saved.sql.trim() !== selection.text.trim() || (chart !== undefined && !isSame(chart, saved.chart)))
  );
}

/** However their parts are ordered. */
function isSame(one: ChartConfig, other: ChartConfig | undefined): boolean {
  return (
    one === other ||
    JSON.stringify(ChartConfig.safeParse(one).data) === JSON.stringify(ChartConfig.safeParse(other).data)
  );
}

function newTab(id: string, number: number, text: string): WorkTab {
  return { id, number, selection: { text, from: 0, to: 0 } };
}

function startWith(tab: WorkTab): WorkTabs {
  return { tabs: [tab], current: tab.id };
}

/** What is there may be of another version of the console, or damaged: then it is as if nothing were there. */
function recall(memory: TabMemory): WorkTabs | undefined {
  try {
    const state = JSON.parse(memory.read() ?? 'null') as WorkTabs | null;
    const isWhole = state?.tabs?.every((tab) => tab.id && typeof tab.selection?.text === 'string');
    return isWhole && state?.tabs.length ? { ...state, tabs: state.tabs.map(afterReload) } : undefined;
  } catch {
    return undefined;
  }
}

/** What had not been sent when the page went, or the tab, will not be: nobody would expect it to start by itself. */
function afterReload(kept: WorkTab): WorkTab {
  const tab = { ...kept, chart: ChartConfig.safeParse(kept.chart).data };
  if (!tab.runs) return tab;
  const isLeft = ({ state }: Run) => state === 'waiting' || state === 'sending';
  return { ...tab, runs: tab.runs.map((run) => (isLeft(run) ? { ...run, state: 'notRun' } : run)) };
}
