import { z } from "zod";

/** What an engine can do; jobs ask for one of these and never for a model. */
export const capabilities = ["video", "image", "audio.music", "export"] as const;
export const Capability = z.enum(capabilities);
export type Capability = z.infer<typeof Capability>;

/** What makes the pictures of a job, and whether a person waits in front of it. */
export const Lane = z.enum(["interactive", "batch"]);
export type Lane = z.infer<typeof Lane>;

export const jobKinds = ["shot", "thumbnail", "score", "export"] as const;
export const JobKind = z.enum(jobKinds);
export type JobKind = z.infer<typeof JobKind>;
