/** A file that must not be brought in. The message is for the person at the terminal. */
export class MoveFileError extends Error {
  override readonly name = "MoveFileError";
}
