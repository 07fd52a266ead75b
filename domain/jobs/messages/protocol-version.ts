/**
 * 2: claims have a nonce; jobs know their inputs; agents say their limits; exports have formats; plans may have a brief.
 * 3: reference pictures go with a request; engines say whether they start from pictures.
 * 4: plans of version 2; renders have a tier and passes; pictures say what they are for; engines, whether they take keyframes.
 */
export const protocolVersion = 4;
