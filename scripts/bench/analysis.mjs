import { fork } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../build.mjs';
import { peakMegabytes, timed } from './measure.mjs';

const STAGES = ['decode', 'features', 'inference'];

/** Starts the analysis with one kind of decoder and loads the model; what is timed later is only the tracks. */
export async function startAnalysis(createAnalysisService, decoder, options) {
  let pid = 0;
  const service = createAnalysisService(() => {
    const child = fork(join(root, 'out/main/analysis.cjs'), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, GENREGRAM_DECODER: decoder },
    });
    pid = child.pid;
    return {
      post: (message) => child.connected && child.send(message, () => undefined),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', listener),
      kill: () => child.kill('SIGKILL'),
    };
  });
  const info = await service.start({ provider: 'cpu', ...options });
  return {
    analyse: (files, plan = { kind: 'all' }) => timed(() => analyse(service, info, files, plan), pid),
    peakMegabytes: () => peakMegabytes(pid),
    close: () => service.close(),
  };
}

async function analyse(service, info, files, plan) {
  const outcomes = new Map();
  const waiting = [...files];
  const never = new AbortController().signal;
  const one = async () => {
    for (let path = waiting.shift(); path; path = waiting.shift())
      outcomes.set(path, await service.analyze({ path, plan }, never));
  };
  await Promise.all(Array.from({ length: info.concurrency }, one));
  const done = [...outcomes.values()];
  const failed = done.find(({ status }) => status !== 'ok');
  if (failed) throw new Error(JSON.stringify(failed));
  const sum = (of) => done.reduce((total, outcome) => total + of(outcome), 0);
  return {
    seconds: sum((outcome) => outcome.durationSec),
    windows: sum((outcome) => outcome.windows),
    stages: Object.fromEntries(STAGES.map((stage) => [stage, sum(({ ms }) => ms[stage]) / 1000])),
    genres: new Map([...outcomes].map(([path, { genre }]) => [path, genre.top])),
  };
}
