import type { Handlers } from '#shared/contract/methods';
import type { DoctorReport, ModelInfo } from '#shared/contract/schemas';
import { toFailure, type Failure } from '#shared/domain/failure';
import { modelKey } from '../analysis-session';
import type { Context } from '../context';
import { VERSION } from '../version';

export function doctorHandlers(context: Context): Pick<Handlers, 'doctor.report'> {
  return {
    'doctor.report': async ({ tryAgain }) => {
      // Trials beside a run would be slow, and slow the run.
      if (tryAgain) context.jobs.assertIdle();
      const providers = await probe(context.session, tryAgain);
      if (tryAgain) context.session.settingsChanged();
      return { ...(await report(context)), ...providers };
    },
  };
}

const withoutFolder = ({ id, version, name, sha256, outputs, input, ensemble }: ModelInfo): ModelInfo => ({
  ...{ id, version, name, sha256, outputs },
  ...(input && { input }),
  ...(ensemble && { ensemble }),
});

type Probed = Pick<DoctorReport, 'onnxruntime' | 'decoders' | 'providers'>;

async function report({ session, store }: Context): Promise<Omit<DoctorReport, keyof Probed>> {
  const found = await session.models();
  const { models, failures } = found;
  const chosen = session.choice(found);
  const isNew = (problem: Failure): boolean => failures.every(({ message }) => message !== problem.message);
  return {
    version: VERSION,
    node: process.versions.node,
    electron: process.versions.electron ?? null,
    platform: `${process.platform} ${process.arch}`,
    models: models.map(withoutFolder),
    chosenModel:
      'code' in chosen ? { id: session.wanted().id, problem: chosen } : { id: modelKey(chosen), problem: null },
    modelFailures: [...failures, ...session.problems().filter(isNew)],
    library: store.stats(),
  };
}

/** A report is wanted most when something is broken, so what can't be probed is said and not thrown. */
async function probe(session: Context['session'], tryAgain: boolean): Promise<Probed> {
  try {
    return await session.service.probe(await session.options(), tryAgain);
  } catch (error) {
    return { onnxruntime: `not loaded: ${toFailure(error).message}`, decoders: [], providers: [] };
  }
}
