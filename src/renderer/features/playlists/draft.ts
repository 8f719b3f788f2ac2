import { kindOf, OPERATORS, type Field, type Operator } from './fields';

/** A rule on its way: what is typed stays as it was typed, finished or not. Nodes are known by number, so that the window can follow them. */
export interface DraftGroup {
  readonly id: number;
  readonly kind: GroupKind;
  readonly children: readonly DraftNode[];
}
export type GroupKind = 'all' | 'any' | 'none';

export interface DraftCondition {
  readonly id: number;
  readonly field: Field;
  readonly op: Operator;
  /** The label that a share is of, the name of a tag, the path of the track that is sounded like. */
  readonly subject: string;
  /** As typed, in the unit in which it is shown. */
  readonly value: string;
  /** The other end of `between`. */
  readonly until: string;
}

export type DraftNode = DraftGroup | DraftCondition;

/** A rule with the number that its next node gets. */
export interface DraftRule {
  readonly root: DraftGroup;
  readonly nextId: number;
}

/** A changed rule, and the node where one goes on. */
export interface Change {
  readonly rule: DraftRule;
  readonly focus: number;
}

export const isGroup = (node: DraftNode): node is DraftGroup => 'children' in node;

export const emptyRule: DraftRule = { root: { id: 0, kind: 'all', children: [] }, nextId: 1 };

const newCondition = (id: number, field: Field = 'genre'): DraftCondition => ({
  id,
  field,
  op: OPERATORS[kindOf(field)][0] ?? 'is',
  subject: '',
  value: kindOf(field) === 'similarity' ? '70' : '',
  until: '',
});

export function findNode(node: DraftNode, id: number): DraftNode | null {
  if (node.id === id) return node;
  if (!isGroup(node)) return null;
  for (const child of node.children) {
    const found = findNode(child, id);
    if (found) return found;
  }
  return null;
}

export function parentOf(group: DraftGroup, id: number): DraftGroup | null {
  for (const child of group.children) {
    if (child.id === id) return group;
    const found = isGroup(child) ? parentOf(child, id) : null;
    if (found) return found;
  }
  return null;
}

/** The group with other children in the group of this number. */
function withChildren(
  group: DraftGroup,
  id: number,
  change: (children: readonly DraftNode[]) => readonly DraftNode[],
): DraftGroup {
  if (group.id === id) return { ...group, children: change(group.children) };
  return {
    ...group,
    children: group.children.map((child) => (isGroup(child) ? withChildren(child, id, change) : child)),
  };
}

/** Puts nodes in the place of one; none: takes it away. */
function replaced(rule: DraftRule, id: number, by: (node: DraftNode) => readonly DraftNode[]): DraftRule {
  const parent = parentOf(rule.root, id);
  if (!parent) return rule;
  return {
    ...rule,
    root: withChildren(rule.root, parent.id, (children) =>
      children.flatMap((child) => (child.id === id ? by(child) : [child])),
    ),
  };
}

/** A new condition after a node, or last in a group; it is about what its neighbour is about. */
export function addCondition(rule: DraftRule, at: number): Change {
  const { root, nextId } = rule;
  const node = findNode(root, at) ?? root;
  const condition = newCondition(nextId, isGroup(node) ? undefined : node.field);
  const grown = { ...rule, nextId: nextId + 1 };
  if (isGroup(node))
    return {
      rule: { ...grown, root: withChildren(root, node.id, (children) => [...children, condition]) },
      focus: nextId,
    };
  return { rule: replaced(grown, at, (child) => [child, condition]), focus: nextId };
}

/** A new group with one condition in it, last in a group. */
export function addGroup(rule: DraftRule, groupId: number): Change {
  const { root, nextId } = rule;
  const parent = findNode(root, groupId);
  const kind = parent && isGroup(parent) ? otherKind(parent.kind) : 'any';
  const group: DraftGroup = { id: nextId, kind, children: [newCondition(nextId + 1)] };
  return {
    rule: { nextId: nextId + 2, root: withChildren(root, groupId, (children) => [...children, group]) },
    focus: nextId + 1,
  };
}

/** A group in a group of its own kind would say nothing new. */
const otherKind = (kind: GroupKind): GroupKind => (kind === 'any' ? 'all' : 'any');

