import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { strings } from '../../strings';
import { findNode, type Change, type DraftRule } from './draft';
import { keyedChange } from './node-keys';
import type { Unfinished } from './playlist-draft';
import { RuleGroup, type Builder } from './RuleGroup';

const words = strings.playlists;

interface RuleBuilderProps {
  readonly rule: DraftRule;
  readonly unfinished: readonly Unfinished[];
  /** Whether all that is unfinished is marked, and not only rows that one has left. */
  readonly strict: boolean;
  readonly onChange: (rule: DraftRule) => void;
}

/** The rule as nested groups of rows, one a condition. The focus goes with what is added, moved or taken away. */
export function RuleBuilder({ rule, unfinished, strict, onChange }: RuleBuilderProps) {
  const root = useRef<HTMLElement>(null);
  const wanted = useRef<number | null>(null);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());

  useLayoutEffect(() => {
    if (wanted.current === null) return;
    focusNode(root.current, wanted.current);
    wanted.current = null;
  }, [rule]);

  const apply = useCallback(
    (change: Change): void => {
      wanted.current = change.focus;
      onChange(change.rule);
    },
    [onChange],
  );
  const builder: Builder = {
    rule,
    lackOf: (id) => {
      const lack = strict || left.has(id) ? unfinished.find(({ at }) => at === id)?.lack : undefined;
      return lack ?? null;
    },
    apply,
    edit: onChange,
    onLeave: (id) => {
      if (findNode(rule.root, id) && !left.has(id)) setLeft(new Set([...left, id]));
    },
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter that chooses a suggestion, or ends a composition, has had its effect.
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    const change = keyedChange(rule, nodeAt(event.target), event);
    if (!change) return;
    event.preventDefault();
    event.stopPropagation();
    apply(change);
  };
  return (
    <section ref={root} aria-label={words.builder} aria-description={words.keysHelp} onKeyDown={onKeyDown}>
      <RuleGroup group={rule.root} builder={builder} place="" />
    </section>
  );
}

/** The number of the node that an element belongs to. */
function nodeAt(target: EventTarget): number | null {
  const id = target instanceof Element ? target.closest('[data-node]')?.getAttribute('data-node') : null;
  return id == null ? null : Number(id);
}

/** To the first control of a node; of one that a menu has just left, once the menu has given the focus back. */
function focusNode(root: HTMLElement | null, id: number): void {
  const focus = (): void => {
    root?.querySelector<HTMLElement>(`[data-node="${id}"] select`)?.focus();
  };
  focus();
  requestAnimationFrame(focus);
}
