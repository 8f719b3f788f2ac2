import styles from './ReviewView.module.css';

/** In the place of what is on its way, or why it does not come. */
export function Waiting({ error }: { error: Error | null }) {
  return <div className={styles.waiting}>{error && <p role="alert">{error.message}</p>}</div>;
}
