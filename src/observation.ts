/** What was seen of an image that was built from a Dockerfile, instruction by instruction. */
export interface Observation {
  schema: 1;
  /** SHA-256 of the Dockerfile's text: of another one nothing was seen. */
  dockerfile: string;
  instructions: ObservedInstruction[];
  /** Bytes of the base image, and of the whole image. */
  bytes: { base: number; image: number };
}

/** What a RUN left behind, but for the files of packages and the books that package managers keep. */
export interface ObservedInstruction {
  index: number;
  /** New files, and new directories with all that is in them; only what is there in the end. */
  made: { path: string; kind: 'file' | 'tree'; bytes: number }[];
  /** Files that were there before, and are otherwise now. */
  changed: string[];
  /** Paths that were there before, and are gone. */
  removed: string[];
  /** Bytes of the layer. */
  bytes: number;
}
