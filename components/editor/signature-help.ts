import { type Extension, Prec, StateEffect, StateField } from '@codemirror/state';
import { type EditorView, keymap, showTooltip, type Tooltip, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { type CallAt, callAt } from '@/lib/languages/trino-sql/editing/cursor-context.ts';
import { TRINO_FUNCTIONS } from '@/lib/languages/trino-sql/functions/trino-functions.ts';
import type { EditorKnowledge } from './completion-source';
import { functionCard } from './fact-card';
import { statementAround } from './statement-around';

/** After the last key: the line is read once the person pauses, and never between two letters. */
const PAUSE_MS = 80;

const setCall = StateEffect.define<CallAt | undefined>();
const hideCall = StateEffect.define<null>();

interface Shown {
  call: CallAt | undefined;
  /** The bracket of a call whose help was sent away. */
  hidden: number | undefined;
}

/** Shows, within the brackets of a function, which parameter is being written; Escape sends it away. */
export function signatureHelp(knowledge: EditorKnowledge): Extension {
  const field = StateField.define<Shown>({
    create: () => ({ call: undefined, hidden: undefined }),
    update(shown, transaction) {
      let next = shown;
      for (const effect of transaction.effects) {
        if (effect.is(setCall)) next = { call: effect.value, hidden: effect.value ? next.hidden : undefined };
        if (effect.is(hideCall)) next = { call: undefined, hidden: next.call?.open };
      }
      return next;
    },
    provide: (own) => showTooltip.from(own, ({ call, hidden }) => tooltip(call, hidden, knowledge)),
  });
  const follower = ViewPlugin.define((view) => new Follower(view));
  const hide = (view: EditorView) => {
    if (!view.state.field(field).call) return false;
    view.dispatch({ effects: hideCall.of(null) });
    return true;
  };
  return [field, follower, Prec.low(keymap.of([{ key: 'Escape', run: hide }]))];
}

function tooltip(call: CallAt | undefined, hidden: number | undefined, { words }: EditorKnowledge): Tooltip | null {
  const described = call && call.open !== hidden ? TRINO_FUNCTIONS.get(call.name) : undefined;
  if (!call || !described) return null;
  return {
    pos: call.open,
    above: true,
    strictSide: false,
    create: () => ({ dom: functionCard(described, words(), call.argument) }),
  };
}

class Follower {
  readonly #view: EditorView;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView) {
    this.#view = view;
  }

  update(update: ViewUpdate): void {
    if (!update.docChanged && !update.selectionSet && !update.focusChanged) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), PAUSE_MS);
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    const { state, hasFocus } = this.#view;
    const { head, empty } = state.selection.main;
    const statement = statementAround(state, head);
    const call = hasFocus && empty ? callAt(statement.sql, head - statement.from) : undefined;
    const placed = call ? { ...call, open: call.open + statement.from } : undefined;
    this.#view.dispatch({ effects: setCall.of(placed) });
  }
}
