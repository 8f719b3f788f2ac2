import { useQuery } from '@tanstack/react-query';
import type { MatesOf } from '#shared/contract/review';
import type { TrackDetail } from '#shared/contract/schemas';
import { useConnection } from '../../../api/connection-context';
import { strings } from '../../../strings';
import { GroupNote } from '../share/GroupNote';
import { ShareButton } from '../share/ShareButton';
import { contextOptions, similarOptions } from '../share/share-queries';
import styles from './Side.module.css';

/** What stands around the track: its album, its artist, and what sounds like it. */
export function Side({ row, share }: { row: TrackDetail; share: (of: MatesOf, genre?: string) => void }) {
  const connection = useConnection();
  const context = useQuery(contextOptions(connection, row.id));
  const similar = useQuery(similarOptions(connection, row.id));
  return (
    <aside className={styles.side} aria-label={strings.share.around}>
      {(['album', 'artist'] as const).map((of) => {
        const group = context.data?.[of];
        return (
          group && (
            <GroupNote
              key={of}
              of={of}
              group={group}
              onTake={(genre) => {
                share(of, genre);
              }}
            >
              <ShareButton
                of={of}
                onClick={() => {
                  share(of);
                }}
              />
            </GroupNote>
          )
        );
      })}
      {similar.data && (
        <section aria-label={strings.share.headings.similar}>
          <h3 className={styles.heading}>{strings.share.headings.similar}</h3>
          <p className={styles.text}>{strings.share.similar(similar.data.total)}</p>
          {similar.data.total > 0 && (
            <ShareButton
              of="similar"
              onClick={() => {
                share('similar');
              }}
            />
          )}
        </section>
      )}
    </aside>
  );
}
