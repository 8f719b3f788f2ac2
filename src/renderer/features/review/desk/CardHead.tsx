import styles from './CardHead.module.css';

export const CARD_TITLE_ID = 'review-title';

/** What is at hand: its title, and what else it is known by. */
export function CardHead({ title, byline }: { title: string; byline: string }) {
  return (
    <header>
      <h2 id={CARD_TITLE_ID} className={styles.title}>
        {title}
      </h2>
      <p className={styles.byline}>{byline}</p>
    </header>
  );
}
