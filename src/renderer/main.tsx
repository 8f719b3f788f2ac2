import './zod-config';
import '@fontsource-variable/inter/index.css';
import './ui/mantine-styles';
import './ui/tokens.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createConnection } from './api/connection';
import { ConnectionContext } from './api/connection-context';
import { createQueryClient } from './api/query-client';
import { App } from './App';
import { createDialler } from './connect';
import { makePlayer } from './features/player/make-player';
import { PlayerContext } from './features/player/player-context';
import { theme } from './ui/theme';

const connection = createConnection(createDialler(window));
const queryClient = createQueryClient();
const player = makePlayer(connection);
const container = document.getElementById('root');
if (!container) throw new Error('index.html has no #root');

createRoot(container).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <ConnectionContext value={connection}>
          <PlayerContext value={player}>
            <App />
          </PlayerContext>
        </ConnectionContext>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
