import { NativeSelect, TextInput } from '@mantine/core';
import { TRACK_STATES } from '#shared/contract/schemas';
import { strings } from '../../strings';
import type { Lack } from './condition-draft';
import type { DraftCondition } from './draft';
import { kindOf, valuesOf } from './fields';
import { LabelInput } from './LabelInput';
import styles from './RuleBuilder.module.css';
import { scaleOf } from './scales';
import { TrackPicker } from './TrackPicker';

const words = strings.playlists;

export type Patch = Partial<Pick<DraftCondition, 'op' | 'subject' | 'value' | 'until'>>;

interface EditorProps {
  readonly condition: DraftCondition;
  readonly place: string;
  readonly lack: Lack | 'name' | 'amount' | null;
  /** The element that says what is lacking. */
  readonly lackId: string;
  readonly onEdit: (patch: Patch) => void;
}

/** What stands between field and comparison: the label of a share, the name of a tag, the track that is sounded like. */
export function SubjectEditor({ condition, place, lack, lackId, onEdit }: EditorProps) {
  const { field, subject } = condition;
  const onChange = (text: string): void => {
    onEdit({ subject: text });
  };
  const shared = { value: subject, describedBy: lackId, onChange };
  if (field === 'similarity')
    return (
      <div className={styles.value}>
        <TrackPicker {...shared} label={words.part.track(place)} invalid={lack === 'track'} />
      </div>
    );
  if (kindOf(field) === 'share')
    return (
      <div className={styles.subject}>
        <LabelInput {...shared} of={valuesOf(field)} label={words.part.label(place)} invalid={lack === 'label'} />
      </div>
    );
  if (field !== 'tag') return null;
  return (
    <TextInput
      className={styles.subject ?? ''}
      aria-label={words.part.tag(place)}
      placeholder={words.placeholders.tag}
      error={lack === 'tag'}
      aria-describedby={lackId}
      maxLength={200}
      spellCheck={false}
      value={subject}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}

/** What is compared with, by the kind of the field; nothing where it is enough that there is a value. */
export function ValueEditor(props: EditorProps) {
  const { field, op } = props.condition;
  if (op === 'present' || op === 'missing') return null;
  switch (kindOf(field)) {
    case 'state':
      return <StateValue {...props} />;
    case 'date':
      return op === 'inLast' || op === 'inLastNot' ? (
        <NumberValue {...props} unit={words.days} />
      ) : (
        <Ends {...props} One={DateValue} />
      );
    case 'share':
    case 'number':
    case 'similarity':
      return <Ends {...props} One={NumberValue} unit={words.units[scaleOf(field).unit]} />;
    case 'text':
    case 'label':
      return <TextValue {...props} />;
  }
}

interface OneProps extends EditorProps {
  readonly unit?: string;
  readonly end?: 'value' | 'until';
}

/** One value, or the two of `between`. */
function Ends({ One, ...props }: OneProps & { One: (props: OneProps) => React.ReactNode }) {
  if (props.condition.op !== 'between') return <One {...props} />;
  return (
    <>
      <One {...props} unit="" />
      <span className={styles.word}>{words.and}</span>
      <One {...props} end="until" />
    </>
  );
}

function NumberValue({ condition, place, lack, lackId, onEdit, unit = '', end = 'value' }: OneProps) {
  const text = condition[end];
  const concerned =
    lack === 'order' || lack === 'days' || ((lack === 'number' || lack === 'range') && !isFine(text, lack));
  return (
    <>
      <TextInput
        className={styles.number ?? ''}
        inputMode={unit === words.units.clock ? 'text' : 'decimal'}
        aria-label={words.part[end](place)}
        error={concerned}
        aria-describedby={lackId}
        maxLength={20}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          onEdit({ [end]: event.currentTarget.value });
        }}
      />
      {unit !== '' && <span className={styles.word}>{unit}</span>}
    </>
  );
}

/** Of two values the one that is filled in is not the one that is missing. */
const isFine = (text: string, lack: 'number' | 'range'): boolean => lack === 'number' && text.trim() !== '';

function DateValue({ condition, place, lack, lackId, onEdit, end = 'value' }: OneProps) {
  return (
    <TextInput
      type="date"
      className={styles.date ?? ''}
      aria-label={words.part[end](place)}
      error={lack === 'order' || (lack === 'date' && condition[end] === '')}
      aria-describedby={lackId}
      value={condition[end]}
      onChange={(event) => {
        onEdit({ [end]: event.currentTarget.value });
      }}
    />
  );
}

function StateValue({ condition, place, lack, lackId, onEdit }: EditorProps) {
  return (
    <NativeSelect
      aria-label={words.part.value(place)}
      error={lack !== null}
      aria-describedby={lackId}
      value={condition.value}
      onChange={(event) => {
        onEdit({ value: event.currentTarget.value });
      }}
    >
      {condition.value === '' && <option value="">…</option>}
      {TRACK_STATES.map((state) => (
        <option key={state} value={state}>
          {strings.states[state]}
        </option>
      ))}
    </NativeSelect>
  );
}

function TextValue({ condition, place, lack, lackId, onEdit }: EditorProps) {
  const { field, op, value } = condition;
  const isLabel = kindOf(field) === 'label';
  const placeholder = words.placeholders[isLabel ? 'label' : op === 'matches' ? 'expression' : 'text'];
  const invalid = lack === 'text' || lack === 'label' || lack === 'expression';
  const of = op === 'matches' ? null : valuesOf(field);
  return (
    <div className={styles.value}>
      <LabelInput
        of={of}
        label={words.part.value(place)}
        placeholder={placeholder}
        invalid={invalid}
        describedBy={lackId}
        value={value}
        onChange={(text) => {
          onEdit({ value: text });
        }}
      />
    </div>
  );
}
