import { CodedError } from '#shared/domain/failure';
import { isText, textTest } from '#shared/domain/playlists/evaluate';
import type { Condition, Rule, SimilarCondition, TextCondition } from '#shared/domain/playlists/playlist';
import { conditionsOf, describeProblem } from '#shared/domain/playlists/problems';
import { isAskedApart } from '../../store/playlists-sql';
import type { Store } from '../../store';
import type { Likeness } from '../review/likeness';
import { rowOfPath } from './row-of-path';
import { withinTime } from './within-time';

/** Comparisons, and texts tested, between two yields. */
const COMPARED = 4096;
const TESTED = 100;

/**
 * A pattern takes microseconds for a text. One that has taken this long for some of them has run away, or would hold up everything else too
 * long in all. Wall time is generous, since a machine may be busy with other things.
 */
const BREAK_OFF_MS = 2000;
const MOST_CPU_MS = 10_000;

/**
 * Finds out, for each condition of a rule that SQL can't say, of which tracks it holds.
 *
 * @param likeness asked for only where the rule compares sounds
 */
export function* askApart(
  store: Store,
  rule: Rule,
  likeness: Likeness | null,
): Generator<void, Map<Condition, Uint8Array>> {
  const found = new Map<Condition, Uint8Array>();
  for (const { condition, place } of conditionsOf(rule)) {
    if (!isAskedApart(condition)) continue;
    if (condition.field === 'similarity') found.set(condition, yield* similar(store, condition, likeness!, place));
    else if (isText(condition)) found.set(condition, yield* tested(store, condition, place));
  }
  return found;
}

function* similar(
  store: Store,
  condition: SimilarCondition,
  { table, tracksOf, rowOf }: Likeness,
  place: readonly number[],
): Generator<void, Uint8Array> {
  const row = rowOfPath(store, rowOf, condition.to, place);
  const holds = nobody(store);
  for (let other = 0; other < table.size; other++) {
    if (other % COMPARED === COMPARED - 1) yield;
    if (other !== row && table.cosine(row, other) < condition.value) continue;
    for (const id of tracksOf(other)) holds[id] = 1;
  }
  return holds;
}

function* tested(store: Store, condition: TextCondition, place: readonly number[]): Generator<void, Uint8Array> {
  const test = textTest(condition);
  const holds = nobody(store).fill(Number(test([])));
  const texts = yield* store.playlists.texts(condition);
  let spent = 0;
  for (let at = 0; at < texts.length; at += TESTED) {
    const before = cpuMs();
    const work = (): void => {
      for (const [id, values] of texts.slice(at, at + TESTED)) holds[id] = Number(test(values));
    };
    if (condition.op !== 'matches') work();
    else if (!withinTime(BREAK_OFF_MS, work)) throw tooSlow(place);
    else if ((spent += cpuMs() - before) > MOST_CPU_MS) throw tooSlow(place);
    yield;
  }
  return holds;
}

const tooSlow = (place: readonly number[]): CodedError =>
  new CodedError(
    'invalid-input',
    describeProblem({ place, message: 'The pattern takes too long; make it simpler, or choose “contains”.' }),
  );

/** What this process has computed so far. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const nobody = (store: Store): Uint8Array => new Uint8Array(store.playlists.lastId() + 1);
