/** Line icons of 24 by 24, drawn in the colour of the text around them. */
const paths = {
  play: '<path d="M7 4.6v14.8a.6.6 0 0 0 .92.5l11.4-7.4a.6.6 0 0 0 0-1L7.92 4.1a.6.6 0 0 0-.92.5Z" fill="currentColor" stroke="none"/>',
  pause:
    '<rect x="6" y="4.5" width="4.2" height="15" rx="1" fill="currentColor" stroke="none"/><rect x="13.8" y="4.5" width="4.2" height="15" rx="1" fill="currentColor" stroke="none"/>',
  again: '<path d="M3.5 12a8.5 8.5 0 1 0 2.6-6.1L3.5 8.4"/><path d="M3.5 3.6v4.8h4.8"/>',
  loud: '<path d="M11 5 6.4 8.6H3v6.8h3.4L11 19Z"/><path d="M15.2 8.8a4.6 4.6 0 0 1 0 6.4"/><path d="M18.2 5.8a8.8 8.8 0 0 1 0 12.4"/>',
  mix: '<path d="M5 4v6M5 14v6M12 4v2M12 10v10M19 4v10M19 18v2"/><circle cx="5" cy="12" r="2"/><circle cx="12" cy="8" r="2"/><circle cx="19" cy="16" r="2"/>',
  mute: '<path d="M11 5 6.4 8.6H3v6.8h3.4L11 19Z"/><path d="m16 9.5 5 5"/><path d="m21 9.5-5 5"/>',
  film: '<rect x="3" y="4.5" width="18" height="15" rx="2"/><path d="M7.5 4.5v15M16.5 4.5v15M3 9.5h4.5M3 14.5h4.5M16.5 9.5H21M16.5 14.5H21"/>',
  orbit:
    '<circle cx="12" cy="12" r="2.6"/><path d="M4.6 9.2C5.8 5.7 8.7 3.5 12 3.5c4.1 0 7.4 3.8 7.4 8.5s-3.3 8.5-7.4 8.5"/><path d="m3.2 5.6 1.2 3.9 3.8-1.3"/>',
  fly: '<path d="M12 3v18M3 12h18"/><path d="m9.4 5.6 2.6-2.6 2.6 2.6M9.4 18.4l2.6 2.6 2.6-2.6M5.6 9.4 3 12l2.6 2.6M18.4 9.4 21 12l-2.6 2.6"/>',
  keep: '<path d="M12 3.5v11.5"/><path d="m7.2 10.6 4.8 4.8 4.8-4.8"/><path d="M4 20.2h16"/>',
  link: '<path d="M10 13.8a4.2 4.2 0 0 0 6 .1l3-3a4.2 4.2 0 0 0-6-6l-1.2 1.2"/><path d="M14 10.2a4.2 4.2 0 0 0-6-.1l-3 3a4.2 4.2 0 0 0 6 6l1.2-1.2"/>',
  done: '<path d="m4.5 12.5 5 5 10-11"/>',
  full: '<path d="M8.5 3.5h-5v5M15.5 3.5h5v5M8.5 20.5h-5v-5M15.5 20.5h5v-5"/>',
  small: '<path d="M3.5 8.5h5v-5M20.5 8.5h-5v-5M3.5 15.5h5v5M20.5 15.5h-5v5"/>',
  stats: '<path d="M4 20V10M10 20V4M16 20v-7M21 20H3"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  cloud:
    '<circle cx="7" cy="9" r="1.4"/><circle cx="13" cy="6" r="1.4"/><circle cx="17.5" cy="11" r="1.4"/><circle cx="11" cy="13" r="1.4"/><circle cx="6" cy="17" r="1.4"/><circle cx="15" cy="18" r="1.4"/>',
} as const;
export type IconName = keyof typeof paths;

export function icon(name: IconName, size = 18): SVGSVGElement {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg viewBox="0 0 24 24" width="${size}" height="${size}" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`;
  return holder.content.firstElementChild as SVGSVGElement;
}

/** The stage door: Backlot's mark. */
export function mark(size: number): SVGSVGElement {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg viewBox="0 0 24 24" width="${size}" height="${size}" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M4 20V9.5L12 4l8 5.5V20"/><path d="M4 20h16"/><path d="M9 20v-6.5h6V20" fill="#f2b24c" stroke="#f2b24c"/></svg>`;
  return holder.content.firstElementChild as SVGSVGElement;
}
