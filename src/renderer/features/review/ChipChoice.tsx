import { foldLabel } from '#shared/domain/vocabulary';
import { Dot } from '../../ui/Dot';
import { formatShare } from '../../ui/format';
import type { Task } from '../../ui/palette';
import styles from './ChipChoice.module.css';

interface ChipChoiceProps {
  readonly task: Task;
  readonly label: string;
  readonly options: readonly { readonly label: string; readonly share: number | null }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** Labels to press in and out. */
export function ChipChoice({ task, label, options, chosen, onChange }: ChipChoiceProps) {
  return (
    <div role="group" aria-label={label} className={styles.chips}>
      {options.map((option) => {
        const rest = chosen.filter((each) => foldLabel(each) !== foldLabel(option.label));
        const pressed = rest.length < chosen.length;
        return (
          <button
            key={option.label}
            type="button"
            aria-pressed={pressed}
            className={styles.chip}
            onClick={() => {
              onChange(pressed ? rest : [...chosen, option.label]);
            }}
          >
            <Dot task={task} label={option.label} />
            {option.label}
            {option.share !== null && <span className={styles.share}>{formatShare(option.share)}</span>}
          </button>
        );
      })}
    </div>
  );
}
