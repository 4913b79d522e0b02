/** Imports the bundled sample logs, if the store holds no import yet. Returns how many files were queued. */
export async function importSamples(): Promise<number> {
  return 0;
}
