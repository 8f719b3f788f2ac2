import {
  addCondition,
  duplicateNode,
  findNode,
  indentNode,
  isGroup,
  moveNode,
  outdentNode,
  removeNode,
  type Change,
  type DraftRule,
} from './draft';

/** What of a key event decides what it does to a node. */
export interface NodeKey {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly target: EventTarget | null;
}

/** What a key pressed in a node of the rule does; null: nothing. */
export function keyedChange(rule: DraftRule, id: number | null, event: NodeKey): Change | null {
  const node = id === null ? null : findNode(rule.root, id);
  if (!node || event.ctrlKey || event.metaKey) return null;
  if (!event.altKey) {
    const typing = event.target instanceof HTMLInputElement;
    return event.key === 'Enter' && typing && !isGroup(node) ? addCondition(rule, node.id) : null;
  }
  const changed = altKey(rule, node.id, event.key);
  return changed && changed.rule !== rule ? changed : null;
}

function altKey(rule: DraftRule, id: number, key: string): Change | null {
  switch (key) {
    case 'ArrowUp':
      return moveNode(rule, id, -1);
    case 'ArrowDown':
      return moveNode(rule, id, 1);
    case 'ArrowRight':
      return indentNode(rule, id);
    case 'ArrowLeft':
      return outdentNode(rule, id);
    case 'd':
    case 'D':
      return duplicateNode(rule, id);
    case 'Backspace':
    case 'Delete':
      return removeNode(rule, id);
    default:
      return null;
  }
}
