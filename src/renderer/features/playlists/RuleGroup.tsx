import { Button, NativeSelect } from '@mantine/core';
import { FolderPlus, Plus } from 'lucide-react';
import { strings } from '../../strings';
import type { Lack } from './condition-draft';
import { ConditionRow } from './ConditionRow';
import {
  addCondition,
  addGroup,
  isGroup,
  setKind,
  type Change,
  type DraftGroup,
  type DraftNode,
  type DraftRule,
  type GroupKind,
} from './draft';
import { isIn } from './fields';
import { NodeMenu } from './NodeMenu';
import styles from './RuleBuilder.module.css';

const words = strings.playlists;
const KINDS = ['all', 'any', 'none'] as const;

/** What the parts of a rule need to show it and to change it. */
export interface Builder {
  readonly rule: DraftRule;
  /** What a condition lacks, where that is to be said already. */
  readonly lackOf: (id: number) => Lack | 'name' | 'amount' | null;
  /** A change after which one goes on elsewhere. */
  readonly apply: (change: Change) => void;
  /** A change in place. */
  readonly edit: (rule: DraftRule) => void;
  readonly onLeave: (id: number) => void;
}

interface RuleGroupProps {
  readonly group: DraftGroup;
  readonly builder: Builder;
  /** Where it is, in words: "Group 2 of 3"; empty for the whole rule. */
  readonly place: string;
}

/** Conditions and groups that hold all, any, or none; one line each. */
export function RuleGroup({ group, builder, place }: RuleGroupProps) {
  const { id, kind, children } = group;
  const isRoot = place === '';
  return (
    <div
      role="group"
      aria-label={isRoot ? words.builder : place}
      className={styles.group}
      data-root={isRoot || undefined}
    >
      <div className={styles.groupHead} data-node={id}>
        {isRoot && <span>{words.tracksOf}</span>}
        <NativeSelect
          className={styles.kind ?? ''}
          aria-label={words.part.kind(isRoot ? words.builder : place)}
          value={kind}
          onChange={({ currentTarget: { value } }) => {
            if (isIn(KINDS, value)) builder.edit(setKind(builder.rule, id, value));
          }}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {words.kinds[each]}
            </option>
          ))}
        </NativeSelect>
        {!isRoot && <NodeMenu id={id} place={place} builder={builder} />}
      </div>
      {children.length === 0 && (
        <p className={styles.nothing}>{kind === 'any' ? words.anyNothing : words.everything}</p>
      )}
      {children.length > 0 && (
        <ul className={styles.children}>
          {children.map((child, index) => (
            <Child
              key={child.id}
              node={child}
              joint={jointOf(kind, index)}
              builder={builder}
              place={placeOf(place, child, index + 1, children.length)}
            />
          ))}
        </ul>
      )}
      <div className={styles.adders}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          className={styles.adder ?? ''}
          leftSection={<Plus size={14} aria-hidden="true" />}
          aria-label={within(place, words.addConditionHelp)}
          onClick={() => {
            builder.apply(addCondition(builder.rule, id));
          }}
        >
          {words.addCondition}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          className={styles.adder ?? ''}
          leftSection={<FolderPlus size={14} aria-hidden="true" />}
          aria-label={within(place, words.addGroupHelp)}
          onClick={() => {
            builder.apply(addGroup(builder.rule, id));
          }}
        >
          {words.addGroup}
        </Button>
      </div>
    </div>
  );
}

interface ChildProps {
  readonly node: DraftNode;
  readonly joint: string;
  readonly builder: Builder;
  readonly place: string;
}

function Child({ node, joint, builder, place }: ChildProps) {
  return (
    <li className={styles.child}>
      <span className={styles.joint}>{joint}</span>
      {isGroup(node) ? (
        <RuleGroup group={node} builder={builder} place={place} />
      ) : (
        <ConditionRow condition={node} builder={builder} place={place} />
      )}
    </li>
  );
}

/** So that the rows read as a sentence. */
const jointOf = (kind: GroupKind, index: number): string => words.joints[kind][index === 0 ? 0 : 1];

const within = (place: string, what: string): string => (place === '' ? what : `${place}: ${what}`);

function placeOf(group: string, node: DraftNode, at: number, of: number): string {
  const own = isGroup(node) ? words.place.group(at, of) : words.place.rule(at, of);
  return group === '' ? own : words.place.inside(group, own);
}
