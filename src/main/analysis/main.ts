import { join } from 'node:path';
import { createSession } from '../adapters/onnx/session';
import { runAnalysisProgram } from './program';

runAnalysisProgram({ decodeWorker: join(__dirname, 'decode-worker.cjs'), openSession: createSession });
