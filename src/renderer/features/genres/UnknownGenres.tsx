import { strings } from '../../strings';
import { formatCount } from '../../ui/format';
import styles from './GenresDialog.module.css';
import { useUnknownGenres } from './use-genres';

const words = strings.genres.unknown;

/** So many labels are shown of each kind. */
const MOST = 12;

/** Labels of the model and of files that are no genres here, worth a line of one's own. */
export function UnknownGenres() {
  const { data } = useUnknownGenres();
  if (!data || data.ofModel.length + data.ofTags.length === 0) return null;
  return (
    <section className={styles.unknown} aria-label={words.heading}>
      <h3>{words.heading}</h3>
      <dl>
        <Labels
          of={words.ofTags}
          labels={data.ofTags.map(({ label, tracks }) => `${label} (${formatCount(tracks)})`)}
        />
        <Labels of={words.ofModel} labels={data.ofModel.map(({ label }) => label)} />
      </dl>
      <p>{words.help}</p>
    </section>
  );
}

function Labels({ of, labels }: { of: string; labels: readonly string[] }) {
  if (labels.length === 0) return null;
  const more = labels.length > MOST ? ` ${words.more(labels.length - MOST)}` : '';
  return (
    <>
      <dt>{of}</dt>
      <dd>
        {labels.slice(0, MOST).join(', ')}
        {more}
      </dd>
    </>
  );
}
