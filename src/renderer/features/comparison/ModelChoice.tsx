import { Checkbox } from '@mantine/core';
import { MOST_COMPARED } from '#shared/contract/model-comparison';
import type { ModelEntry } from '#shared/contract/schemas';
import { strings } from '../../strings';
import styles from './ComparisonDialog.module.css';

const words = strings.comparison;

interface ModelChoiceProps {
  readonly models: readonly ModelEntry[];
  /** Ids. */
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}

/** Which models are compared; the columns keep the order of the list. */
export function ModelChoice({ models, chosen, onChoose }: ModelChoiceProps) {
  const isFull = chosen.length >= MOST_COMPARED;
  return (
    <fieldset className={styles.models}>
      <legend className={styles.legend}>{words.models}</legend>
      {models.map(({ id, version, name, chosen: inUse }) => {
        const isChosen = chosen.includes(id);
        return (
          <Checkbox
            key={id}
            size="xs"
            checked={isChosen}
            disabled={!isChosen && isFull}
            label={
              <span className={styles.model}>
                {name}
                <span className={styles.version}>
                  {id} {version}
                  {inUse && ` · ${words.chosen}`}
                </span>
              </span>
            }
            onChange={() => {
              const next = new Set(chosen);
              if (!next.delete(id)) next.add(id);
              onChoose(models.map((model) => model.id).filter((each) => next.has(each)));
            }}
          />
        );
      })}
      {isFull && models.length > MOST_COMPARED && <p className={styles.note}>{words.most(MOST_COMPARED)}</p>}
    </fieldset>
  );
}
