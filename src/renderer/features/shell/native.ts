import { useEffect, useRef } from 'react';
import { COMMAND_MESSAGE, MENU_COMMANDS, type MenuCommand } from '#shared/contract/preload-api';
import type { JobStatus } from '#shared/contract/schemas';
import { useConnection } from '../../api/connection-context';
import { useJobs } from '../../api/queries';
import { strings } from '../../strings';
import { isActive, outcome, shareDone } from '../jobs/job-words';

/** What the app's native menu asks for. */
export function useMenuCommands(handlers: Readonly<Record<MenuCommand, () => void>>): void {
  const current = useRef(handlers);
  useEffect(() => {
    current.current = handlers;
  });
  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent<unknown>): void => {
      const command = source === window ? commandIn(data) : null;
      if (command) current.current[command]();
    };
    window.addEventListener('message', onMessage);
    return () => {
      window.removeEventListener('message', onMessage);
    };
  }, []);
}

function commandIn(data: unknown): MenuCommand | null {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== COMMAND_MESSAGE) return null;
  const command = 'command' in data ? data.command : null;
  return MENU_COMMANDS.find((known) => known === command) ?? null;
}

/** Work that took less is not worth a notification. */
const WORTH_TELLING_MS = 15_000;

/** Tells of long work outside the window: how far it is in title and task bar, and its end by a notification. */
export function useJobsOutside(): void {
  const connection = useConnection();
  const jobs = useJobs();
  const job = jobs.data?.find(isActive);
  const share = job ? shareDone(job) : null;
  const percent = share === null ? null : Math.floor(share * 100);

  useEffect(() => {
    document.title = percent === null ? strings.app : strings.native.title(percent);
    window.genregram?.showProgress(percent === null ? null : percent / 100);
  }, [percent]);

  useEffect(
    () =>
      connection.on('job.progress', (status) => {
        if (isWorthTelling(status) && !document.hasFocus())
          window.genregram?.notify(strings.progress.ended(strings.progress[status.kind]), outcome(status));
      }),
    [connection],
  );
}

const isWorthTelling = ({ state, startedAt, finishedAt }: JobStatus): boolean =>
  finishedAt !== null && state !== 'cancelled' && finishedAt - startedAt >= WORTH_TELLING_MS;
