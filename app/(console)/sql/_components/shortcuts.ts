/** Everything that keys can do in the workbench, in the order of its list. */
export const COMMANDS = [
  'run',
  'runAll',
  'cancel',
  'format',
  'save',
  'newTab',
  'closeTab',
  'reopenTab',
  'nextTab',
  'previousTab',
  'editor',
  'parameters',
  'result',
  'tree',
  'toggleTree',
  'shortcuts',
] as const;
export type Command = (typeof COMMANDS)[number];

export interface Keys {
  /** ⌘ on a Mac, Ctrl elsewhere. */
  mod?: boolean;
  alt?: boolean;
  shift?: boolean;
  /**
   * The place of the key, for letters: with Alt a Mac writes another character. Only letters are used that AZERTY and QWERTY
   * have in one place. Browsers keep Ctrl+T, Ctrl+W and Ctrl+Tab for themselves.
   */
  code: string;
}

export const KEYS: Record<Command, Keys> = {
  run: { mod: true, code: 'Enter' },
  runAll: { mod: true, shift: true, code: 'Enter' },
  cancel: { alt: true, shift: true, code: 'KeyC' },
  format: { alt: true, shift: true, code: 'KeyF' },
  save: { mod: true, code: 'KeyS' },
  newTab: { alt: true, shift: true, code: 'KeyN' },
  closeTab: { alt: true, shift: true, code: 'KeyX' },
  reopenTab: { alt: true, shift: true, code: 'KeyT' },
  nextTab: { alt: true, code: 'PageDown' },
  previousTab: { alt: true, code: 'PageUp' },
  editor: { alt: true, shift: true, code: 'KeyE' },
  parameters: { alt: true, shift: true, code: 'KeyP' },
  result: { alt: true, shift: true, code: 'KeyR' },
  tree: { alt: true, shift: true, code: 'KeyD' },
  toggleTree: { mod: true, code: 'KeyB' },
  shortcuts: { code: 'F1' },
};

/** What CodeMirror does by itself, for the list: nobody finds it otherwise. */
export const EDITOR_KEYS = {
  complete: { ctrl: true, code: 'Space' },
  nextProblem: { code: 'F8' },
  problems: { mod: true, shift: true, code: 'KeyM' },
  comment: { mod: true, code: 'Slash' },
  find: { mod: true, code: 'KeyF' },
  undo: { mod: true, code: 'KeyZ' },
  leave: { code: 'Tab' },
} as const satisfies Record<string, Keys & { ctrl?: boolean }>;
export type EditorCommand = keyof typeof EDITOR_KEYS;

export const TREE_KEYS = {
  insertName: { code: 'Enter' },
  sample: { shift: true, code: 'Enter' },
  actions: { shift: true, code: 'F10' },
} as const satisfies Record<string, Keys>;
export type TreeCommand = keyof typeof TREE_KEYS;

type KeyPress = Pick<KeyboardEvent, 'code' | 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** The command of a key; `isTyping` where letters are written, so that `?` is one. */
export function commandOf(press: KeyPress, isMac: boolean, isTyping: boolean): Command | undefined {
  if (press.key === '?' && !isTyping && !press.altKey && !press.ctrlKey && !press.metaKey) return 'shortcuts';
  return COMMANDS.find((command) => isPressed(press, KEYS[command], isMac));
}

function isPressed(press: KeyPress, keys: Keys, isMac: boolean): boolean {
  const [mod, other] = isMac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  const isKey = press.code === keys.code || (keys.code === 'Enter' && press.code === 'NumpadEnter');
  return (
    isKey &&
    !other &&
    mod === Boolean(keys.mod) &&
    press.altKey === Boolean(keys.alt) &&
    press.shiftKey === Boolean(keys.shift)
  );
}

const NAMES: Record<string, string> = {
  Enter: '↵',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
  Slash: '/',
};

/** How the keys are written on this person's keyboard, one by one. */
export function keyNames(keys: Keys & { ctrl?: boolean }, isMac: boolean): string[] {
  const name = NAMES[keys.code] ?? keys.code.replace(/^Key/, '');
  const held = isMac
    ? [keys.ctrl && '⌃', keys.alt && '⌥', keys.shift && '⇧', keys.mod && '⌘']
    : [(keys.mod || keys.ctrl) && 'Ctrl', keys.alt && 'Alt', keys.shift && 'Shift'];
  return [...held.filter((each) => typeof each === 'string'), name];
}
