import { describe, expect, it } from 'vitest';
import { SHORTCUTS, shortcutOf } from '../../../src/renderer/features/shortcuts/shortcut-list';

const press = (key: string, modifiers = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...modifiers });

describe('shortcuts', () => {
  it.each([
    ['Enter', {}, 'accept'],
    ['e', {}, 'edit'],
    ['J', {}, 'next'],
    ['?', {}, 'help'],
    ['a', { ctrlKey: true }, 'selectAll'],
    ['a', { metaKey: true }, 'selectAll'],
    ['a', {}, null],
    ['s', { ctrlKey: true }, null],
    ['Enter', { altKey: true }, null],
  ])('%s %j', (key, modifiers, id) => {
    expect(shortcutOf(press(key, modifiers))).toBe(id);
  });

  it('give no key two meanings', () => {
    const keys = SHORTCUTS.flatMap((shortcut) => [...shortcut.keys]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
