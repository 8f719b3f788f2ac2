import type { InferenceSession } from 'onnxruntime-node';
import { CodedError } from '#shared/domain/failure';
import type { LoadedModel } from '../models/load';
import { frontEndOf } from '../../core/inputs';
import { invalid } from '../models/problem';

type Metadata = InferenceSession.ValueMetadata;

/** Compares the graph's inputs and outputs with the manifest. Throws `model-invalid` naming the manifest's field. */
export function checkSession(model: LoadedModel, session: InferenceSession): void {
  const { input, outputs } = model.manifest;
  const reject = (field: string, what: string): never => {
    throw CodedError.from(invalid({ dir: model.dir, id: model.manifest.id, field }, what).failure);
  };
  const graphInput = find(session.inputMetadata, input.name);
  if (!graphInput) reject('input.name', `the graph has no input ${input.name} (${session.inputNames.join(', ')})`);
  const { axes } = frontEndOf(input);
  const complaint = shapeComplaint(graphInput!, [null, ...axes.map(({ size }) => size)]);
  if (complaint) {
    const sameRank = graphInput!.isTensor && graphInput!.shape.length === 1 + axes.length;
    // A graph of other axes has another layout; else one of the sizes is wrong.
    const fields = sameRank ? axes.flatMap(({ field }) => field ?? []) : ['layout'];
    reject(`input.${fields.join(', ')}`, complaint);
  }
  for (const [i, { name, size }] of outputs.entries()) {
    const graphOutput = find(session.outputMetadata, name);
    if (!graphOutput)
      reject(`outputs.${i}.name`, `the graph has no output ${name} (${session.outputNames.join(', ')})`);
    const wrong = shapeComplaint(graphOutput!, [null, size]);
    if (wrong) reject(`outputs.${i}.size`, wrong);
  }
}

const find = (metadata: readonly Metadata[], name: string): Metadata | undefined =>
  metadata.find((entry) => entry.name === name);

/** @param expected dimensions, null for any. Symbolic dimensions of the graph fit everything. */
function shapeComplaint(entry: Metadata, expected: readonly (number | null)[]): string | null {
  if (!entry.isTensor || entry.type !== 'float32') return `the graph's ${entry.name} is no float32 tensor`;
  const fits =
    entry.shape.length === expected.length &&
    entry.shape.every(
      (size, i) => typeof size === 'string' || size < 0 || expected[i] === null || size === expected[i],
    );
  const wanted = expected.map((size) => size ?? 'N').join(' x ');
  return fits ? null : `the manifest says ${wanted}, the graph ${entry.shape.join(' x ')}`;
}

/** The graph's batch size if it is a number. */
export function fixedBatch(session: InferenceSession, inputName: string): number | null {
  const entry = find(session.inputMetadata, inputName);
  const size = entry?.isTensor ? entry.shape[0] : undefined;
  return typeof size === 'number' && size > 0 ? size : null;
}
