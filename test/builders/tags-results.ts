import type { Trial } from './tags-trial';

const count = (trials: readonly Trial[], test: (trial: Trial) => boolean): number => trials.filter(test).length;
const isRefused = (trial: Trial): boolean => trial.outcome !== 'written' && trial.outcome !== 'unchanged';

/** The trials as tables in Markdown, one for each set of files: format and case against what came of it. */
export function resultsTable(sets: ReadonlyMap<string, readonly Trial[]>): string {
  const lines = [
    '# Tag writing, judged by the referee',
    '',
    'Made by `GENREGRAM_LONG_TESTS=1 npx vitest run test/medium/tags/referee.test.ts`. Each file is copied, planned, written, compared with the original by the referee',
    '(every frame, comment, picture and block, the compressed audio and the decoded samples) and undone. Run prettier over it afterwards.',
    '',
    'Not counted, each checked in the test: the genre byte of ID3v1 (the only one of its 128 that changes), the vendor of a comment block in a FLAC file that had none, the boxes around the list of tags in an MP4 file that had none, and what ffmpeg calls compressed audio where it reads on into trailing tags although the bytes between the tags and the decoded samples are equal.',
  ];
  for (const [set, trials] of sets) {
    lines.push(
      '',
      `## ${set}`,
      '',
      '| format | case | written | unchanged | refused | unintended differences | undo or refusal byte-exact |',
      '|---|---|---|---|---|---|---|',
    );
    for (const [group, members] of groups(trials)) {
      const exact = count(members, (trial) => trial.restored);
      lines.push(
        `| ${group} | ${count(members, (t) => t.outcome === 'written')} | ${count(members, (t) => t.outcome === 'unchanged')} | ${count(members, isRefused)} ` +
          `| ${count(members, (t) => t.unintended.length > 0)} | ${exact} of ${members.length} |`,
      );
    }
    lines.push('', 'Refused, in every case or some:', '');
    const reasons = new Map(
      trials.filter(isRefused).map((trial) => [trial.file, `${trial.outcome}: ${trial.message}`]),
    );
    for (const [file, reason] of [...reasons].sort()) lines.push(`- \`${file}\` ${reason}`);
  }
  return `${lines.join('\n')}\n`;
}

function groups(trials: readonly Trial[]): [string, Trial[]][] {
  const found = new Map<string, Trial[]>();
  for (const trial of trials) {
    const key = `${trial.format || 'not parsed'} | ${trial.name}`;
    found.set(key, [...(found.get(key) ?? []), trial]);
  }
  return [...found].sort(([a], [b]) => a.localeCompare(b));
}
