/** Only for a bench on this machine, and for as long as it runs: with it cookies are signed as the application signs them. */
export const SECRET = "a bench's own, which protects nothing at all";

// biome-ignore lint/style/noProcessEnv: the environment is read once, by whoever asks first.
process.env.BARNACLE_SECRET = SECRET;
