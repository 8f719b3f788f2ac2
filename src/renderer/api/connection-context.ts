import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Failure } from '#shared/domain/failure';
import type { Connection, ConnectionState } from './connection';

export const ConnectionContext = createContext<Connection | null>(null);

export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error('there is no connection in this tree');
  return connection;
}

/** Why there is no backend, where it has said so. */
export function useConnectionFailure(): Failure | null {
  const connection = useConnection();
  return useSyncExternalStore((listener) => connection.onState(listener), connection.failure);
}

export function useConnectionState(): ConnectionState {
  const connection = useConnection();
  return useSyncExternalStore((listener) => connection.onState(listener), connection.state);
}
