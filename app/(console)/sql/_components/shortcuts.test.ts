import { describe, expect, it } from 'vitest';
import { COMMANDS, commandOf, EDITOR_KEYS, KEYS, keyNames } from './shortcuts';

const press = (change: Partial<Parameters<typeof commandOf>[0]>) => ({
  code: '',
  key: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...change,
});

describe('commandOf', () => {
  it('knows the keys of each platform', () => {
    expect(commandOf(press({ code: 'Enter', ctrlKey: true }), false, true)).toBe('run');
    expect(commandOf(press({ code: 'Enter', metaKey: true }), true, true)).toBe('run');
    expect(commandOf(press({ code: 'Enter', ctrlKey: true }), true, true)).toBeUndefined();
    expect(commandOf(press({ code: 'NumpadEnter', ctrlKey: true, shiftKey: true }), false, true)).toBe('runAll');
    // A Mac writes Í with these: the place of the key decides.
    expect(commandOf(press({ code: 'KeyF', key: 'Ï', altKey: true, shiftKey: true }), true, true)).toBe('format');
  });

  it('leaves letters to those who write', () => {
    expect(commandOf(press({ code: 'Slash', key: '?', shiftKey: true }), false, true)).toBeUndefined();
    expect(commandOf(press({ code: 'Slash', key: '?', shiftKey: true }), false, false)).toBe('shortcuts');
    expect(commandOf(press({ code: 'F1', key: 'F1' }), false, true)).toBe('shortcuts');
    // AltGr on Windows is Ctrl+Alt: `€` and `|` must stay characters.
    expect(commandOf(press({ code: 'KeyE', ctrlKey: true, altKey: true }), false, true)).toBeUndefined();
  });

  it('gives no two commands the same keys', () => {
    const all = [...COMMANDS.map((command) => KEYS[command]), ...Object.values(EDITOR_KEYS)];
    expect(new Set(all.map((keys) => keyNames(keys, false).join('+'))).size).toBe(all.length);
  });
});

it('writes keys as they are on the keyboard', () => {
  expect(keyNames(KEYS.runAll, true)).toEqual(['⇧', '⌘', '↵']);
  expect(keyNames(KEYS.runAll, false)).toEqual(['Ctrl', 'Shift', '↵']);
  expect(keyNames(EDITOR_KEYS.complete, true)).toEqual(['⌃', 'Space']);
});