/** Takes a node away; one goes on at the one after it, else before it, else at the group. */
export function removeNode(rule: DraftRule, id: number): Change {
  const parent = parentOf(rule.root, id);
  if (!parent) return { rule, focus: id };
  const index = parent.children.findIndex((child) => child.id === id);
  const focus = (parent.children[index + 1] ?? parent.children[index - 1] ?? parent).id;
  return { rule: replaced(rule, id, () => []), focus };
}

/** A copy of a node after it. */
export function duplicateNode(rule: DraftRule, id: number): Change {
  const node = findNode(rule.root, id);
  if (!node || node.id === rule.root.id) return { rule, focus: id };
  const [copy, nextId] = renumbered(node, rule.nextId);
  return { rule: { ...replaced(rule, id, (child) => [child, copy]), nextId }, focus: copy.id };
}

function renumbered(node: DraftNode, from: number): [DraftNode, number] {
  if (!isGroup(node)) return [{ ...node, id: from }, from + 1];
  let next = from + 1;
  const children = node.children.map((child) => {
    const [copy, after] = renumbered(child, next);
    next = after;
    return copy;
  });
  return [{ ...node, id: from, children }, next];
}

/** One place up or down among its neighbours. */
export function moveNode(rule: DraftRule, id: number, step: -1 | 1): Change {
  const parent = parentOf(rule.root, id);
  const from = parent?.children.findIndex((child) => child.id === id) ?? -1;
  const node = parent?.children[from];
  if (!parent || !node || !parent.children[from + step]) return { rule, focus: id };
  const children = parent.children.toSpliced(from, 1).toSpliced(from + step, 0, node);
  return { rule: { ...rule, root: withChildren(rule.root, parent.id, () => children) }, focus: id };
}

/** Into the group right before it; where there is none, into a group of its own. */
export function indentNode(rule: DraftRule, id: number): Change {
  const parent = parentOf(rule.root, id);
  const node = findNode(rule.root, id);
  if (!parent || !node) return { rule, focus: id };
  const before = parent.children[parent.children.findIndex((child) => child.id === id) - 1];
  if (before && isGroup(before)) {
    const without = replaced(rule, id, () => []);
    return {
      rule: { ...without, root: withChildren(without.root, before.id, (children) => [...children, node]) },
      focus: id,
    };
  }
  const group = (child: DraftNode): DraftGroup => ({
    id: rule.nextId,
    kind: otherKind(parent.kind),
    children: [child],
  });
  return { rule: { ...replaced(rule, id, (child) => [group(child)]), nextId: rule.nextId + 1 }, focus: id };
}

/** Out of its group, to the place after it; a group that is empty then goes. */
export function outdentNode(rule: DraftRule, id: number): Change {
  const parent = parentOf(rule.root, id);
  const node = findNode(rule.root, id);
  if (!parent || !node || parent.id === rule.root.id) return { rule, focus: id };
  const without = replaced(rule, id, () => []);
  const left = parent.children.length > 1;
  return { rule: replaced(without, parent.id, (group) => (left ? [group, node] : [node])), focus: id };
}

export const setKind = (rule: DraftRule, groupId: number, kind: GroupKind): DraftRule =>
  changed(rule, groupId, (node) => (isGroup(node) ? { ...node, kind } : node));

export const changeCondition = (
  rule: DraftRule,
  id: number,
  patch: Partial<Pick<DraftCondition, 'op' | 'subject' | 'value' | 'until'>>,
): DraftRule => changed(rule, id, (node) => (isGroup(node) ? node : { ...node, ...patch }));

/** Another field: what was typed stays where it means the same there. */
export function setField(rule: DraftRule, id: number, field: Field): DraftRule {
  return changed(rule, id, (node) => {
    if (isGroup(node)) return node;
    const fresh = newCondition(id, field);
    if (kindOf(field) !== kindOf(node.field)) return fresh;
    // A number of one unit is none of another.
    const value = kindOf(field) === 'number' ? fresh.value : node.value;
    return { ...node, field, value, until: kindOf(field) === 'number' ? '' : node.until };
  });
}

function changed(rule: DraftRule, id: number, change: (node: DraftNode) => DraftNode): DraftRule {
  const walk = (node: DraftNode): DraftNode => {
    if (node.id === id) return change(node);
    return isGroup(node) ? { ...node, children: node.children.map(walk) } : node;
  };
  return { ...rule, root: walk(rule.root) as DraftGroup };
}
