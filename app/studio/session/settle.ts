/** The script is read again when nobody has changed the film for so long. */
export const settleMs = 300;
