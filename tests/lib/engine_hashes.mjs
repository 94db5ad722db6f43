// What tests/hashes.json expects, computed by an engine: under node, and as source text in the browser.

/** @returns {Record<string, string>} the hash of each preset's recorded pass */
export function passHashes(engine, names) {
  return Object.fromEntries(
    names.map((name) => {
      const net = engine.network(name);
      const hash = net.hash();
      net.dispose();
      return [name, hash];
    }),
  );
}

/** The hash of the pass after training on drawn pictures. */
export function trainedHash(engine, { preset, batch, seed, steps }) {
  const net = engine.network(preset, { batch });
  const [, channels, height, width] = net.shape('input');
  const { images, labels } = engine.drawDataset({ channels, height, width, count: batch, seed });
  net.set('input', images);
  net.set('target', labels);
  net.train(steps);
  const hash = net.hash();
  net.dispose();
  return hash;
}
