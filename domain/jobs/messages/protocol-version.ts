/**
 * 2: claims have a nonce; jobs know their inputs; agents say their limits; exports have formats; plans may have a brief.
 * 3: reference pictures go with a request; engines say whether they start from pictures.
 */
export const protocolVersion = 3;
