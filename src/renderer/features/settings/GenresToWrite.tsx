import { Checkbox, SegmentedControl } from '@mantine/core';
import { GENRE_ORDERS, GENRE_PARENTS } from '#shared/domain/genres/to-write';
import { strings } from '../../strings';
import { formatShare } from '../../ui/format';
import { Choice } from './Choice';
import styles from './settings.module.css';
import type { useWriting } from './use-writing';

const words = strings.genres.toWrite;

interface GenresToWriteProps {
  readonly settings: NonNullable<ReturnType<typeof useWriting>['settings']>;
  readonly change: ReturnType<typeof useWriting>['change'];
}

/** How many of the genres that were heard are written, which, and in what order. */
export function GenresToWrite({ settings, change }: GenresToWriteProps) {
  const { mostGenres, leastShare, wideGenres, genreParents, genreOrder, rollUpFrom } = settings;
  const several = mostGenres > 1 || wideGenres || genreParents === 'add';
  return (
    <section aria-label={words.heading}>
      <h3 className={styles.heading}>{words.heading}</h3>
      <Choice label={words.most.label} help={words.most.help(mostGenres)}>
        <SegmentedControl
          aria-label={words.most.label}
          value={String(mostGenres)}
          data={offered([1, 2, 3, 4, 5], mostGenres).map(String)}
          onChange={(value) => {
            change({ mostGenres: Number(value) });
          }}
        />
      </Choice>
      <Checkbox
        className={styles.setting}
        classNames={{ description: styles.help }}
        label={words.wide.label}
        description={words.wide.help}
        checked={wideGenres}
        onChange={(event) => {
          change({ wideGenres: event.currentTarget.checked });
        }}
      />
      {(mostGenres > 1 || wideGenres) && (
        <Choice label={words.least.label} help={words.least.help}>
          <SegmentedControl
            aria-label={words.least.label}
            value={String(leastShare)}
            data={offered([0.05, 0.1, 0.2, 0.3, 0.5], leastShare).map((share) => ({
              value: String(share),
              label: formatShare(share),
            }))}
            onChange={(value) => {
              change({ leastShare: Number(value) });
            }}
          />
        </Choice>
      )}
      <Choice label={words.parents.label} help={words.parents.help[genreParents]}>
        <SegmentedControl
          aria-label={words.parents.label}
          value={genreParents}
          data={GENRE_PARENTS.map((value) => ({ value, label: words.parents.choices[value] }))}
          onChange={(value) => {
            change({ genreParents: value });
          }}
        />
      </Choice>
      {several && (
        <Choice label={words.order.label} help={words.order.help}>
          <SegmentedControl
            aria-label={words.order.label}
            value={genreOrder}
            data={GENRE_ORDERS.map((value) => ({ value, label: words.order.choices[value] }))}
            onChange={(value) => {
              change({ genreOrder: value });
            }}
          />
        </Choice>
      )}
      <Choice label={words.rollUp.label} help={words.rollUp.help}>
        <SegmentedControl
          aria-label={words.rollUp.label}
          value={String(rollUpFrom)}
          data={[
            { value: 'null', label: words.rollUp.never },
            ...offered([0.3, 0.4, 0.5, 0.6], rollUpFrom).map((share) => ({
              value: String(share),
              label: words.rollUp.from(share),
            })),
          ]}
          onChange={(value) => {
            change({ rollUpFrom: value === 'null' ? null : Number(value) });
          }}
        />
      </Choice>
    </section>
  );
}

/** The values to choose from, with the one that was set otherwise than here. */
const offered = (values: readonly number[], present: number | null): number[] =>
  [...new Set(present === null ? values : [...values, present])].sort((a, b) => a - b);
