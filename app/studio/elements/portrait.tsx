import type { Look } from "#domain/screenplay/plan/plan-cast.ts";

/** Somebody's head and shoulders as the built-in engine would dress them. */
export function Portrait({ look }: { look: Look }) {
  const { skin, hair, hairColour, headwearColour, garment, garmentColour, beard } = look;
  const width = 14 * look.build;
  const covered = hair === "cap" || hair === "hat" || hair === "hood";
  return (
    <svg className="element-portrait" viewBox="0 0 48 48" aria-hidden="true">
      <rect width="48" height="48" fill={mixed(garmentColour)} />
      {hair === "long" ? <path d="M14 18c0-12 20-12 20 0l1.5 15h-23z" fill={hairColour} /> : null}
      {hair === "bun" ? <circle cx="24" cy="6.5" r="3.6" fill={hairColour} /> : null}
      {hair === "hood" ? <path d="M12.500 24c-2-20 25-20 23 0l1 12h-25z" fill={headwearColour} /> : null}
      <path d="M20.500 24h7v9l-3.500 3-3.500-3z" fill={shaded(skin)} />
      <path
        d={`M${24 - width} 48c0-10 ${width * 0.35}-14 ${width * 0.72}-15.500l${width * 0.28} 3.500 ${width * 0.28}-3.500c${width * 0.37} 1.500 ${width * 0.72} 5.500 ${width * 0.72} 15.500z`}
        fill={garmentColour}
      />
      {garment === "uniform" ? (
        <g fill="#c9a54a">
          <circle cx="24" cy="40" r="0.9" />
          <circle cx="24" cy="44.500" r="0.9" />
        </g>
      ) : garment === "sweater" || garment === "dress" ? null : (
        <path d="M24 36v12" stroke="#000" strokeOpacity="0.3" strokeWidth="0.8" />
      )}
      <ellipse cx="24" cy="19" rx="7.800" ry="9.600" fill={skin} />
      {beard === "none" ? null : (
        <path
          d={
            beard === "full"
              ? "M16.200 19c0 2-.4 12.500 7.800 12.500S31.800 21 31.800 19c-1.500 3.500-4 4-7.800 4s-6.300-.5-7.800-4z"
              : "M16.600 21c0 1.500.8 8.200 7.400 8.200s7.400-6.700 7.400-8.200c-1.600 2.600-4 3-7.400 3s-5.800-.4-7.400-3z"
          }
          fill={hairColour}
          fillOpacity={beard === "full" ? 1 : 0.75}
        />
      )}
      {hair === "bald" || covered ? null : (
        <path
          d="M15.800 18.500c-1-13.500 17.400-13.500 16.400 0-1-4.500-3-6-8.200-6s-7.200 1.500-8.200 6z"
          fill={hairColour}
        />
      )}
      {hair === "cap" ? (
        <>
          <path d="M15.500 14.500c0-8.500 17-8.500 17 0z" fill={headwearColour} />
          <path d="M14.500 14.300h19l1.500 2.200H16z" fill={shaded(headwearColour)} />
        </>
      ) : null}
      {hair === "hat" ? (
        <>
          <path d="M17 14c.5-9 13.500-9 14 0z" fill={headwearColour} />
          <ellipse cx="24" cy="14" rx="12.500" ry="2.200" fill={shaded(headwearColour)} />
        </>
      ) : null}
      {hair === "hood" ? (
        <path d="M14.500 20c-1-15 20-15 19 0-1.500-7-4.500-9-9.500-9s-8 2-9.500 9z" fill={shaded(headwearColour)} />
      ) : null}
    </svg>
  );
}

const shaded = (hex: string) => `color-mix(in srgb, ${hex} 78%, #000)`;
const mixed = (hex: string) => `color-mix(in srgb, ${hex} 22%, #14181c)`;
