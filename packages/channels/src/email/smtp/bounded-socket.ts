import { Socket } from 'node:net';

/**
 * A whole conversation of SMTP says a few hundred bytes a message. Somebody who says more than this
 * in one line is no mail server, and would be kept in memory until the line ends.
 */
const LONGEST_LINE = 64 * 1_024;

/** A socket that is closed when the other side sends a line without end. */
export class BoundedSocket extends Socket {
  #sinceLineEnd = 0;

  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    if (Buffer.isBuffer(chunk)) {
      const end = chunk.lastIndexOf(10);
      this.#sinceLineEnd = end < 0 ? this.#sinceLineEnd + chunk.length : chunk.length - end - 1;
      if (this.#sinceLineEnd > LONGEST_LINE) {
        this.destroy(new Error('The server sent a line without end.'));
        return false;
      }
    }
    return super.push(chunk, encoding);
  }
}
