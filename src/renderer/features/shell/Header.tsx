import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import {
  AudioLines,
  Gauge,
  Keyboard,
  Monitor,
  Moon,
  Network,
  PenLine,
  Rows2,
  Rows3,
  Settings2,
  Sun,
} from 'lucide-react';
import type { RefObject } from 'react';
import { useFailures, useSummary } from '../../api/queries';
import { strings } from '../../strings';
import { formatCount } from '../../ui/format';
import { KeyTip } from '../../ui/KeyTip';
import { FilterField } from '../finding/FilterField';
import { useLibraryStore, type View } from '../library/library-store';
import { useModelStore } from '../models/model-store';
import { useListeningStore } from '../settings/listening-store';
import { useGenresStore } from '../genres/genres-store';
import { useWritingStore } from '../settings/writing-store';
import { shownKey } from '../shortcuts/key-store';
import styles from './Header.module.css';
import { LogOutItem } from './LogOutItem';

interface HeaderProps {
  readonly filterRef: RefObject<HTMLInputElement | null>;
  readonly onHelp: () => void;
}

/** The views, the text filter, and how the window looks. */
export function Header({ filterRef, onHelp }: HeaderProps) {
  const view = useLibraryStore((state) => state.view);
  return (
    <header className={styles.header}>
      <img src="./icon.svg" alt="" width={20} height={20} className={styles.logo} />
      <h1 className={styles.name}>{strings.app}</h1>
      <Views />
      <div className={styles.space} />
      {view === 'library' && <FilterField inputRef={filterRef} className={styles.filter} />}
      <KeyTip label="Keyboard shortcuts" keys={shownKey('help')}>
        <ActionIcon aria-label="Keyboard shortcuts" onClick={onHelp}>
          <Keyboard size={16} aria-hidden="true" />
        </ActionIcon>
      </KeyTip>
      <LookMenu />
    </header>
  );
}

function Views() {
  const { view, setView } = useLibraryStore();
  const summary = useSummary(null);
  const failures = useFailures();
  const counts: Record<View, number> = {
    library: 0,
    review: (summary.data?.quick.unreviewed ?? 0) + (summary.data?.quick['look-again'] ?? 0),
    write: summary.data?.quick.decided ?? 0,
    playlists: 0,
    insight: 0,
    evaluate: 0,
    failures: failures.data?.length ?? 0,
  };
  return (
    <nav className={styles.views} aria-label="Views of the window">
      {(['library', 'review', 'write', 'playlists', 'insight', 'evaluate', 'failures'] as const).map((each) => (
        <KeyTip key={each} label={strings.views[each]} keys={shownKey(each)}>
          <button
            type="button"
            className={styles.view}
            aria-current={view === each ? 'page' : undefined}
            onClick={() => {
              setView(each);
            }}
          >
            {strings.views[each]}
            {counts[each] > 0 && <span className={styles.count}>{formatCount(counts[each])}</span>}
          </button>
        </KeyTip>
      ))}
    </nav>
  );
}

const SCHEMES = [
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
  { value: 'auto', label: 'As the system', Icon: Monitor },
] as const;

function LookMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { density, setDensity } = useLibraryStore();
  return (
    <Menu position="bottom-end" width={208}>
      <Menu.Target>
        <ActionIcon aria-label="Appearance and models">
          <Settings2 size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Colours</Menu.Label>
        {SCHEMES.map(({ value, label, Icon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            leftSection={<Icon size={14} aria-hidden="true" />}
            rightSection={colorScheme === value ? '✓' : null}
            onClick={() => {
              setColorScheme(value);
            }}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Rows</Menu.Label>
        {(['compact', 'comfortable'] as const).map((value) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={density === value}
            leftSection={
              value === 'compact' ? <Rows3 size={14} aria-hidden="true" /> : <Rows2 size={14} aria-hidden="true" />
            }
            rightSection={density === value ? '✓' : null}
            onClick={() => {
              setDensity(value);
            }}
          >
            {value === 'compact' ? 'Compact' : 'Comfortable'}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<AudioLines size={14} aria-hidden="true" />}
          onClick={() => {
            useModelStore.getState().open();
          }}
        >
          {strings.models.menu}
        </Menu.Item>
        <Menu.Item
          leftSection={<Network size={14} aria-hidden="true" />}
          onClick={() => {
            useGenresStore.getState().open();
          }}
        >
          {strings.genres.menu}
        </Menu.Item>
        <Menu.Item
          leftSection={<PenLine size={14} aria-hidden="true" />}
          onClick={() => {
            useWritingStore.getState().open();
          }}
        >
          {strings.writing.menu}
        </Menu.Item>
        <Menu.Item
          leftSection={<Gauge size={14} aria-hidden="true" />}
          onClick={() => {
            useListeningStore.getState().open();
          }}
        >
          {strings.listening.menu}
        </Menu.Item>
        <LogOutItem />
      </Menu.Dropdown>
    </Menu>
  );
}
