/** 2: claims have a nonce; jobs know their inputs; agents say their limits. */
export const protocolVersion = 2;
