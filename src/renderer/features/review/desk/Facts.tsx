import { TriangleAlert } from 'lucide-react';
import type { TrackDetail } from '#shared/contract/schemas';
import { isNotMusic } from '#shared/domain/analysis';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../../strings';
import styles from './Facts.module.css';
import { heardWords, verdictWords } from './verdict-words';

const { facts } = strings.desk;

/** What was heard, what the file says, and what was decided, side by side. */
export function Facts({ row }: { row: TrackDetail }) {
  return (
    <FactList>
      <Fact name={facts.heard} strong={row.genre?.abstained === false}>
        {heardWords(row)}
      </Fact>
      <Fact name={facts.own} strong={row.disagrees}>
        {row.ownGenres.join(', ') || strings.desk.ownNone}
        {row.disagrees && (
          <TriangleAlert size={15} role="img" aria-label={strings.quickHelp.disagrees} className={styles.sign} />
        )}
      </Fact>
      {row.mood && !isNotMusic(row.content) && (
        <Fact name={facts.mood} strong={false}>
          {verdictWords(row.mood, row.content)}
        </Fact>
      )}
      {row.decision && (
        <Fact name={facts.decided} strong>
          {decidedWords(row.decision)}
        </Fact>
      )}
    </FactList>
  );
}

export const FactList = ({ children }: { children: React.ReactNode }) => <dl className={styles.facts}>{children}</dl>;

export function Fact({ name, strong, children }: { name: string; strong: boolean; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-strong={strong || undefined}>{children}</dd>
    </div>
  );
}

function decidedWords({ action, notMusic, genres, moods }: NonNullable<TrackDetail['decision']>): string {
  if (action === 'skip') return notMusic ? strings.desk.notMusic : strings.states.skipped;
  return [...genres, ...moods].map(displayLabel).join(' · ');
}
