import styles from './InsightView.module.css';

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** The parts of a view, one of them shown. */
export function Tabs<T extends string>({ label, tabs, value, onChange }: TabsProps<T>) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((each) => (
        <button
          key={each.value}
          type="button"
          className={styles.tab}
          aria-current={each.value === value ? 'true' : undefined}
          onClick={() => {
            onChange(each.value);
          }}
        >
          {each.label}
        </button>
      ))}
    </nav>
  );
}
