// npm run build: fills dist/ and builds the native program.
import { buildProducts } from './build/index.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  await buildProducts(['site', 'native']);
  console.log('dist/ holds the site, build/native/backstep is the program.');
});
