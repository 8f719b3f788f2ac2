import { ActionIcon, NativeSelect } from '@mantine/core';
import { Minus, Plus } from 'lucide-react';
import { memo, useId, type FocusEvent } from 'react';
import { readPattern } from '#shared/domain/playlists/safe-pattern';
import { strings } from '../../strings';
import type { Lack } from './condition-draft';
import { addCondition, changeCondition, removeNode, setField, type DraftCondition } from './draft';
import { FIELD_GROUPS, FIELDS, isIn, operatorsOf, type FieldGroup } from './fields';
import { NodeMenu } from './NodeMenu';
import styles from './RuleBuilder.module.css';
import type { Builder } from './RuleGroup';
import { scaleOf, writeScaled } from './scales';
import { SubjectEditor, ValueEditor, type Patch } from './ValueEditor';

const words = strings.playlists;

interface ConditionRowProps {
  readonly condition: DraftCondition;
  readonly builder: Builder;
  readonly place: string;
}

/** One condition: what it is about, how it is compared, with what; and beside it what is wrong. */
export function ConditionRow({ condition, builder, place }: ConditionRowProps) {
  const { id, field, op } = condition;
  const lackId = useId();
  const lack = builder.lackOf(id);
  const edit = (patch: Patch): void => {
    builder.edit(changeCondition(builder.rule, id, patch));
  };
  const onBlur = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) builder.onLeave(id);
  };
  const shared = { condition, place, lack, lackId, onEdit: edit };
  return (
    <div role="group" aria-label={place} data-node={id} className={styles.condition} onBlur={onBlur}>
      <NativeSelect
        className={styles.field ?? ''}
        aria-label={words.part.field(place)}
        value={field}
        onChange={({ currentTarget: { value } }) => {
          if (isIn(FIELDS, value)) builder.edit(setField(builder.rule, id, value));
        }}
      >
        <FieldOptions />
      </NativeSelect>
      <SubjectEditor {...shared} />
      <NativeSelect
        className={styles.op ?? ''}
        aria-label={words.part.op(place)}
        value={op}
        onChange={({ currentTarget: { value } }) => {
          const chosen = operatorsOf(field, op).find((each) => each === value);
          if (chosen) edit({ op: chosen });
        }}
      >
        {operatorsOf(field, op).map((each) => (
          <option key={each} value={each}>
            {words.ops[each]}
          </option>
        ))}
      </NativeSelect>
      <ValueEditor {...shared} />
      <span className={styles.rowActions}>
        <ActionIcon
          size={24}
          aria-label={words.part.add(place)}
          onClick={() => {
            builder.apply(addCondition(builder.rule, id));
          }}
        >
          <Plus size={14} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon
          size={24}
          aria-label={words.part.remove(place)}
          onClick={() => {
            builder.apply(removeNode(builder.rule, id));
          }}
        >
          <Minus size={14} aria-hidden="true" />
        </ActionIcon>
        <NodeMenu id={id} place={place} builder={builder} />
      </span>
      <span id={lackId} className={styles.lack}>
        {lack && lackWords(lack, condition)}
      </span>
    </div>
  );
}

/** The same list in every row. */
const FieldOptions = memo(function FieldOptions() {
  return (Object.keys(FIELD_GROUPS) as FieldGroup[]).map((group) => (
    <optgroup key={group} label={words.groups[group]}>
      {FIELD_GROUPS[group].map((field) => (
        <option key={field} value={field}>
          {words.fields[field]}
        </option>
      ))}
    </optgroup>
  ));
});

function lackWords(lack: Lack | 'name' | 'amount', { field, value }: DraftCondition): string {
  if (lack === 'expression') {
    const read = readPattern(value);
    if ('problem' in read) return read.problem;
  }
  if (lack !== 'range') return words.lacks[lack];
  const scale = scaleOf(field);
  return words.outside(writeScaled(scale.least, scale), writeScaled(scale.most, scale));
}
