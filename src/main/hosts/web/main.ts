import { Command } from 'commander';
import { appVersion } from '../shared/paths';
import { endProcess, prepareProgram, runProgram } from '../shared/run-program';
import { addServe } from './serve-command';

/** The program behind `npm start` where there is no Electron. */
const program = addServe(prepareProgram(new Command('npm start --')), __dirname).version(appVersion(__dirname));
void runProgram(program, process.argv).then(endProcess);
