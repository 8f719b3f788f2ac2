import { Button, Checkbox, Modal, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Mate } from '#shared/contract/review';
import { nearestLabel } from '#shared/domain/analysis';
import { displayLabel } from '#shared/domain/vocabulary';
import { useConnection } from '../../../api/connection-context';
import { strings } from '../../../strings';
import { acceptedValues } from '../decision-rules';
import { vocabularyOf } from '../desk/choices';
import { useDesk } from '../desk/use-desk';
import { withoutRepeats } from '../ChangeForm';
import { MateList } from './MateList';
import styles from './ShareDialog.module.css';
import { matesOptions } from './share-queries';
import { useShareStore, type ShareRequest } from './share-store';
import { useChosen } from './use-chosen';

/** One decision for the album, the artist, or similar tracks: all of them are shown, and each can be left out. */
export function ShareDialog() {
  const { request, close } = useShareStore();
  return (
    <Modal
      opened={request !== null}
      onClose={close}
      size={720}
      title={request && strings.share.titles[request.of]}
      closeButtonProps={{ 'aria-label': strings.share.close }}
    >
      {request && <Share key={`${request.row.id} ${request.of}`} request={request} onDone={close} />}
    </Modal>
  );
}

function Share({ request, onDone }: { request: ShareRequest; onDone: () => void }) {
  const { row, of } = request;
  const connection = useConnection();
  const desk = useDesk();
  const { data, error } = useQuery({ ...matesOptions(connection, row.id, of), refetchOnMount: 'always' });
  const [genres, setGenres] = useState(() => firstGenres(request));
  const mates = useMemo<readonly Mate[]>(() => [{ row, similarity: null }, ...(data?.mates ?? [])], [row, data]);
  const { chosen, turn, turnAll } = useChosen(mates);
  const hidden = (data?.total ?? 0) - (data?.mates.length ?? 0);

  const save = (): void => {
    const name = genres.join(', ');
    desk.decide(
      { trackIds: chosen, action: 'change', genres, moods: [] },
      strings.desk.about(name, strings.share.tracks(chosen.length)),
    );
    onDone();
  };
  return (
    <div className={styles.share}>
      <TagsInput
        label={strings.share.genre}
        value={genres}
        onChange={(next) => {
          setGenres(withoutRepeats(next));
        }}
        data={vocabularyOf(null, [
          ...row.ownGenres,
          ...(row.genre?.histogram.map(({ label }) => displayLabel(label)) ?? []),
        ])}
        acceptValueOnBlur
        openOnFocus={false}
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      <p className={styles.note}>{strings.share.onlyGenre}</p>
      {error && <p role="alert">{error.message}</p>}
      <div className={styles.head}>
        <Checkbox
          label={strings.share.chosen(chosen.length, mates.length)}
          checked={chosen.length === mates.length}
          indeterminate={chosen.length > 0 && chosen.length < mates.length}
          onChange={turnAll}
        />
        {hidden > 0 && <span className={styles.note}>{strings.share.hidden(hidden)}</span>}
      </div>
      <MateList mates={mates} chosen={new Set(chosen)} onTurn={turn} />
      <div className={styles.buttons}>
        <Button variant="subtle" color="gray" onClick={onDone}>
          {strings.share.cancel}
        </Button>
        <Button data-autofocus disabled={!data || chosen.length === 0 || genres.length === 0} onClick={save}>
          {strings.share.confirm(genres.join(', '), chosen.length)}
        </Button>
      </div>
    </div>
  );
}

function firstGenres({ row, genre }: ShareRequest): string[] {
  if (genre !== undefined) return [genre];
  if (row.decision && row.decision.genres.length > 0) return [...row.decision.genres];
  const { genres } = acceptedValues(row);
  if (genres.length > 0) return genres;
  return row.genre ? [displayLabel(nearestLabel(row.genre))] : [...row.ownGenres];
}
