import { Checkbox, Modal, SegmentedControl, TagsInput } from '@mantine/core';
import { JOINS, LINK_HANDLING, type WritingSettings } from '#shared/domain/writing';
import { strings } from '../../strings';
import { formatCount } from '../../ui/format';
import { Choice } from './Choice';
import { GenresToWrite } from './GenresToWrite';
import styles from './settings.module.css';
import { useWriting } from './use-writing';
import { useWritingStore } from './writing-store';

const words = strings.writing;

interface Part {
  readonly settings: WritingSettings;
  readonly change: ReturnType<typeof useWriting>['change'];
}

/** How files are written, kept in the library: each setting with what other programs make of it. Changes hold at once. */
export function WritingDialog() {
  const { opened, close } = useWritingStore();
  const { settings, change } = useWriting();
  return (
    <Modal opened={opened} onClose={close} title={words.title} size={620} closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className={styles.intro}>{words.intro}</p>
      {settings && (
        <>
          <What settings={settings} change={change} />
          <GenresToWrite settings={settings} change={change} />
          <How settings={settings} change={change} />
        </>
      )}
    </Modal>
  );
}

/** Which fields and values are written. */
function What({ settings, change }: Part) {
  return (
    <section aria-label={words.what}>
      <h3 className={styles.heading}>{words.what}</h3>
      {(['neverTouchFiles', 'writeMood', 'histogramField', 'confidenceField'] as const).map((name) => (
        <Checkbox
          key={name}
          className={styles.setting}
          classNames={{ description: styles.help }}
          label={words.checks[name].label}
          description={words.checks[name].help}
          checked={settings[name]}
          onChange={(event) => {
            change({ [name]: event.currentTarget.checked });
          }}
        />
      ))}
      {(['keepGenres', 'dropGenres'] as const).map((name) => (
        <TagsInput
          key={name}
          className={styles.setting}
          classNames={{ description: styles.help }}
          label={words.lists[name].label}
          description={words.lists[name].help}
          placeholder={settings[name].length === 0 ? words.lists[name].example : ''}
          value={[...settings[name]]}
          maxTags={1000}
          acceptValueOnBlur
          onChange={(genres) => {
            change({ [name]: genres });
          }}
        />
      ))}
    </section>
  );
}

/** How the bytes come into the files. */
function How({ settings, change }: Part) {
  const { joinV23, keepMtime, links, inPlaceAboveMiB } = settings;
  return (
    <section aria-label={words.how}>
      <h3 className={styles.heading}>{words.how}</h3>
      <Checkbox
        className={styles.setting}
        classNames={{ description: styles.help }}
        label={words.checks.keepMtime.label}
        description={words.checks.keepMtime.help}
        checked={keepMtime}
        onChange={(event) => {
          change({ keepMtime: event.currentTarget.checked });
        }}
      />
      <Choice label={words.join.label} help={words.join.help}>
        <SegmentedControl
          aria-label={words.join.label}
          value={joinV23}
          data={JOINS.map((join) => ({ value: join, label: `Rock${join}Pop` }))}
          onChange={(value) => {
            change({ joinV23: value });
          }}
        />
      </Choice>
      <Choice label={words.links.label} help={words.links.help[links]}>
        <SegmentedControl
          aria-label={words.links.label}
          value={links}
          data={LINK_HANDLING.map((value) => ({ value, label: words.links.choices[value] }))}
          onChange={(value) => {
            change({ links: value });
          }}
        />
      </Choice>
      <Choice label={words.inPlace.label} help={words.inPlace.help}>
        <SegmentedControl
          aria-label={words.inPlace.label}
          value={String(inPlaceAboveMiB)}
          data={sizes(inPlaceAboveMiB).map((size) => ({ value: String(size), label: sizeLabel(size) }))}
          onChange={(value) => {
            change({ inPlaceAboveMiB: value === 'null' ? null : Number(value) });
          }}
        />
      </Choice>
    </section>
  );
}

/** The sizes to choose from, with the one that was set otherwise than here. */
const sizes = (present: number | null): (number | null)[] => [...new Set([null, 1024, 100, 0, present])];

function sizeLabel(size: number | null): string {
  if (size === null) return words.inPlace.never;
  return size === 0 ? words.inPlace.always : words.inPlace.above(formatCount(size));
}
