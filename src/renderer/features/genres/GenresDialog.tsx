import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { readGenres } from '#shared/domain/genres/graph';
import { strings } from '../../strings';
import { formatCount } from '../../ui/format';
import styles from './GenresDialog.module.css';
import { useGenresStore } from './genres-store';
import { UnknownGenres } from './UnknownGenres';
import { useChangeGenres, useCleaning, useGenres } from './use-genres';

const words = strings.genres;

/** One's own changes to the genres as a text, with what is wrong in it line by line; nothing holds before it is saved. */
export function GenresDialog() {
  const { opened, close } = useGenresStore();
  const genres = useGenres();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={words.title}
      size={760}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {genres.data && (
        <Editor key={genres.data.text} text={genres.data.text} builtIn={genres.data.builtIn} onClose={close} />
      )}
    </Modal>
  );
}

function Editor({ text, builtIn, onClose }: { text: string; builtIn: string; onClose: () => void }) {
  const [typed, setTyped] = useState(text);
  const [shown, setShown] = useState(false);
  const change = useChangeGenres(onClose);
  const clean = useCleaning(onClose);
  const { graph, problems } = readGenres(typed);
  return (
    <>
      <p className={styles.intro}>{words.intro}</p>
      <pre className={styles.example}>{words.example}</pre>
      <Textarea
        label={words.own}
        classNames={{ input: styles.text ?? '' }}
        data-autofocus
        autosize
        minRows={8}
        maxRows={18}
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
      <ul className={styles.problems} aria-live="polite">
        {problems.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            {line > 0 && <b>{words.line(line)} </b>}
            {message}
          </li>
        ))}
        {change.error && problems.length === 0 && <li>{change.error.message}</li>}
      </ul>
      <UnknownGenres />
      <div className={styles.buttons}>
        <Button
          disabled={problems.length > 0 || typed === text}
          loading={change.isPending}
          onClick={() => {
            change.mutate(typed);
          }}
        >
          {words.save}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          {words.cancel}
        </Button>
        <span className={styles.count}>{words.count(formatCount(graph.genres.length))}</span>
        <Button
          variant="subtle"
          aria-expanded={shown}
          onClick={() => {
            setShown(!shown);
          }}
        >
          {shown ? words.hideBuiltIn : words.showBuiltIn}
        </Button>
      </div>
      <div className={styles.clean}>
        <Button variant="default" disabled={typed !== text} onClick={clean}>
          {words.clean.open}
        </Button>
        <p>{typed === text ? words.clean.help : words.clean.unsaved}</p>
      </div>
      {shown && (
        <Textarea
          label={words.builtIn}
          classNames={{ input: styles.text ?? '' }}
          className={styles.builtIn ?? ''}
          readOnly
          rows={14}
          value={builtIn}
        />
      )}
    </>
  );
}
