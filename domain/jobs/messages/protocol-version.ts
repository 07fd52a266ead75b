/** 2: claims have a nonce; jobs know their inputs; agents say their limits; exports have formats; plans may have a brief. */
export const protocolVersion = 2;
