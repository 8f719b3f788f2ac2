import { Button, Loader, Modal } from '@mantine/core';
import { Check, FolderPlus, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ModelEntry, ModelProblem } from '#shared/contract/schemas';
import { useModels } from '../../api/queries';
import { strings } from '../../strings';
import { baseName, formatCount } from '../../ui/format';
import { useModelStore } from './model-store';
import styles from './ModelsDialog.module.css';
import { useModelActions, type ModelActions } from './use-model-actions';

/** The models that can listen: one is in use, packs of others come and go, and what is broken says why. */
export function ModelsDialog() {
  const { opened, close } = useModelStore();
  const shelf = useModels().data;
  const actions = useModelActions();
  const fixed = shelf?.chosen.by === 'command-line';
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={strings.models.title}
      size={640}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={styles.intro}>{fixed ? strings.models.commandLine : strings.models.intro}</p>
      {shelf?.chosen.problem && (
        <p className={styles.broken}>
          {strings.models.broken(shelf.chosen.id)} {shelf.chosen.problem.message}
        </p>
      )}
      <ul className={styles.list} aria-label={strings.models.title}>
        {shelf?.models.map((model) => (
          <Entry key={model.dir} model={model} fixed={fixed} actions={actions} />
        ))}
      </ul>
      {shelf && shelf.problems.length > 0 && (
        <section aria-label={strings.models.problems}>
          <h3 className={styles.heading}>{strings.models.problems}</h3>
          <ul className={styles.list}>
            {shelf.problems.map((problem) => (
              <Problem key={problem.dir} problem={problem} own={shelf.folder} actions={actions} />
            ))}
          </ul>
        </section>
      )}
      <footer className={styles.footer}>
        <span className={styles.folder}>{shelf && strings.models.folder(shelf.folder)}</span>
        <Button
          variant="default"
          leftSection={actions.adding ? <Loader size={14} /> : <FolderPlus size={14} aria-hidden="true" />}
          disabled={actions.busy}
          onClick={actions.add}
        >
          {actions.adding ? strings.models.adding : strings.models.add}
        </Button>
      </footer>
    </Modal>
  );
}

function Entry({ model, fixed, actions }: { model: ModelEntry; fixed: boolean; actions: ModelActions }) {
  const { id, version, name, outputs, input, ensemble, license, dir, chosen, removable } = model;
  const heard = outputs.map(({ task, labels }) => {
    const words = strings.models.tasks[task] ?? task;
    return labels.length > 2 ? `${words} (${formatCount(labels.length)})` : words;
  });
  return (
    <li className={styles.entry} data-chosen={chosen || undefined}>
      <div className={styles.about}>
        <p className={styles.name}>{name}</p>
        <p className={styles.facts}>
          {id} {version} · {heard.join(', ')}
        </p>
        {ensemble && <p className={styles.facts}>{strings.models.ensemble(ensemble)}</p>}
        <p className={styles.facts}>{input ? `${license} · ${strings.models.input(input)}` : license}</p>
        <p className={styles.path}>{dir}</p>
      </div>
      <div className={styles.buttons}>
        {chosen ? (
          <span className={styles.chosen}>
            <Check size={14} aria-hidden="true" /> {strings.models.chosen}
          </span>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${strings.models.choose} ${name}`}
            disabled={actions.busy || fixed}
            onClick={() => {
              actions.choose(id, name);
            }}
          >
            {strings.models.choose}
          </Button>
        )}
        {removable && !chosen && <Remove id={id} name={name} actions={actions} />}
      </div>
    </li>
  );
}

function Problem({ problem, own, actions }: { problem: ModelProblem; own: string; actions: ModelActions }) {
  const folder = baseName(problem.dir);
  return (
    <li className={styles.entry}>
      <div className={styles.about}>
        <p className={styles.name}>
          <TriangleAlert size={14} aria-hidden="true" className={styles.sign} /> {problem.id ?? folder}
          {problem.field !== null && <span className={styles.field}>{problem.field}</span>}
        </p>
        <p className={styles.facts}>{problem.message}</p>
        <p className={styles.path}>{problem.dir}</p>
      </div>
      {problem.dir.startsWith(own) && (
        <div className={styles.buttons}>
          <Remove id={folder} name={folder} actions={actions} />
        </div>
      )}
    </li>
  );
}

/** Deletes files, so it asks once more in place. */
function Remove({ id, name, actions }: { id: string; name: string; actions: ModelActions }) {
  const [asked, setAsked] = useState(false);
  const words = asked ? strings.models.removeConfirm : strings.models.remove;
  return (
    <Button
      size="compact-sm"
      variant={asked ? 'filled' : 'subtle'}
      color="red"
      aria-label={`${words} ${name}`}
      disabled={actions.busy}
      onBlur={() => {
        setAsked(false);
      }}
      onClick={() => {
        if (asked) actions.remove(id, name);
        setAsked(!asked);
      }}
    >
      {words}
    </Button>
  );
}
