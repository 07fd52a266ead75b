/** The sound of a package: decoded before anybody asks for it, heard after a gesture, at the same time as the picture. */
export type Sound = {
  /** Whether there is anything to hear. */
  readonly there: boolean;
  /** Seconds that go as evenly as the sound does while it is heard, and go on without it. */
  tick(): number;
  /** To be called from a gesture: browsers are silent until then. @param late  told when it can be heard only later */
  wake(late: () => void): Promise<void>;
  play(from: number): void;
  stop(): void;
  /** How loud it is right now, root mean square, 0 to 1. */
  level(): number;
  setVolume(volume: number): void;
  /** Plays these instead of what there was, from the next `play` on. @returns false when they cannot be read here */
  change(tracks: readonly SoundTrack[]): Promise<boolean>;
  setTrack(name: string, volume: number): void;
  dispose(): void;
};

/** Tracks that are mixed: one, or the stems of it. */
export type SoundTrack = { name: string; bytes: ArrayBuffer };

const sampleRate = 48_000;
/** Farther apart than this, the two clocks are not smoothed but set. */
const jump = 0.12;

export async function openSound(tracks: readonly SoundTrack[]): Promise<Sound> {
  let heard = await decodeAll(tracks);
  let context: AudioContext | null = null;
  let mix: { out: GainNode; ear: AnalyserNode; gains: Map<string, GainNode> } | null = null;
  let playing: AudioBufferSourceNode[] = [];
  let volume = 1;
  const volumes = new Map<string, number>();
  const samples = new Float32Array(1024);
  // Where the sound's own clock is against the page's, smoothed: it goes in steps of its buffers.
  let ahead: number | null = null;
  let last = 0;
  // Whether the film goes by the sound's clock; that changes only between two plays.
  let sounding = false;
  let gone = false;

  function build(): NonNullable<typeof mix> {
    context ??= new AudioContext({ sampleRate });
    const out = context.createGain();
    out.gain.value = volume;
    const ear = context.createAnalyser();
    ear.fftSize = samples.length;
    out.connect(ear).connect(context.destination);
    return { out, ear, gains: new Map() };
  }

  /** Each track has a gain of its own, made when it is first heard. */
  function gainOf(name: string): GainNode | null {
    if (mix === null || context === null) return null;
    const known = mix.gains.get(name);
    if (known !== undefined) return known;
    const gain = context.createGain();
    gain.gain.value = volumes.get(name) ?? 1;
    gain.connect(mix.out);
    mix.gains.set(name, gain);
    return gain;
  }

  function stop(): void {
    for (const source of playing) source.stop();
    playing = [];
  }

  return {
    get there() {
      return heard.length > 0;
    },
    tick() {
      const page = performance.now() / 1000;
      if (sounding && context !== null) {
        const gap = page - context.currentTime;
        ahead = ahead === null || Math.abs(gap - ahead) > jump ? gap : ahead + (gap - ahead) * 0.04;
      }
      last = Math.max(last, page - (ahead ?? 0));
      return last;
    },
    async wake(late) {
      if (heard.length === 0 || gone) return;
      mix ??= build();
      const own = context!;
      // A machine without a sound card never says yes; the picture does not wait for it.
      if (own.state !== "running") {
        const woken = own.resume();
        await Promise.race([woken, new Promise((resolve) => setTimeout(resolve, 800))]);
        if (!isRunning(own)) void woken.then(late, () => undefined);
      }
      sounding = isRunning(own);
      ahead = null;
      last = 0;
    },
    play(from) {
      stop();
      if (mix === null || context === null || gone) return;
      for (const { name, buffer } of heard) {
        if (from >= buffer.duration) continue;
        const source = context.createBufferSource();
        source.buffer = buffer;
        source.connect(gainOf(name) ?? mix.out);
        source.start(0, Math.max(0, from));
        playing.push(source);
      }
    },
    stop,
    level() {
      if (mix === null) return 0;
      mix.ear.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
    },
    setVolume(to) {
      volume = to;
      if (mix !== null && context !== null) mix.out.gain.setTargetAtTime(to, context.currentTime, 0.02);
    },
    async change(tracks) {
      const next = await decodeAll(tracks);
      if (next.length < tracks.length) return false;
      heard = next;
      return true;
    },
    setTrack(name, to) {
      volumes.set(name, to);
      const gain = mix?.gains.get(name);
      if (gain !== undefined && context !== null) gain.gain.setTargetAtTime(to, context.currentTime, 0.02);
    },
    dispose() {
      if (gone) return;
      gone = true;
      stop();
      void context?.close();
    },
  };
}

const isRunning = (context: AudioContext) => context.state === "running";

/** What of it this browser can read. */
async function decodeAll(tracks: readonly SoundTrack[]): Promise<{ name: string; buffer: AudioBuffer }[]> {
  const buffers = await Promise.all(tracks.map(({ bytes }) => decode(bytes)));
  return tracks.flatMap(({ name }, index) => {
    const buffer = buffers[index];
    return buffer == null ? [] : [{ name, buffer }];
  });
}

/** @returns null when this browser cannot read it: then the picture plays alone */
async function decode(bytes: ArrayBuffer): Promise<AudioBuffer | null> {
  try {
    // A context that never sounds needs no gesture.
    return await new OfflineAudioContext(2, 1, sampleRate).decodeAudioData(bytes.slice(0));
  } catch {
    return null;
  }
}
