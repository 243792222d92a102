/** A command names something that there is not: it ends with 66. */
export class NotThere extends Error {
  override readonly name = 'NotThere';
}
