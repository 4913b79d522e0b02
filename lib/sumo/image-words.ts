/** `eu-west-1/`, `111122223333.dkr.ecr.eu-west-1.amazonaws.com/`: what our key of an image begins with, and no log holds. */
const PLACE = /^(?:[a-z]{2}(?:-[a-z]+)+-\d|[^/]+\.[^/]+|[^/]+:\d+)\/(?=.)/;

/** How logs name an image, from the key that it has here. */
export function imageWords(key: string): string {
  return key.replace(PLACE, "");
}
