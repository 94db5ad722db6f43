// npm run format: writes every source as the format check wants it.
import { writeFormat } from './checks/format.mjs';
import { main } from './lib/run.mjs';

await main(writeFormat);
