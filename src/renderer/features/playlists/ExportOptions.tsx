import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ExportTargetInfo } from '#shared/contract/playlist-export';
import { DEFAULT_PATH_OPTIONS, type PathOptions } from '#shared/domain/playlists/targets';
import { strings } from '../../strings';
import { changedLine, withLine, withoutLine, type PathMap } from './export-draft';
import styles from './ExportDialog.module.css';
import { isIn } from './fields';

const words = strings.playlists.exporting;

interface ExportOptionsProps {
  readonly options: PathOptions;
  /** Those that matter to the target. */
  readonly shown: ExportTargetInfo['options'];
  readonly onChange: (options: PathOptions) => void;
}

/** How tracks are named in the file: what matters to the target, and nothing where nothing does. */
export function ExportOptions({ options, shown, onChange }: ExportOptionsProps) {
  const has = (option: ExportTargetInfo['options'][number]): boolean => shown.includes(option);
  const edit = (patch: Partial<PathOptions>): void => {
    onChange({ ...options, ...patch });
  };
  const [open, setOpen] = useState(!isUsual(options));
  if (shown.length === 0) return null;
  return (
    <details
      className={styles.options}
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{words.paths}</summary>
      <div className={styles.choices}>
        {has('paths') && (
          <Choice
            name="paths"
            values={['relative', 'absolute']}
            value={options.paths}
            onChange={(paths) => {
              edit({ paths });
            }}
          />
        )}
        {has('separators') && (
          <Choice
            name="separators"
            values={['forward', 'native']}
            value={options.separators}
            onChange={(separators) => {
              edit({ separators });
            }}
          />
        )}
        {has('unicode') && (
          <Choice
            name="unicode"
            values={['as-is', 'NFC', 'NFD']}
            value={options.unicode}
            onChange={(unicode) => {
              edit({ unicode });
            }}
          />
        )}
        {has('lineEnds') && (
          <Choice
            name="lineEnds"
            values={['lf', 'crlf']}
            value={options.lineEnds}
            onChange={(lineEnds) => {
              edit({ lineEnds });
            }}
          />
        )}
      </div>
      {has('base') && options.paths === 'relative' && (
        <TextInput
          label={words.base}
          description={words.baseHelp}
          spellCheck={false}
          maxLength={4096}
          value={options.base ?? ''}
          onChange={(event) => {
            edit({ base: event.currentTarget.value === '' ? null : event.currentTarget.value });
          }}
        />
      )}
      {has('bom') && (
        <Checkbox
          label={words.bom}
          checked={options.bom}
          onChange={(event) => {
            edit({ bom: event.currentTarget.checked });
          }}
        />
      )}
      {has('map') && (
        <Mapping
          map={options.map}
          onChange={(map) => {
            edit({ map });
          }}
        />
      )}
    </details>
  );
}

/** What differs from the usual is in sight from the beginning. */
const isUsual = (options: PathOptions): boolean => JSON.stringify(options) === JSON.stringify(DEFAULT_PATH_OPTIONS);

type ChoiceName = keyof typeof words.choices;

interface ChoiceProps<T extends string> {
  readonly name: ChoiceName;
  readonly values: readonly T[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ name, values, value, onChange }: ChoiceProps<T>) {
  const named = words.choices[name] as Readonly<Record<string, string>>;
  return (
    <NativeSelect
      label={named['label']}
      value={value}
      onChange={(event) => {
        if (isIn(values, event.currentTarget.value)) onChange(event.currentTarget.value);
      }}
    >
      {values.map((each) => (
        <option key={each} value={each}>
          {named[each]}
        </option>
      ))}
    </NativeSelect>
  );
}

/** Beginnings of paths that are called otherwise where the player runs. */
function Mapping({ map, onChange }: { map: PathMap; onChange: (map: PathMap) => void }) {
  return (
    <div role="group" aria-label={words.map} className={styles.map}>
      <p>
        {words.map} <span className={styles.help}>{words.mapHelp}</span>
      </p>
      {map.map((line, index) => (
        // Lines have no name of their own; they only ever come and go at a place.
        <div key={index} className={styles.mapLine}>
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              aria-label={words.mapEnds[end](index + 1)}
              placeholder={words.mapHints[end]}
              spellCheck={false}
              maxLength={4096}
              value={line[end]}
              onChange={(event) => {
                onChange(changedLine(map, index, { [end]: event.currentTarget.value }));
              }}
            />
          ))}
          <ActionIcon
            size={24}
            aria-label={words.mapRemove(index + 1)}
            onClick={() => {
              onChange(withoutLine(map, index));
            }}
          >
            <Minus size={14} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<Plus size={14} aria-hidden="true" />}
        onClick={() => {
          onChange(withLine(map));
        }}
      >
        {words.mapAdd}
      </Button>
    </div>
  );
}
