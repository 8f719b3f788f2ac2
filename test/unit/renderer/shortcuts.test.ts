import { describe, expect, it } from 'vitest';
import {
  activeKeys,
  conflictOf,
  DEFAULT_BINDINGS,
  isSingleCharacter,
  keyName,
  keyParts,
  SHORTCUTS,
  shortcutOf,
  type Bindings,
  type Shortcut,
} from '../../../src/renderer/features/shortcuts/shortcut-list';

const press = (key: string, modifiers = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...modifiers,
});
const LIST: readonly Shortcut[] = SHORTCUTS;

describe('shortcuts', () => {
  it.each([
    ['Enter', {}, 'accept'],
    ['Enter', { shiftKey: true }, 'acceptTwo'],
    ['e', {}, 'edit'],
    ['J', { shiftKey: true }, 'next'],
    ['ArrowDown', { shiftKey: true }, 'next'],
    ['?', { shiftKey: true }, 'help'],
    ['a', { ctrlKey: true }, 'selectAll'],
    ['a', { metaKey: true }, 'selectAll'],
    ['x', {}, null],
    ['s', { ctrlKey: true }, null],
    ['Enter', { altKey: true }, null],
    ['Shift', { shiftKey: true }, null],
  ])('%s %j', (key, modifiers, id) => {
    expect(shortcutOf(press(key, modifiers))).toBe(id);
  });

  it('give no key two meanings at the same place', () => {
    for (const view of [undefined, 'review']) {
      const keys = LIST.filter((shortcut) => shortcut.view === view).flatMap((shortcut) => [...shortcut.keys]);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('let a view have digits of its own', () => {
    expect(shortcutOf(press('1'), DEFAULT_BINDINGS, 'review')).toBe('label');
    expect(shortcutOf(press('1'), DEFAULT_BINDINGS, 'library')).toBe('library');
    expect(shortcutOf(press('9'), DEFAULT_BINDINGS, 'library')).toBeNull();
  });
});

describe('keys of one’s own', () => {
  const bindings: Bindings = { bound: { skip: ['Mod+Shift+x'], undo: ['z'] }, singleKeys: true };

  it('take the place of the default ones', () => {
    expect(shortcutOf(press('X', { ctrlKey: true, shiftKey: true }), bindings)).toBe('skip');
    expect(shortcutOf(press('s'), bindings)).toBeNull();
    expect(shortcutOf(press('z'), bindings)).toBe('undo');
  });

  it('are told to be taken, wherever they hold', () => {
    expect(conflictOf('z', 'skip', bindings)?.id).toBe('undo');
    expect(conflictOf('z', 'undo', bindings)).toBeNull();
    expect(conflictOf('s', 'undo', bindings)).toBeNull();
    expect(conflictOf('5', 'skip', bindings)?.id).toBe('label');
  });

  it('of a single character can be switched off, and the others go on', () => {
    const off = { ...bindings, singleKeys: false };
    for (const key of ['z', 'e', '?', '1', '/']) expect(shortcutOf(press(key), off)).toBeNull();
    expect(shortcutOf(press('Enter'), off)).toBe('accept');
    expect(shortcutOf(press('ArrowDown'), off)).toBe('next');
    expect(shortcutOf(press('X', { ctrlKey: true, shiftKey: true }), off)).toBe('skip');
    expect(activeKeys('next', off)).toEqual(['ArrowDown']);
  });

  it.each([
    ['e', true],
    ['Shift+e', true],
    ['?', true],
    ['+', true],
    ['Enter', false],
    ['Mod+a', false],
    ['Alt+1', false],
  ])('%s is a single character: %s', (name, single) => {
    expect(isSingleCharacter(name)).toBe(single);
  });

  it('have names that tell modifiers apart, and are shown as they stand on the keys', () => {
    expect(keyName(press('X', { ctrlKey: true, altKey: true, shiftKey: true }))).toBe('Mod+Alt+Shift+x');
    expect(keyName(press('?', { shiftKey: true }))).toBe('?');
    expect(keyName(press('Control', { ctrlKey: true }))).toBeNull();
    expect(keyParts('Mod+Alt+Shift+x')).toEqual(['Ctrl', 'Alt', '⇧', 'X']);
    expect(keyParts('Mod+a', true)).toEqual(['⌘', 'A']);
    expect(keyParts('+')).toEqual(['+']);
    expect(keyParts('Mod++')).toEqual(['Ctrl', '+']);
  });
});
