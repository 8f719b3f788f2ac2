import { Checkbox, Modal, SegmentedControl } from '@mantine/core';
import { SHARES, type ListeningSettings } from '#shared/domain/listening';
import { strings } from '../../strings';
import { showError } from '../../ui/use-toasts';
import { Choice } from './Choice';
import { useListeningStore } from './listening-store';
import { minutesOf } from './minutes';
import { Providers } from './Providers';
import styles from './settings.module.css';
import { TypedSetting } from './TypedSetting';
import { useListening, type ListeningChange } from './use-listening';

const words = strings.listening;

interface Part {
  readonly settings: ListeningSettings;
  readonly change: (changes: ListeningChange) => Promise<unknown>;
}

/** How listening uses the machine, kept in the library. Changes hold at once where a running job can follow. */
export function ListeningDialog() {
  const { opened, close } = useListeningStore();
  const { settings, change } = useListening();
  return (
    <Modal opened={opened} onClose={close} title={words.title} size={620} closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className={styles.intro}>{words.intro}</p>
      {settings && (
        <>
          <Machine settings={settings} change={change} />
          <Tools settings={settings} change={change} />
          <Files settings={settings} change={change} />
        </>
      )}
    </Modal>
  );
}

function Machine({ settings, change }: Part) {
  const { share } = settings;
  return (
    <section aria-label={words.machine}>
      <h3 className={styles.heading}>{words.machine}</h3>
      <Choice label={words.share.label} help={words.share.help[share]}>
        <SegmentedControl
          aria-label={words.share.label}
          value={share}
          data={SHARES.map((value) => ({ value, label: words.share.choices[value] }))}
          onChange={(value) => {
            change({ share: value }).catch(showError);
          }}
        />
      </Choice>
      <Switches names={['yieldToWindow', 'pauseOnBattery']} settings={settings} change={change} />
    </section>
  );
}

function Tools({ settings, change }: Part) {
  const { provider, ffmpegPath } = settings;
  return (
    <section aria-label={words.tools}>
      <h3 className={styles.heading}>{words.tools}</h3>
      <TypedSetting
        label={words.provider.label}
        help={words.provider.help}
        value={provider}
        keep={(text) => change({ provider: text.toLowerCase() || 'auto' })}
      />
      <Providers />
      <TypedSetting
        label={words.ffmpeg.label}
        help={words.ffmpeg.help}
        placeholder={words.ffmpeg.none}
        value={ffmpegPath ?? ''}
        keep={(text) => change({ ffmpegPath: text || null })}
      />
    </section>
  );
}

function Files({ settings, change }: Part) {
  const { maxFileMinutes, timeoutMinutes } = settings;
  return (
    <section aria-label={words.files}>
      <h3 className={styles.heading}>{words.files}</h3>
      <Switches names={['quickFirst']} settings={settings} change={change} />
      <TypedSetting
        label={words.longest.label}
        help={words.longest.help}
        placeholder={words.longest.none}
        value={maxFileMinutes === null ? '' : String(maxFileMinutes)}
        keep={async (text) => change({ maxFileMinutes: text === '' ? null : minutesOf(text) })}
      />
      <TypedSetting
        label={words.timeout.label}
        help={words.timeout.help}
        value={String(timeoutMinutes)}
        keep={async (text) => change({ timeoutMinutes: minutesOf(text) })}
      />
    </section>
  );
}

function Switches({
  names,
  settings,
  change,
}: Part & { names: readonly ('yieldToWindow' | 'pauseOnBattery' | 'quickFirst')[] }) {
  return names.map((name) => (
    <Checkbox
      key={name}
      className={styles.setting}
      classNames={{ description: styles.help }}
      label={words.checks[name].label}
      description={words.checks[name].help}
      checked={settings[name]}
      onChange={(event) => {
        change({ [name]: event.currentTarget.checked }).catch(showError);
      }}
    />
  ));
}
