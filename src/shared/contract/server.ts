import { CodedError, toFailure } from '../domain/failure';
import type { EventData, EventName } from './events';
import { METHODS, type Handlers, type MethodName } from './methods';
import type { Transport } from './transport';
import { requestSchema, type WireFromServer } from './wire';

export interface ServerConnection {
  emit<E extends EventName>(name: E, data: EventData<E>): void;
}

/**
 * Answers requests on a transport with handlers. Input is checked before a handler sees it; an answer that can't be sent
 * still gets a reply (`internal`), so that no caller waits for ever.
 *
 * @param onBug told of each error that is no `CodedError`, for the log
 */
export function serve(
  transport: Transport,
  handlers: Handlers,
  onBug: (error: unknown, method: string) => void = () => undefined,
): ServerConnection {
  let open = true;
  transport.onClose(() => {
    open = false;
  });

  const send = (message: WireFromServer): void => {
    if (open) transport.post(message);
  };

  transport.onMessage((message) => {
    const request = requestSchema.safeParse(message);
    if (!request.success) return;
    const { id, method, input } = request.data;
    void answer(method, input)
      .then((output) => {
        send({ type: 'reply', id, output });
      })
      .catch((error: unknown) => {
        if (!(error instanceof CodedError)) onBug(error, method);
        send({ type: 'error', id, failure: toFailure(error) });
      })
      // Not even the error can be sent: the other side has gone in the meantime, so nobody waits.
      .catch(() => undefined);
  });

  async function answer(method: string, input: unknown): Promise<unknown> {
    if (!Object.hasOwn(METHODS, method)) throw new CodedError('invalid-input', `There is no method ${method}.`);
    const name = method as MethodName;
    const parsed = METHODS[name].input.safeParse(input);
    if (!parsed.success)
      throw new CodedError(
        'invalid-input',
        `${method}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
      );
    const handler = handlers[name] as (input: unknown) => unknown;
    return await handler(parsed.data);
  }

  return {
    emit(name, data) {
      try {
        send({ type: 'event', name, data });
      } catch (error) {
        if (!(error instanceof CodedError)) onBug(error, `event ${name}`);
      }
    },
  };
}
