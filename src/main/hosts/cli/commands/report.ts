import type { Command } from 'commander';
import { EXIT, UsageError } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { appVersion } from '../../shared/paths';
import { REPORT_FORMS, type ReportForm } from '../../../core/report/forms';
import { describeStandings } from '../hands-free/human-tagged';
import { standingsOf } from '../hands-free/tag-tracks';
import { collectReport } from '../report/collect';
import { writeReport } from '../report/write';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { count, paint, printable } from '../terminal';
import { lookAtPaths } from '../typed-paths';

/** `json` is here a file, as the others are. */
interface ReportFlags extends Omit<CommonFlags, 'json'> {
  readonly html?: string;
  readonly json?: string;
  readonly csv?: string;
}

export function addReport(program: Command, context: CliContext): void {
  addProgressOptions(addBackendOptions(program.command('report')))
    .description('write what the library holds, what was written and what awaits review')
    .argument('[path...]', 'folders and files (default: everything in the library)')
    .option('--html <file>', 'a page with plots, which needs nothing but itself')
    .option('--json <file>', 'all of it as one JSON value')
    .option('--csv <file>', 'the tracks as a table (RFC 4180)')
    .action(async (paths: string[], { json, ...flags }: ReportFlags) => {
      const files = { html: flags.html, json, csv: flags.csv };
      if (REPORT_FORMS.every((form) => files[form] === undefined))
        throw new UsageError('Say which report, and into which file: --html, --json or --csv.');
      process.exitCode = await withSession(context, flags, (session) => report(session, context, paths, files));
    });
}

async function report(
  session: Session,
  { programFolder }: CliContext,
  typed: readonly string[],
  files: Readonly<Record<ReportForm, string | undefined>>,
): Promise<number> {
  const { client, output } = session;
  const { present, missing } = await lookAtPaths(typed);
  for (const failure of missing) output.failure(failure.path, failure);
  const trackIds =
    typed.length > 0
      ? await client.call('tracks.byPath', { paths: [...present] })
      : await client.call('tracks.ids', {});
  const made = collectReport(await standingsOf(session, trackIds, null), {
    madeAt: new Date(),
    madeBy: `Genregram ${appVersion(programFolder)}`,
    paths: present,
    rule: null,
  });
  output.say(paint('bold', `${count(made.tracks, 'track')}.`), ...describeStandings(made.standings));
  for (const form of REPORT_FORMS) {
    const file = files[form];
    if (file !== undefined) output.say(`Written to ${printable(await writeReport(made, form, file))}.`);
  }
  return trackIds.length > 0 ? EXIT.done : EXIT.nothingDone;
}
