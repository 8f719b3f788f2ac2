/** A program that waits for nothing but one program of a shell, and then ends by itself. */
import { ProgramRunner } from '../../src/main/adapters/files/shell';

void new ProgramRunner().run('sleep', ['0.2']).then((status) => {
  console.log(status);
});
